// Faults that show only with texts, reasons and sources which the documents leave to the sender.
import { refusal } from '../refusal.ts';
import type { Fault } from './fault.ts';
import { refusing, refusingEnds, refusingMessages } from './refusing.ts';
import { seenBy } from './values.ts';

const tooLarge = refusal(413, 'The request is too large');

export const textValueFaults: readonly Fault[] = [
  {
    name: 'refuses-line-breaks-in-a-query',
    breaks: 'HOOKS-MSG-01',
    seenBy,
    description: 'Refuses a query of more than one line.',
    behaviour: () => refusingMessages(({ query }) => query.includes('\n')),
  },
  {
    name: 'refuses-direction-marks-in-a-query',
    breaks: 'HOOKS-MSG-01',
    seenBy,
    description: 'Refuses a query with a mark that says in which direction it is written.',
    behaviour: () => refusingMessages(({ query }) => /[\u200e\u200f\u2066-\u2069]/.test(query)),
  },
  {
    name: 'refuses-an-e-mail-address-in-a-query',
    breaks: 'HOOKS-MSG-01',
    seenBy,
    description: 'Refuses a query with an e-mail address, as personal data.',
    behaviour: () => refusingMessages(({ query }) => /\S@\S+\.\w/.test(query)),
  },
  {
    name: 'takes-a-query-for-a-date',
    breaks: 'HOOKS-MSG-01',
    seenBy,
    description: 'Reads a query that begins like a date as one, and refuses it for its type.',
    behaviour: () => refusingMessages(({ query }) => /^\d{4}-\d\d-\d\d/.test(query)),
  },
  {
    name: 'keeps-the-word-stop-for-itself',
    breaks: 'HOOKS-MSG-01',
    seenBy,
    description: 'Keeps the word stop for itself, and refuses it as a query.',
    behaviour: () => refusingMessages(({ query }) => /^\s*stop\W*$/i.test(query)),
  },
  {
    name: 'keeps-queries-of-255-bytes',
    breaks: 'HOOKS-MSG-01',
    seenBy,
    description: 'Refuses a query of few characters that need more than 255 bytes.',
    behaviour: () => refusingMessages(({ query }) => query.length <= 255 && Buffer.byteLength(query) > 255),
  },
  {
    name: 'keeps-queries-of-2000-characters',
    breaks: 'HOOKS-MSG-01',
    seenBy,
    description: 'Refuses a query of more than 2000 characters.',
    behaviour: () => refusingMessages(({ query }) => query.length > 2000),
  },
  {
    name: 'keeps-queries-of-4000-characters',
    breaks: 'HOOKS-MSG-01',
    seenBy,
    description: 'Refuses a message of more than 4000 characters.',
    behaviour: () => refusingMessages(({ query }) => query.length > 4000),
  },
  {
    name: 'reads-bodies-of-ten-kilobytes',
    breaks: 'HOOKS-MSG-01',
    seenBy,
    description: 'Answers 413 to a request of more than ten kilobytes.',
    behaviour: () => refusing((body) => Buffer.byteLength(JSON.stringify(body)) > 10_240, tooLarge),
  },
  {
    name: 'trims-a-query-and-compares',
    breaks: 'HOOKS-MSG-01',
    seenBy,
    description: 'Refuses a query with spaces around it.',
    behaviour: () => refusingMessages(({ query }) => query !== query.trim()),
  },
  {
    name: 'refuses-a-reason-of-more-than-one-word',
    breaks: 'HOOKS-EOC-07',
    seenBy,
    description: 'Refuses a reason with a space.',
    behaviour: () => refusingEnds(({ reason }) => reason.includes(' ')),
  },
  {
    name: 'refuses-a-source-of-more-than-one-word',
    breaks: 'HOOKS-MSG-11',
    seenBy,
    description: 'Refuses a source with a space.',
    behaviour: () => refusingMessages(({ source }) => source.includes(' ')),
  },
  {
    name: 'refuses-spaces-that-are-not-written-as-one',
    breaks: 'HOOKS-MSG-01',
    seenBy,
    description: 'Refuses a query with a no-break space or a line separator.',
    behaviour: () => refusingMessages(({ query }) => /[\u00a0\u200b\u2028]/.test(query)),
  },
  {
    name: 'refuses-what-may-be-the-number-of-a-card',
    breaks: 'HOOKS-MSG-01',
    seenBy,
    description: 'Refuses a query with thirteen or more digits in a row or in groups.',
    behaviour: () => refusingMessages(({ query }) => /(\d[ -]?){13}/.test(query)),
  },
  {
    name: 'takes-a-query-for-a-command',
    breaks: 'HOOKS-MSG-01',
    seenBy,
    description: 'Refuses a query that begins with a slash or the like.',
    behaviour: () => refusingMessages(({ query }) => /^[/#@!-]/.test(query)),
  },
];
