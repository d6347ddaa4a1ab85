// What changed between two runs. Compares their reports; reading files and formatting are done elsewhere.

import { changedCause } from './changed-cause.ts';
import type {
  ChangedRequirement,
  Comparison,
  ConformanceReport,
  ObservationReport,
  RequirementReport,
  RequirementVerdict,
} from './report-types.ts';

/** Stands for the verdict on a requirement that only one report lists, since the catalogue has changed. */
const unlisted = 'not in the catalogue';

export const verdictsFromWorst: readonly RequirementVerdict[] = [
  'fail',
  'unexpected-pass',
  'inconclusive',
  'warning',
  'known-deviation',
  'not-tested',
  'not-applicable',
  'pass',
];

/** The worse of two verdicts is the one to explain. */
const worstFirst: readonly string[] = [...verdictsFromWorst, unlisted];

const decidedAsGood: readonly string[] = ['pass', 'unexpected-pass', 'warning', 'known-deviation'];
const untested: readonly string[] = ['not-tested', unlisted];
/** As the coverage of a report counts. */
const undecided: readonly string[] = ['inconclusive', 'not-applicable', 'not-tested'];

export function compareReports(old: ConformanceReport, now: ConformanceReport): Comparison {
  const sameSelection = old.selection.words === now.selection.words;
  const changes = Map.groupBy(
    pairs(old.requirements, now.requirements).map((pair) => changeOf(pair, sameSelection)),
    kindOf,
  );
  const others = changes.get('otherChanges') ?? [];
  return {
    old: sideOf(old),
    new: sideOf(now),
    testedByBoth: pairs(old.requirements, now.requirements).filter(isTestedByBoth).length,
    newlyFailing: changes.get('newlyFailing') ?? [],
    newToSuite: (changes.get('newToSuite') ?? []).filter(({ is }) => !untested.includes(is)),
    newlyPassing: changes.get('newlyPassing') ?? [],
    stillFailing: changes.get('stillFailing') ?? [],
    otherChanges: others.filter((change) => isChange(change, sameSelection)),
    observations: changedObservations(old.observations, now.observations, sameSelection),
    durationMs: { was: old.durationMs, is: now.durationMs },
  };
}

type Kind = 'newlyFailing' | 'newToSuite' | 'newlyPassing' | 'stillFailing' | 'otherChanges';

/** A fail counts as fixed only if it passes now: not if it could not be tested again, nor if it is tolerated now. */
function kindOf({ was, is }: ChangedRequirement): Kind {
  // What nobody asked for before says nothing about a change of the tenant.
  if (was === unlisted) return 'newToSuite';
  if (is === 'fail') return was === 'fail' ? 'stillFailing' : 'newlyFailing';
  return was === 'fail' && passing.includes(is) ? 'newlyPassing' : 'otherChanges';
}

const passing: readonly string[] = ['pass', 'unexpected-pass'];

/** If the selections differ, what only one of them tested is not a change of the tenant. */
function isChange({ was, is, before }: ChangedRequirement, sameSelection: boolean): boolean {
  if (before !== null) return true;
  if (was === is || (untested.includes(was) && untested.includes(is))) return false;
  return sameSelection || (!untested.includes(was) && !untested.includes(is));
}

type Pair = [before: RequirementReport | undefined, after: RequirementReport | undefined];

/** In the order of the new report; requirements that only the old one lists come last. */
function pairs(old: readonly RequirementReport[], now: readonly RequirementReport[]): Pair[] {
  const before = new Map(old.map((one) => [one.id, one]));
  const after = new Set(now.map(({ id }) => id));
  return [
    ...now.map((one): Pair => [before.get(one.id), one]),
    ...old.filter(({ id }) => !after.has(id)).map((one): Pair => [one, undefined]),
  ];
}

function isTestedByBoth(pair: Pair): boolean {
  return pair.every((one) => one !== undefined && !undecided.includes(one.verdict));
}

function changeOf([before, after]: Pair, sameSelection: boolean): ChangedRequirement {
  const was = before?.verdict ?? unlisted;
  const is = after?.verdict ?? unlisted;
  const { id, title } = (after ?? before)!;
  const another = before && after && sameSelection && changedCause(before, after);
  if (another) return { id, title, was, is, ...another };
  const explained = explainedBy({ was, is }) === 'old' ? before : after;
  return { id, title, was, is, message: explained ? explanation(explained) : null, before: null };
}

/**
 * Which run's message explains a change: the worse one's. A requirement that still fails is explained by the new run, and
 * so is one that is no longer known: the reader wants to know why it is not, rather than how it failed before.
 */
export function explainedBy({ was, is }: Pick<ChangedRequirement, 'was' | 'is'>): 'old' | 'new' {
  const better = worstFirst.indexOf(was) < worstFirst.indexOf(is);
  return better && decidedAsGood.includes(is) ? 'old' : 'new';
}

function explanation({ findings, verdict, reason }: RequirementReport): string | null {
  const found = findings.find((one) => one.verdict === verdict) ?? findings[0];
  return found?.message ?? reason;
}

function changedObservations(
  old: readonly ObservationReport[],
  now: readonly ObservationReport[],
  sameSelection: boolean,
): Comparison['observations'] {
  const [before, after] = [answers(old), answers(now)];
  return [...new Map([...after, ...before])].flatMap(([key, { ambiguity, question }]) => {
    const was = before.get(key)?.answer ?? null;
    const answer = after.get(key)?.answer ?? null;
    if (was === answer || (!sameSelection && (was === null || answer === null))) return [];
    return [{ ambiguity, question, was, answer }];
  });
}

interface Answered {
  ambiguity: string;
  question: string;
  answer: string;
}

/** By question. Two scenarios may ask the same question and get different answers, in any order. */
function answers(observations: readonly ObservationReport[]): Map<string, Answered> {
  const byKey = Map.groupBy(observations, ({ ambiguity, question }) => `${ambiguity} ${question}`);
  return new Map(
    [...byKey].map(([key, all]) => {
      const { ambiguity, question } = all[0]!;
      const answer = [...new Set(all.map((one) => one.answer))].sort().join(' / ');
      return [key, { ambiguity, question, answer }];
    }),
  );
}

function sideOf({ verdict, startedAt, tenant, selection, suite }: ConformanceReport): Comparison['old'] {
  return {
    verdict,
    startedAt,
    tenant: tenantInWords(tenant),
    selection: selection.words,
    commit: suite.commit,
  };
}

/** The embedded sandbox is the same tenant in every run, although its port differs. */
function tenantInWords({ url, botId, profile, embedded }: ConformanceReport['tenant']): string {
  if (embedded) return 'the embedded sandbox';
  return `${url}, bot ${botId}${profile === null ? '' : ` (profile ${profile})`}`;
}

/** Whether the tenant passes what the list of known deviations says it breaks: a matter of the list, not of the tenant. */
export function isForTheList({ is }: ChangedRequirement): boolean {
  return is === 'unexpected-pass';
}

/** Whether the verdict is the same, and its cause is not. */
export function isForAnotherCause({ before }: ChangedRequirement): boolean {
  return before !== null;
}

const unknownVerdicts = ['inconclusive', 'not-tested', 'not-applicable', 'not in the catalogue'];

/** Whether a requirement was decided before and is not now. */
export function isNoLongerKnown({ was, is }: ChangedRequirement): boolean {
  return unknownVerdicts.includes(is) && !unknownVerdicts.includes(was);
}
