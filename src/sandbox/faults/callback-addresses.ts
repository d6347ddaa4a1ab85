// Faults in what a tenant makes of the callbackUrl that it was sent, and of the ids of a transfer.
import { documentedOutcome, jsonPost } from '../assign-conversation.ts';
import type { Behaviour } from '../behaviour.ts';
import type { Fault } from './fault.ts';
import { refusingAssignments } from './transfers.ts';

export const callbackAddressFaults: readonly Fault[] = [
  {
    name: 'posts-without-the-query-of-the-callbackUrl',
    breaks: 'ASSIGN-CB-01',
    description: 'The outcome is posted to the path of the callbackUrl, without its query.',
    behaviour: () => postingTo((url) => url.replace(/\?.*/, '')),
  },
  {
    name: 'lower-cases-the-callbackUrl',
    breaks: 'ASSIGN-CB-01',
    description: 'The callbackUrl is kept in lower case.',
    behaviour: () => postingTo((url) => url.toLowerCase()),
  },
  {
    name: 'decodes-the-callbackUrl',
    breaks: 'ASSIGN-CB-01',
    description: 'The callbackUrl is percent-decoded before it is used, so %2F becomes a slash.',
    behaviour: () => postingTo(decodeURIComponent),
  },
  {
    name: 'encodes-the-callbackUrl-again',
    breaks: 'ASSIGN-CB-01',
    description: 'The callbackUrl is percent-encoded before it is used, so %2F becomes %252F.',
    behaviour: () => postingTo(encodeURI),
  },
  {
    name: 'truncates-the-callbackUrl',
    breaks: 'ASSIGN-CB-01',
    description: 'Only the first 255 characters of the callbackUrl are kept.',
    behaviour: () => postingTo((url) => url.slice(0, 255)),
  },
  {
    name: 'removes-the-last-slash-of-the-callbackUrl',
    breaks: 'ASSIGN-CB-01',
    description: 'The outcome is posted to the callbackUrl without the slash at its end.',
    behaviour: () => postingTo((url) => url.replace(/\/$/, '')),
  },
  {
    name: 'keeps-one-of-repeated-names-in-the-callbackUrl',
    breaks: 'ASSIGN-CB-01',
    description: 'When the query of the callbackUrl repeats a name, only the last value is kept.',
    behaviour: () =>
      postingTo((url) => {
        const address = new URL(url);
        if (!address.search) return url;
        address.search = new URLSearchParams(Object.fromEntries(address.searchParams)).toString();
        return address.href;
      }),
  },
  {
    name: 'writes-the-query-of-the-callbackUrl-in-its-own-way',
    breaks: 'ASSIGN-CB-02',
    description: 'The query of the callbackUrl is taken apart and put together again, so %20 becomes a plus.',
    behaviour: () =>
      postingTo((url) => {
        const address = new URL(url);
        if (!address.search) return url;
        address.search = new URLSearchParams(address.searchParams).toString();
        return address.href;
      }),
  },
  {
    name: 'requires-a-path-in-the-callbackUrl',
    breaks: 'ASSIGN-REQ-02',
    description: 'A callbackUrl without a path is refused, although the samples print such a one.',
    behaviour: () =>
      refusingAssignments(
        ({ callbackUrl }) => new URL(`${callbackUrl}`).pathname === '/',
        'callbackUrl has no path',
      ),
  },
  {
    name: 'appends-a-path-to-a-bare-callbackUrl',
    breaks: 'ASSIGN-CB-01',
    description: 'To a callbackUrl without a path the outcome is posted at /callback.',
    behaviour: () =>
      postingTo((url) => (new URL(url).pathname === '/' ? new URL('/callback', url).href : url)),
  },
  {
    name: 'refuses-a-callbackUrl-with-a-query',
    breaks: 'ASSIGN-REQ-02',
    description: 'A callbackUrl with a question mark is refused.',
    behaviour: () =>
      refusingAssignments(({ callbackUrl }) => String(callbackUrl).includes('?'), 'callbackUrl is not valid'),
  },
  {
    name: 'refuses-a-long-callbackUrl',
    breaks: 'ASSIGN-REQ-02',
    description: 'A callbackUrl of more than 255 characters is refused.',
    behaviour: () =>
      refusingAssignments(({ callbackUrl }) => String(callbackUrl).length > 255, 'callbackUrl is too long'),
  },
  {
    name: 'lower-cases-the-ids-of-an-outcome',
    breaks: 'ASSIGN-RESP-03',
    description: 'The ids of the answer to a transfer are in lower case.',
    behaviour: () => ({
      outcome: (parameters, now) => {
        const ids = Object.entries(documentedOutcome(parameters, now)).map(([name, value]) => [
          name,
          typeof value === 'string' ? value.toLowerCase() : value,
        ]);
        return Object.fromEntries(ids);
      },
    }),
  },
];

/** Posts to what becomes of the callbackUrl. */
function postingTo(change: (callbackUrl: string) => string): Partial<Behaviour> {
  return {
    callbacks: (outcome, { callbackUrl }) => [{ ...jsonPost(outcome), url: change(callbackUrl) }],
  };
}
