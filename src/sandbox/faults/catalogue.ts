// All faults, by what they are about.
import type { Fault } from './fault.ts';

export const faults: readonly Fault[] = [];
