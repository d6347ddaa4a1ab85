// Collects the summary of a check: counts, and three examples of each broken rule. Bounded, whatever the size of the log.

import type { Skipped } from '../logs/log-entry.ts';
import type { RequirementId } from '../protocol/catalogue.ts';
import { counted, grouped } from '../text/count.ts';
import { Refusals } from './refusals.ts';
import type {
  BrokenRequirement,
  CheckedConversation,
  CheckSummary,
  CheckVerdict,
  Example,
  PlacedFinding,
  Totals,
} from './result.ts';

const levels = ['must', 'should', 'may'];
const maxExamples = 3;
const maxSkipped = 100;

export function noTotals(): Totals {
  const [none, ofRequests] = [
    { lines: 0, requests: 0, conversations: 0, skipped: 0, others: 0 },
    { refused: 0, retries: 0, passed: 0, warned: 0, failed: 0 },
  ];
  return { ...none, ...ofRequests };
}

type Rule = BrokenRequirement & { examples: Example[] };

export class Tally {
  findings = 0;
  /** Conversations that were closed as idle, and then went on. */
  resumed = 0;
  /** Conversations that were open where the log breaks off. */
  cutOff = 0;
  /** Conversations whose every request was refused. */
  refused = 0;
  /** Lines that may be a call of any conversation. */
  lostCalls = 0;
  /** Requests that repeat one whose answer was not recorded. */
  repeats = 0;
  readonly refusals = new Refusals();
  /** By reason: conversations that were more than is kept of one, so that their order was judged in part. */
  readonly #excess = new Map<string, number>();
  /** Conversations that were set aside while they were open, since there were too many. */
  setAside = 0;
  /** Records whose time could not be read. */
  timesUnread = 0;
  /** The requirements that were asked for, when the log has nothing to judge any of them by. */
  nothingAskedFor: readonly RequirementId[] = [];
  /** What others have noted, in words. */
  readonly furtherDoubts: string[] = [];
  /** A log is damaged: even the lines that could be read may be wrong. */
  #isCorrupt = false;
  readonly #rules = new Map<string, { -readonly [key in keyof Rule]: Rule[key] }>();
  readonly #skipped: Skipped[] = [];
  readonly #failOn: 'must' | 'should';

  constructor(failOn: 'must' | 'should') {
    this.#failOn = failOn;
  }

  /** @param isCounted whether it was closed and counted as failed before */
  conversation(conversation: CheckedConversation, isCounted = false): void {
    const seen = new Set<Rule>();
    for (const finding of conversation.findings) {
      const rule = this.#count(finding);
      if (seen.has(rule)) continue;
      seen.add(rule);
      if (!isCounted) rule.conversations += 1;
      if (rule.examples.length < maxExamples) rule.examples.push({ finding, conversation });
    }
    for (const one of conversation.further) this.#ruleOf(one).count += this.#counted(one.count);
  }

  /** @param reason why the order of a conversation is judged in part only */
  exceeds(reason: string): void {
    this.#excess.set(reason, (this.#excess.get(reason) ?? 0) + 1);
  }

  loose(finding: PlacedFinding): void {
    const rule = this.#count(finding);
    if (rule.examples.length < maxExamples) rule.examples.push({ finding });
  }

  skip(skipped: Skipped): void {
    if (skipped.damage === 'corrupt') this.#isCorrupt = true;
    if (this.#skipped.length < maxSkipped) this.#skipped.push(skipped);
  }

  /** The requirements that are broken, at any level. */
  get broken(): ReadonlySet<RequirementId> {
    return new Set([...this.#rules.values()].map(({ requirement }) => requirement));
  }

  summary(totals: Totals): Omit<CheckSummary, 'coverage' | 'read'> {
    const rules = [...this.#rules.values()].sort(
      (one, other) => levels.indexOf(one.level) - levels.indexOf(other.level) || other.count - one.count,
    );
    return {
      ...this.#verdict(totals, rules),
      totals: { ...totals },
      rules,
      skipped: [...this.#skipped],
      refusals: this.refusals.list,
    };
  }

  #count(finding: PlacedFinding) {
    const rule = this.#ruleOf(finding);
    rule.count += this.#counted(1);
    return rule;
  }

  #counted(findings: number): number {
    this.findings += findings;
    return findings;
  }

  #ruleOf({ requirement, level }: Pick<PlacedFinding, 'requirement' | 'level'>) {
    const key = `${requirement} ${level}`;
    const known = this.#rules.get(key);
    const rule = known ?? { requirement, level, count: 0, conversations: 0, examples: [] };
    if (!known) this.#rules.set(key, rule);
    return rule;
  }

  #verdict(
    totals: Totals,
    rules: readonly BrokenRequirement[],
  ): { verdict: CheckVerdict; reasons: string[] } {
    // A requirement that is broken at two levels counts once.
    const failing = new Set(
      rules
        .filter(({ level }) => level === 'must' || level === this.#failOn)
        .map(({ requirement }) => requirement),
    );
    const doubts = this.#doubts(totals);
    const notes =
      this.timesUnread > 0
        ? [
            `the time of ${counted(this.timesUnread, 'record')} could not be read: their order is that of the log`,
          ]
        : [];
    const broken = `${counted(failing.size, 'requirement')} ${failing.size === 1 ? 'is' : 'are'} broken`;
    if (failing.size > 0 && !this.#isCorrupt) {
      return { verdict: 'non-conformant', reasons: [broken, ...doubts, ...notes] };
    }
    const reasons = [...(failing.size > 0 ? [`${broken}, as it seems`] : []), ...doubts, ...notes];
    return { verdict: doubts.length > 0 ? 'inconclusive' : 'conformant', reasons };
  }

  /** Why the log cannot be called conformant even without a finding. */
  #doubts({ requests, refused, skipped }: Totals): string[] {
    const doubts: string[] = [];
    if (this.#isCorrupt) doubts.push('a log is damaged: findings, and missing ones, may come from that');
    if (requests === 0) doubts.push('no request to the hooks or to assign-conversation was found');
    else if (refused === requests) doubts.push('every request was refused, so that no conversation was seen');
    if (requests > 0 && this.nothingAskedFor.length > 0) {
      const [first, ...others] = this.nothingAskedFor;
      const which =
        others.length > 0 ? `any of the ${others.length + 1} requirements that were` : `${first}, which was`;
      doubts.push(`the log has nothing to judge ${which} asked for`);
    }
    if (this.refused > 0 && refused < requests) {
      doubts.push(`every request of ${counted(this.refused, 'conversation')} was refused`);
    }
    if (skipped > 0) doubts.push(`${counted(skipped, 'line')} could not be judged`);
    if (this.lostCalls > 0) {
      doubts.push(
        `${this.lostCalls === 1 ? 'one of them may be a call' : `${grouped(this.lostCalls)} of them may be calls`} of any conversation: what is missing afterwards is held against nobody`,
      );
    }
    if (this.repeats > 0) {
      const [repeats, kinds] =
        this.repeats === 1
          ? ['repeats', 'it is a retry or a duplicate']
          : ['repeat', 'they are retries or duplicates'];
      doubts.push(
        `${counted(this.repeats, 'request')} ${repeats} the one before, for which no status was found: whether ${kinds} is not known. Let the record of each request have its status; where it has, name it: --status .path`,
      );
    }
    if (this.cutOff > 0) {
      doubts.push(
        `a log breaks off: ${counted(this.cutOff, 'conversation')} that ${this.cutOff === 1 ? 'was' : 'were'} open there may have gone on`,
      );
    }
    for (const [reason, count] of this.#excess) {
      doubts.push(`${counted(count, 'conversation')} had ${reason}: the order there is judged in part`);
    }
    if (this.setAside > 0) {
      doubts.push(
        `${counted(this.setAside, 'conversation')} were set aside while they were open, since there were too many: whether they were complete is not judged`,
      );
    }
    if (this.resumed > 0) {
      doubts.push(
        `${counted(this.resumed, 'conversation')} went on after having been closed as idle: they are judged in parts`,
      );
    }
    return [...doubts, ...this.furtherDoubts];
  }
}
