// What the README says of the proof. That it is true, `npm run prove` shows: it ends with 0 only then.
import { faults } from '../sandbox/faults/catalogue.ts';
import { variations } from '../sandbox/variations/catalogue.ts';

/** One line of Markdown. */
export function figures(): string {
  return `${faults.length} faults, all killed by the requirement they break; ${variations.length} conformant variations, no false alarm`;
}
