// Scenarios made by hand, for the causes.
import type { RequirementId } from '../../../src/protocol/catalogue.ts';
import { Conversation, type OutgoingRequest } from '../../../src/protocol/conversation.ts';
import { type Dialect, defaultDialect } from '../../../src/protocol/events.ts';
import type { ScenarioResult } from '../../../src/verdict/collector.ts';
import type { Verdict } from '../../../src/verdict/policy.ts';
import type { SentExchange } from '../../../src/verdict/scenario-record.ts';
import { check } from '../sample-run.ts';

let clock = 0;
let count = 0;

export type Form = Partial<Dialect> & { experience?: 'chat' | 'voice' };

export function conversation({ experience = 'voice', ...dialect }: Form = {}): Conversation {
  count += 1;
  const envelope = { conversationId: `c-${count}`, botId: 'st-1' };
  return new Conversation(envelope, experience, { ...defaultDialect, ...dialect });
}

/** The exchange of a request; a refusal says why. */
export function sent(
  { body, label }: OutgoingRequest,
  status: number,
  more: Partial<SentExchange> = {},
): SentExchange {
  clock += 10;
  return {
    label,
    due: 'acceptance',
    request: {
      method: 'POST',
      url: 'http://t/hooks/st-1',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    },
    startedAt: clock,
    durationMs: 5,
    attempts: 1,
    answer: { status, headers: {}, body: status === 200 ? '' : '{"message":"no such thing"}' },
    ...more,
  };
}

/** A scenario about a requirement, with a finding about its last exchange unless that is as it should be. */
export function scenario(id: RequirementId, verdict: Verdict, ...exchanges: SentExchange[]): ScenarioResult {
  count += 1;
  const about = check(verdict, id, verdict === 'pass' ? '' : 'refused');
  if (about.finding) about.finding.exchange = exchanges.length - 1;
  return {
    name: 'A scenario',
    uri: 'features/a.feature',
    line: count,
    tags: [`@${id}`],
    feature: 'A',
    verdict,
    durationMs: 1,
    record: { checks: [about], observations: [], exchanges },
  };
}

export const agent = { number: 1 };
