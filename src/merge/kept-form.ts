// Whether what a folder has kept has the form that judging relies on: a file may be damaged, or of another program.
import type { Envelope } from '@cucumber/messages';
import { isObject } from '../protocol/requests.ts';
import { versionIn } from '../protocol/since.ts';
import type { RunEnd, RunHead } from '../run/run-head.ts';
import { oneLine } from '../text/one-line.ts';

type Is = (value: unknown) => boolean;

const text: Is = (value) => typeof value === 'string';
const textOrNull: Is = (value) => value === null || text(value);
const flag: Is = (value) => typeof value === 'boolean';
const moment: Is = (value) => text(value) && !Number.isNaN(Date.parse(value as string));
const shard: Is = (value) => value === null || isShard(value);
const listOf =
  (is: Is): Is =>
  (value) =>
    Array.isArray(value) && value.every(is);
const having =
  (members: Record<string, Is>): Is =>
  (value) =>
    isObject(value) && Object.entries(members).every(([name, is]) => is(value[name]));
const orNothing =
  (is: Is): Is =>
  (value) =>
    value === undefined || is(value);
const valuesOf =
  (is: Is): Is =>
  (value) =>
    isObject(value) && Object.values(value).every(is);

const ofSelection = having({
  words: text,
  shard,
  language: text,
  requirements: orNothing((value) => text(value) && versionIn(value as string) !== undefined),
});

const ofHead: Record<Exclude<keyof RunHead, 'version'>, Is> = {
  madeBy: orNothing((value) => ['merge', 'judge', 'rerun'].includes(value as string)),
  run: text,
  suite: having({ name: text, version: text, commit: textOrNull }),
  specRevision: text,
  ownRequirements: orNothing(valuesOf(text)),
  tenant: having({ url: text, botId: text, profile: textOrNull, embedded: flag }),
  dialect: valuesOf(text),
  failOn: (value) => value === 'must' || value === 'should',
  selection: (value) => value === null || ofSelection(value),
  startedAt: moment,
  deviations: listOf(having({ requirement: text, message: text, reason: text })),
  observed: listOf(having({ ambiguity: text, question: text, answer: text })),
};

const ofEnd: Record<keyof RunEnd, Is> = {
  endedAt: moment,
  late: listOf(isObject),
  trouble: orNothing(text),
  missing: orNothing(listOf(text)),
  again: orNothing(listOf(having({ uri: text, line: Number.isInteger, name: text, was: text, at: moment }))),
  stoppedBecause: orNothing(text),
};

/** As in 1/4. */
function isShard(value: unknown): boolean {
  const [index = 0, total = 0] = /^[1-9]\d*\/[1-9]\d*$/.test(String(value))
    ? String(value).split('/').map(Number)
    : [];
  return index > 0 && index <= total;
}

/** What is wrong with what is known of a run as a whole. */
export function formProblem(head: object, end: object | undefined): string | undefined {
  const wrong = [
    ...namesOfWrong(head, ofHead).map((name) => `${name} of its beginning`),
    ...(end ? namesOfWrong(end, ofEnd).map((name) => `${name} of its end`) : []),
  ];
  return wrong.length > 0 ? `cannot be used, as no run has written it so: ${wrong.join(', ')}` : undefined;
}

function namesOfWrong(note: object, members: Record<string, Is>): string[] {
  return Object.keys(members).filter((name) => !members[name]!((note as Record<string, unknown>)[name]));
}

/** A scenario whose messages have a gap would be lost without a word, or cannot be judged. */
export function gapIn(envelopes: readonly Envelope[], end: RunEnd | undefined): string | undefined {
  const pickles = new Set(envelopes.flatMap(({ pickle }) => pickle?.id ?? []));
  if (end && end.trouble === undefined && pickles.size === 0) return 'has an end, but no scenarios';
  const cases = new Set<string>();
  const attempts = new Set<string>();
  for (const { testCase, testCaseStarted, testCaseFinished } of envelopes) {
    if (testCase && !pickles.has(testCase.pickleId)) return without('scenario', testCase.pickleId);
    if (testCase) cases.add(testCase.id);
    if (testCaseStarted && !cases.has(testCaseStarted.testCaseId))
      return without('test case', testCaseStarted.testCaseId);
    if (testCaseStarted) attempts.add(testCaseStarted.id);
    if (testCaseFinished && !attempts.has(testCaseFinished.testCaseStartedId))
      return without('beginning of', testCaseFinished.testCaseStartedId);
  }
  return undefined;
}

function without(what: string, id: string): string {
  return `has messages about a scenario without the ${what} ${oneLine(String(id), 60)} that they are about; some are missing`;
}
