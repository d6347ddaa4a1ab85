// conversationIds that are easily confused: each pair of endings makes two ids that differ only there.
const long = 'c-303030303333393234303137-4beef2ed-bf1d-59e3-bd7f-5467f84d0000';

export const endings = {
  case: ['case', 'CASE'],
  length: ['c-1', 'c-10'],
  punctuation: ['c-12.345', 'c-12-345'],
  'their last character': [`${long}a`, `${long}b`],
} as const;

export type Difference = keyof typeof endings;
