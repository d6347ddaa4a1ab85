// What scenarios have shown, judged by the catalogue and the lists of today. What was found stays as it was: whether an answer
// is as documented was decided when the whole of it was there.
import { type Envelope, TestStepResultStatus } from '@cucumber/messages';
import { isRequirementId, requirement } from '../protocol/catalogue.ts';
import { recordOf, scenarioRecordType } from '../verdict/collector.ts';
import { isExpired, type KnownDeviation, matches } from '../verdict/deviations.ts';
import { answerBefore, type ObservedAnswer } from '../verdict/observed.ts';
import { scenarioVerdict, verdictOf } from '../verdict/policy.ts';
import type { Check, Observation, ScenarioRecord } from '../verdict/scenario-record.ts';

export interface Today {
  failOn: 'must' | 'should';
  deviations: readonly KnownDeviation[];
  observed: readonly ObservedAnswer[];
  now: Date;
}

export interface JudgedAnew {
  envelopes: Envelope[];
  /** Why something is judged otherwise than before: the requirement or question, and a sentence. */
  reasons: ReadonlyMap<string, ReadonlySet<string>>;
}

export function judgedAnew(envelopes: readonly Envelope[], today: Today): JudgedAnew {
  const reasons = new Map<string, Set<string>>();
  const why = (about: string, reason: string) => {
    const known = reasons.get(about);
    if (known) known.add(reason);
    else reasons.set(about, new Set([reason]));
  };
  const noLonger = new Set<string>();
  const attachments = new Map<string, Envelope>();
  for (const { attachment } of envelopes) {
    if (attachment?.mediaType !== scenarioRecordType) continue;
    const before = recordOf(attachment);
    const record = recordAnew(before, today, why);
    const id = attachment.testCaseStartedId ?? '';
    if (shows(before, 'fail') && !shows(record, 'fail')) {
      noLonger.add(id);
      record.reason ??= 'the scenario ended with a breach';
    }
    attachments.set(id, { attachment: { ...attachment, body: JSON.stringify(record) } });
  }
  return {
    reasons,
    envelopes: envelopes.map((envelope) => {
      const { attachment, testStepFinished: step } = envelope;
      if (attachment?.mediaType === scenarioRecordType)
        return attachments.get(attachment.testCaseStartedId ?? '') ?? envelope;
      if (!step || !noLonger.has(step.testCaseStartedId)) return envelope;
      return { testStepFinished: { ...step, testStepResult: withoutFailure(step.testStepResult) } };
    }),
  };
}

type StepResult = NonNullable<Envelope['testStepFinished']>['testStepResult'];

/** Only a breach throws this. */
function withoutFailure(result: StepResult): StepResult {
  if (result.exception?.type !== 'AssertionError') return result;
  return { status: TestStepResultStatus.PASSED, duration: result.duration };
}

function shows({ checks }: ScenarioRecord, verdict: string): boolean {
  return scenarioVerdict(checks) === verdict;
}

type Why = (about: string, reason: string) => void;

function recordAnew(record: ScenarioRecord, today: Today, why: Why): ScenarioRecord {
  return {
    ...record,
    checks: record.checks.flatMap((check) => checkAnew(check, today, why)),
    observations: record.observations.map((one) => observationAnew(one, today, why)),
  };
}

/** None when the requirement is no longer there. */
function checkAnew(check: Check, today: Today, why: Why): Check[] {
  const { requirement: id, finding, deviation: before } = check;
  if (!isRequirementId(id)) {
    why(id, 'it is no longer in the catalogue');
    return [];
  }
  const { level } = requirement(id);
  if (!finding) return [{ ...check, verdict: verdictOf(check.outcome, level, today.failOn) }];
  const expired = (one: KnownDeviation) => isExpired(one, today.now);
  const about = today.deviations.filter((one) => matches(one, finding));
  const known = about.find((one) => !expired(one));
  const verdict = verdictOf(known ? 'broken, as is known' : 'broken', level, today.failOn);
  const { deviation: _, ...rest } = check;
  const anew: Check = {
    ...rest,
    outcome: known ? 'broken, as is known' : 'broken',
    verdict,
    finding: { ...finding, level },
    ...(known ? { deviation: known } : {}),
  };
  if (verdict === check.verdict) return [anew];
  if (level !== finding.level) why(id, `it is a ${level} now, and was a ${finding.level}`);
  if (known && !before) why(id, `${known.place} lists it as a known deviation: ${known.reason}`);
  if (!known && before)
    why(
      id,
      about.some(expired)
        ? `${about.find(expired)?.place}: the known deviation expired on ${about.find(expired)?.expires}`
        : `it is no longer listed as a known deviation (${before.reason})`,
    );
  if (level === finding.level && !known && !before) why(id, `--fail-on is ${today.failOn} now`);
  return [anew];
}

function observationAnew(observation: Observation, today: Today, why: Why): Observation {
  const { was: before, ...asked } = observation;
  const listed = answerBefore(today.observed, asked);
  const changed = listed !== undefined && listed !== asked.answer;
  const verdict = verdictOf(changed ? 'observed to have changed' : 'observed', 'may', today.failOn);
  if (before !== (changed ? listed : undefined)) {
    why(
      asked.ambiguity,
      listed === undefined
        ? `the list of observed behaviour has no answer to "${asked.question}" any more`
        : `the list of observed behaviour says now on "${asked.question}": ${listed}`,
    );
  }
  return { ...asked, ...(changed ? { was: listed } : {}), verdict };
}
