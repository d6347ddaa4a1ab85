// What the README says about the proof. `npm run prove` shows that it is true: only then it ends with exit code 0.
import { faults } from '../sandbox/faults/catalogue.ts';
import { variations } from '../sandbox/variations/catalogue.ts';

/** One line of Markdown. */
export function figures(): string {
  return `${faults.length} faults, all killed by the requirement they break; ${variations.length} conformant variations, no false alarm`;
}
