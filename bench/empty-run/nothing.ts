// The whole vocabulary of an empty cucumber run.
import { Given } from '@cucumber/cucumber';

Given('nothing', () => {});
