// All conformant variations, by subject.
import { readings } from './readings.ts';
import { refusalForms } from './refusal-forms.ts';
import { routing } from './routing.ts';
import { successForms } from './success-forms.ts';
import { travel } from './travel.ts';
import type { Variation } from './variation.ts';

export const variations: readonly Variation[] = [
  ...travel,
  ...successForms,
  ...refusalForms,
  ...routing,
  ...readings,
];
