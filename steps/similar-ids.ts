// conversationIds that are easily confused: pairs that differ in one respect only.
import { digitsOf } from '../src/protocol/values/variation.ts';

const long = 'c-303030303333393234303137-4beef2ed-bf1d-59e3-bd7f-5467f84d0000';

/** Each makes two ids of one that no other conversation has. */
const pairs = {
  case: (id) => [`${id}-case`, `${id}-CASE`],
  length: (id) => [`${id}-c-1`, `${id}-c-10`],
  punctuation: (id) => [`${id}-c-12.345`, `${id}-c-12-345`],
  'their last character': (id) => [`${id}-${long}a`, `${id}-${long}b`],
  // As numbers they are equal.
  'the last of many digits': (id) => [`${digitsOf(id)}1`, `${digitsOf(id)}2`],
} satisfies Record<string, (id: string) => [string, string]>;

export type Difference = keyof typeof pairs;

export const differences = Object.keys(pairs) as Difference[];

export function similarIds(id: string, difference: Difference): string[] {
  return pairs[difference](id);
}
