// What changed from one run to another. Compares what the reports say; knows neither files nor how it is shown.
import type {
  ChangedRequirement,
  Comparison,
  ConformanceReport,
  ObservationReport,
  RequirementReport,
} from './report-types.ts';

/** A requirement that only one of the two reports lists: the catalogue has changed in between. */
const unlisted = 'not in the catalogue';

/** What needs an explanation comes first. */
const worstFirst: readonly string[] = [
  'fail',
  'unexpected-pass',
  'inconclusive',
  'warning',
  'known-deviation',
  'not-tested',
  'not-applicable',
  'pass',
  unlisted,
];

const decidedAsGood: readonly string[] = ['pass', 'warning', 'known-deviation'];
const untold: readonly string[] = ['not-tested', unlisted];

export function compareReports(old: ConformanceReport, now: ConformanceReport): Comparison {
  const sameSelection = old.selection.words === now.selection.words;
  const changes = Map.groupBy(pairs(old.requirements, now.requirements).map(changeOf), kindOf);
  const others = changes.get('otherChanges') ?? [];
  return {
    old: sideOf(old),
    new: sideOf(now),
    newlyFailing: changes.get('newlyFailing') ?? [],
    newlyPassing: changes.get('newlyPassing') ?? [],
    stillFailing: changes.get('stillFailing') ?? [],
    otherChanges: others.filter((change) => isChange(change, sameSelection)),
    observations: changedObservations(old.observations, now.observations, sameSelection),
    durationMs: { was: old.durationMs, is: now.durationMs },
  };
}

type Kind = 'newlyFailing' | 'newlyPassing' | 'stillFailing' | 'otherChanges';

/** Only what holds now is mended: not a fail that could not be tested again, nor one that is tolerated from now on. */
function kindOf({ was, is }: ChangedRequirement): Kind {
  if (isFailing(is)) return isFailing(was) ? 'stillFailing' : 'newlyFailing';
  return was === 'fail' && is === 'pass' ? 'newlyPassing' : 'otherChanges';
}

/** Whether a verdict makes a run fail. */
function isFailing(verdict: string): boolean {
  return verdict === 'fail' || verdict === 'unexpected-pass';
}

/** What only one of two selections has tested says nothing about the tenant. */
function isChange({ was, is }: ChangedRequirement, sameSelection: boolean): boolean {
  if (was === is || (untold.includes(was) && untold.includes(is))) return false;
  return sameSelection || (!untold.includes(was) && !untold.includes(is));
}

type Pair = [before: RequirementReport | undefined, after: RequirementReport | undefined];

/** In the order of the new report; what it no longer lists comes last. */
function pairs(old: readonly RequirementReport[], now: readonly RequirementReport[]): Pair[] {
  const before = new Map(old.map((one) => [one.id, one]));
  const after = new Set(now.map(({ id }) => id));
  return [
    ...now.map((one): Pair => [before.get(one.id), one]),
    ...old.filter(({ id }) => !after.has(id)).map((one): Pair => [one, undefined]),
  ];
}

function changeOf([before, after]: Pair): ChangedRequirement {
  const was = before?.verdict ?? unlisted;
  const is = after?.verdict ?? unlisted;
  const { id, title } = (after ?? before)!;
  const explained = explainedBy({ was, is }) === 'old' ? before : after;
  return { id, title, was, is, message: explained ? explanation(explained) : null };
}

/**
 * Whose message a change bears: that of the run that is worse. What still fails is explained as it fails now; and
 * of what is no longer known a reader asks why that is so, not how it failed.
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

/** By what was asked. Two scenarios may ask the same and be answered differently, in any order. */
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

/** The embedded sandbox listens at another port each time; that makes it no other tenant. */
function tenantInWords({ url, botId, profile, embedded }: ConformanceReport['tenant']): string {
  if (embedded) return 'the embedded sandbox';
  return `${url}, bot ${botId}${profile === null ? '' : ` (profile ${profile})`}`;
}

const unknownVerdicts = ['inconclusive', 'not-tested', 'not-applicable', 'not in the catalogue'];

/** Whether a verdict has got lost: that hides a tenant that breaks a requirement as well as one that keeps to it. */
export function isNoLongerKnown({ was, is }: ChangedRequirement): boolean {
  return unknownVerdicts.includes(is) && !unknownVerdicts.includes(was);
}
