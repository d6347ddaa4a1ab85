// Collects what one scenario has shown: its exchanges, the checks on them, and their verdicts. Does not depend on
// cucumber: the steps pass in what was sent and how it was judged.
import { AssertionError } from 'node:assert';
import { curl } from '../evidence/curl.ts';
import type { LabelledExchange } from '../evidence/timeline.ts';
import type { Level, RequirementId } from '../protocol/catalogue.ts';
import { ambiguitiesOf, requirement } from '../protocol/catalogue.ts';
import type { Finding, Judgement } from '../protocol/finding.ts';
import { isOfVersion } from '../protocol/since.ts';
import { isExpired, matches } from './deviations.ts';
import { answerBefore } from './observed.ts';
import { type Outcome, type Verdict, verdictOf } from './policy.ts';
import type {
  Check,
  FindingRecord,
  JudgingContext,
  Observation,
  ScenarioRecord,
  Sent,
} from './scenario-record.ts';

/**
 * A stack of the harness says nothing about the tenant. Cucumber would also search it for frames, which takes seconds when
 * the message quotes a long answer, and the tenant decides how long that is.
 */
const noStack = '';

/** The transport, a prerequisite or a twin failed, so nothing could be judged. Reports show it as broken, not failed. */
export class Inconclusive extends Error {
  override name = 'Inconclusive';

  constructor(reason: string) {
    super(`inconclusive: ${reason}`);
    this.stack = noStack;
  }
}

/** How the reason begins when a scenario is not applicable for settings. */
export const notSet = 'not set: ';

export class ScenarioLog {
  readonly claims: readonly RequirementId[];
  readonly sent: Sent[] = [];
  /** What was sent to leave the tenant clean, as reports may show it. */
  readonly tidying: LabelledExchange[] = [];
  readonly leftOpen = new Set<string>();
  readonly #checks: Check[] = [];
  readonly #observations: Observation[] = [];
  readonly #noted: FindingRecord[] = [];
  readonly #context: JudgingContext;
  #ended: { outcome: Outcome; reason: string } | undefined;
  #step = 0;

  /** @param claims the requirements that the scenario is tagged with */
  constructor(claims: readonly RequirementId[], context: JudgingContext) {
    this.claims = claims;
    this.#context = context;
  }

  /** The next step of the scenario begins. */
  nextStep(): void {
    this.#step += 1;
  }

  /** Keeps an exchange. @throws Inconclusive when no answer arrived that could be judged */
  keep(sent: Sent): Sent {
    const reason = whyUnanswered(this.take(sent));
    if (reason) this.giveUp('transport failed', reason);
    return sent;
  }

  /** Keeps an exchange, even if nothing can be judged by it. */
  take(sent: Sent): Sent {
    sent.step = this.#step;
    this.sent.push(sent);
    return sent;
  }

  /** Ends a scenario that cannot be judged. @throws Inconclusive */
  giveUp(outcome: Outcome, reason: string): never {
    this.#ended = { outcome, reason };
    throw new Inconclusive(reason);
  }

  /** The profile does not declare what the scenario needs; the step is skipped. */
  notDeclared(settings: string[]): void {
    this.#ended = { outcome: 'not declared', reason: notSet + settings.join(', ') };
  }

  /** What the scenario is about cannot happen with this tenant; the step is skipped. */
  notApplicable(reason: string): void {
    this.#ended = { outcome: 'not declared', reason };
  }

  /** Records a judgement. If it fails the scenario, that still goes on until `settle`. */
  note(judgement: Judgement, sent: Sent): void {
    this.#noted.push(...this.#recorded([{ judgement, sent }]));
  }

  /** @throws AssertionError when something that was noted fails the scenario */
  settle(): void {
    this.#failWith(this.#noted);
  }

  /** Records all judgements. @throws AssertionError when one of them fails the scenario */
  decide(judgements: { judgement: Judgement; sent?: Sent }[]): void {
    this.#failWith(this.#recorded(judgements));
  }

  #failWith(failed: FindingRecord[]): void {
    if (failed.length === 0) return;
    this.#ended = { outcome: 'not reached', reason: failed[0]!.message };
    throw nonConformance(failed);
  }

  /** @returns the findings that fail the scenario */
  #recorded(judgements: { judgement: Judgement; sent?: Sent }[]): FindingRecord[] {
    const failed: FindingRecord[] = [];
    for (const { judgement, sent } of judgements) {
      if (sent) sent.judged = true;
      const broken = new Set(judgement.findings.map((one) => one.requirement));
      const held = judgement.checked.filter((id) => !broken.has(id));
      this.#checks.push(...held.map((id) => this.#check(id, 'holds')));
      for (const found of judgement.findings) {
        const check = this.#broken(this.#quoted(found, sent));
        this.#checks.push(check);
        if (check.finding && check.verdict === 'fail') failed.push(check.finding);
      }
    }
    return failed;
  }

  /** Keeps how the tenant reads what the documents leave open, with the earlier answer if that has changed. */
  observe({ answer, ...asked }: Pick<Observation, 'ambiguity' | 'question' | 'answer'>): void {
    const now = this.#context.redact(answer);
    const was = answerBefore(this.#context.observed, asked);
    const changed = was !== undefined && was !== now;
    const verdict = this.#verdict(changed ? 'observed to have changed' : 'observed', 'may');
    this.#observations.push({ ...asked, answer: now, ...(changed ? { was } : {}), verdict });
  }

  /**
   * The record, with a check for every claim.
   * @param threw whether a step ended with any other error: then the harness is at fault
   */
  record(threw: boolean): ScenarioRecord {
    const ended = this.#ended ?? (threw ? { outcome: 'the harness threw' as const, reason: '' } : undefined);
    const checks = [...this.#checks];
    for (const claim of this.claims) {
      const own = checks.filter((check) => check.requirement === claim);
      if (own.length > 0) continue;
      checks.push(this.#check(claim, ended?.outcome ?? 'not reached'));
    }
    const judged = checks.filter((check) => this.#isJudged(check.requirement));
    const exchanges = this.sent.map(({ shown, label, due, token, wrong, isCallback, plain, step }) => ({
      label,
      ...(step ? { step } : {}),
      ...(due ? { due } : {}),
      ...(isCallback ? { isCallback } : {}),
      ...(token ? { token } : {}),
      ...(wrong ? { wrong } : {}),
      ...(plain ? { plain } : {}),
      ...shown,
    }));
    const reason = ended?.reason ? { reason: ended.reason } : {};
    return {
      ...reason,
      checks: judged,
      observations: this.#observations,
      exchanges,
      ...(this.tidying.length > 0 ? { tidying: this.tidying } : {}),
      ...(this.leftOpen.size > 0 ? { leftOpen: [...this.leftOpen] } : {}),
    };
  }

  /** Why a scenario that ended well does not prove all of its claims; undefined when it does. */
  unprovenClaim(): string | undefined {
    const unjudged = this.sent.find((sent) => !sent.judged);
    if (unjudged) return `nothing was expected of the answer to: ${unjudged.label}`;
    // A finding that does not fail the scenario may still keep its other claims from being shown.
    if (this.#checks.some((check) => check.finding)) return undefined;
    const unshown = this.claims.find((id) => !this.#checks.some((check) => check.requirement === id));
    if (unshown) return `the scenario is tagged ${unshown}, but none of its steps checks that`;
    if (this.#checks.length === 0 && this.#observations.length === 0)
      return 'none of its steps checks anything';
    return undefined;
  }

  /** Whether all that was found so far is known and tolerated. */
  breachesAreKnown(): boolean {
    return this.#checks.every(({ finding, deviation }) => !finding || deviation);
  }

  #check(id: RequirementId, outcome: Outcome): Check {
    // What a later version of the suite asks for fails no scenario.
    const level = this.#isJudged(id) ? requirement(id).level : 'may';
    return { requirement: id, outcome, verdict: this.#verdict(outcome, level) };
  }

  #isJudged(id: RequirementId): boolean {
    return isOfVersion(requirement(id), this.#context.requirements);
  }

  #broken(found: FindingRecord): Check {
    const now = new Date();
    const deviation = this.#context.deviations.find((one) => !isExpired(one, now) && matches(one, found));
    const check = this.#check(found.requirement, deviation ? 'broken, as is known' : 'broken');
    return { ...check, finding: found, ...(deviation ? { deviation } : {}) };
  }

  #verdict(outcome: Outcome, level: Level): Verdict {
    return verdictOf(outcome, level, this.#context.failOn);
  }

  #quoted(found: Finding, sent: Sent | undefined): FindingRecord {
    const { redact } = this.#context;
    const quoted = {
      ...found,
      message: redact(found.message),
      expected: redact(found.expected),
      actual: redact(found.actual),
    };
    if (!sent) return quoted;
    return {
      ...quoted,
      exchange: this.sent.indexOf(sent),
      event: sent.label,
      // About how the request is written (HOOKS-HDR-01, ASSIGN-REQ-01).
      repeat: curl(sent.shown.request, {
        isExact: ['HOOKS-HDR-01', 'ASSIGN-REQ-01'].includes(found.requirement),
      }),
    };
  }
}

/** Why there is no answer that could be judged; undefined when there is one. */
export function whyUnanswered({ label, shown }: Sent): string | undefined {
  return shown.failure && `${label}: ${shown.failure.message}`;
}

function nonConformance(findings: FindingRecord[]): AssertionError {
  const shown = findings.slice(0, 3).map(findingBlock);
  const more = findings.length > 3 ? `\n… and ${findings.length - 3} more` : '';
  const error = new AssertionError({ message: shown.join('\n') + more });
  error.stack = noStack;
  return error;
}

function onAmbiguities(id: RequirementId): string | undefined {
  const named = ambiguitiesOf(id);
  return named.length > 0 ? `on ${named.join(', ')}` : undefined;
}

/** A finding as text for people, most important first. */
export function findingBlock(found: FindingRecord): string {
  const rows: [string, string | undefined][] = [
    ['event', found.event],
    ['expected', found.expected],
    ['answer', found.actual],
    ['depends', onAmbiguities(found.requirement)],
    ['repeat', found.repeat],
  ];
  const lines = rows.flatMap(([name, value]) => (value ? [`  ${name.padEnd(9)} ${value}`] : []));
  return [`${found.requirement} (${found.level})  ${found.message}`, ...lines].join('\n');
}
