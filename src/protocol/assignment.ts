// assign-conversation: its parameters, and the checks of its answer and of its callback.

import { shown } from '../text/shown-value.ts';
import { type Answer, brief, isSuccess, notAccepted, parseJson } from './answers.ts';
import type { AddressForm } from './callback-address.ts';
import type { RequirementId } from './catalogue.ts';
import { broken, type Finding, finding, holds, type Judgement, together } from './finding.ts';
import type { AssignConversationRequest } from './generated/schema-types.ts';
import { problems, sentence } from './problems.ts';
import { isObject } from './requests.ts';

export type Target = { aId: string } | { queueId: string };

export interface Assignment {
  callbackUrl: string;
  /** What is special about callbackUrl. */
  addressForm?: AddressForm;
  orgId: string;
  botSessionId: string;
  target: Target;
}

/** AC, Sample Requests: a queue is named with transferredType QUEUE, an agent without. */
export function assignmentParameters(assignment: Assignment): AssignConversationRequest {
  const { target, addressForm: _, ...common } = assignment;
  return 'aId' in target ? { ...common, ...target } : { ...common, transferredType: 'QUEUE', ...target };
}

/**
 * AC, Sample Responses: the outcome object, and the echo of the ids.
 * @param claim the requirement that a refusal breaks
 * @param why what the controls of a refusal have shown, for people
 */
export function judgeAssigned(answer: Answer, asked: Assignment, claim: RequirementId, why = ''): Judgement {
  if (!isSuccess(answer)) {
    const what = `transfer to ${'aId' in asked.target ? 'an agent' : 'a queue'}`;
    const text = notAccepted(answer, [what, why].filter(Boolean).join('; '));
    return broken(finding(claim, text, 'HTTP 2xx and the outcome', brief(answer)));
  }
  const outcome = parseJson(answer.body);
  const shape = outcomeFindings(outcome, asked, answer);
  const judged: Judgement = { checked: [shapeRequirement(asked)], findings: shape };
  if (!isObject(outcome)) return judged;
  return together([
    ...(shape.length === 0 ? [holds(claim)] : []),
    judged,
    echo(outcome, asked, brief(answer)),
  ]);
}

function outcomeFindings(outcome: unknown, asked: Assignment, answer: Answer): Finding[] {
  const actual = brief(answer);
  const id = shapeRequirement(asked);
  const expected = `JSON with sessionId, ${targetName(asked)}, status "transferred" and requestCompletedAt`;
  if (!isObject(outcome)) return [finding(id, 'the answer is not a JSON object', expected, actual)];
  const schema = 'aId' in asked.target ? 'assignedToAgent' : 'assignedToQueue';
  const wrong = problems(schema, outcome, 'the answer').map(sentence);
  if (!('aId' in asked.target) && 'queueId' in outcome && 'agentId' in outcome) {
    wrong.push('agentId is given, although the transfer was to a queue');
  }
  const time = wrong.length === 0 && wrongTime(outcome.requestCompletedAt as number, answer);
  if (time) wrong.push(time);
  return wrong.map((text) => finding(id, text, expected, actual));
}

const minuteMs = 60_000;
/** Time zones differ by so many minutes, or by a multiple of them; clocks that are wrong, by anything. */
const zoneMinutes = 15;

/** The time of another zone is not epoch milliseconds, though it looks like some. */
function wrongTime(completedAt: number, { headers }: Answer): string | undefined {
  const minutes = (completedAt - Date.parse(headers.date ?? '')) / minuteMs;
  const zones = Math.round(minutes / zoneMinutes);
  if (!(zones !== 0 && Math.abs(minutes - zones * zoneMinutes) < 0.5)) return undefined;
  const by = `${Math.abs((zones * zoneMinutes) / 60)} h ${zones > 0 ? 'after' : 'before'}`;
  return `requestCompletedAt is ${by} the Date of the answer: as in another time zone, not in epoch milliseconds`;
}

/**
 * The ids of an answer whose form is not documented, as that to a transfer that cannot succeed: those that it has are to be
 * the ones of the request.
 */
export function judgeEcho(answer: Answer, asked: Assignment): Judgement {
  const outcome = parseJson(answer.body);
  return isObject(outcome) ? echo(outcome, asked, brief(answer)) : { checked: [], findings: [] };
}

/** Skips a member that is missing or not a string: the check of the shape reports it. */
function echo(given: Record<string, unknown>, asked: Assignment, actual: string): Judgement {
  const expected: Record<string, string> = {
    sessionId: asked.botSessionId,
    ...('aId' in asked.target ? { agentId: asked.target.aId } : { queueId: asked.target.queueId }),
  };
  const wrong = Object.entries(expected).filter(
    ([field, value]) => isId(given[field]) && given[field] !== value,
  );
  const findings = wrong.map(([field, value]) => {
    const text = `${field} is ${shown(given[field])}, it must echo ${shown(value)}`;
    return finding('ASSIGN-RESP-03', text, JSON.stringify(expected), actual);
  });
  const isComplete = Object.keys(expected).every((field) => isId(given[field]));
  return { checked: isComplete || findings.length > 0 ? ['ASSIGN-RESP-03'] : [], findings };
}

function isId(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function shapeRequirement(asked: Assignment): RequirementId {
  return answerRequirement('aId' in asked.target ? 'agent' : 'queue');
}

/** The requirement about the answer to a transfer. */
export function answerRequirement(to: 'agent' | 'queue'): RequirementId {
  return to === 'agent' ? 'ASSIGN-RESP-01' : 'ASSIGN-RESP-02';
}

function targetName(asked: Assignment): string {
  return 'aId' in asked.target ? 'agentId' : 'queueId';
}

/** Whether a refusal is about what has become of the session, not about the request: 409, 410, or words that say so. */
export function saysTransferredAlready({ status, body }: Answer): boolean {
  if (status < 400 || status > 499) return false;
  return (
    status === 409 || status === 410 || /\balready\b|no longer|not active|\b(closed|ended)\b/i.test(body)
  );
}
