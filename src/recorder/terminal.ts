// What the recorder prints: a line for each request, what its answer shows about the tenant, a line for each conversation.

import type { JudgedConversation, PlacedFinding } from '../check/result.ts';
import { parseJson } from '../protocol/answers.ts';
import { describeStep, placedStepsOf } from '../protocol/lifecycle/step.ts';
import { isObject } from '../protocol/requests.ts';
import { isAssignment } from '../protocol/sent-request.ts';
import { subjectOf } from '../sandbox/subject.ts';
import { clockTime, requestText } from '../sandbox/terminal.ts';
import { counted } from '../text/count.ts';
import { printable } from '../text/terminal.ts';
import type { Recorder } from './recorder.ts';
import type { RecordedRequest } from './server.ts';

/** Where it records to, where it passes requests on to, and where it listens. */
export function greeting({ url, before, readToken }: Recorder, options: GreetingOptions): string {
  const { lines, torn } = before;
  return [
    ...(lines > 0 ? [`Appending to an existing recording (${counted(lines, 'line')}).`] : []),
    ...(torn ? ['Its last line was cut off; the request of that line was not answered.'] : []),
    `Recording into ${printable(options.folder)}.`,
    ...(options.hasPseudonyms ? [pseudonymsKept] : []),
    ...(options.forward ? [`Passing all requests on to ${printable(options.forward.url)}.`] : []),
    ...(readToken === undefined ? [] : [openToOthers]),
    `Listening at ${url}; ${url}/${readToken === undefined ? '' : `?token=${readToken}`} shows it in a browser. Press Ctrl-C for the report.`,
  ].join('\n');
}

const pseudonymsKept =
  'Names, ids and texts are kept as pseudonyms and lengths; what the sender gets is not changed (docs/privacy.md).';
const openToOthers =
  'Other machines can send to this port. Reading what was found needs the token in the address below.';

export interface GreetingOptions {
  folder: string;
  host: string;
  forward?: { url: string };
  /** Whether records are kept without personal data. */
  hasPseudonyms: boolean;
}

export function recordLines({ record, status, unjudged }: RecordedRequest, now: Date): string[] {
  const { request, failure, findings } = record;
  const { pathname } = URL.parse(request.url) ?? { pathname: '' };
  const subject = isAssignment(request.url)
    ? { events: ['assign-conversation'] }
    : inWords(parseJson(request.body ?? ''));
  const line = requestText({ time: now, method: request.method, path: pathname, status, ...subject });
  const tenant = (findings.tenant ?? []).map(
    ({ requirement, level, message }) => `tenant: ${requirement} (${level}) ${printable(message)}`,
  );
  const notes = [...(failure ? [failure.message] : []), ...(unjudged ? [`not judged: ${unjudged}`] : [])];
  return [line, ...[...notes.map(printable), ...tenant].map(indented)];
}

/** The conversation and the events of a body: of a transfer its type, its transition and its agent. */
function inWords(value: unknown): ReturnType<typeof subjectOf> {
  const subject = subjectOf({ kind: 'JSON', value });
  if (!isObject(value)) return subject;
  const events = placedStepsOf(value).map(({ step, event }) => {
    const sent: unknown = event === undefined ? undefined : (value.events as unknown[])[event];
    const name = isObject(sent) && typeof sent.name === 'string' ? sent.name : describeStep(step);
    return step.type === 'transfer' ? describeStep(step) : step.type === 'message' ? 'message' : name;
  });
  return { ...subject, events };
}

/** One line for a conversation: its verdict, its id, and the finding to look at first. */
export function conversationLine(conversation: JudgedConversation, how: 'over' | 'idle', now: Date): string {
  const { conversationId, verdict, findings, further } = conversation;
  const first = findings.find(({ level }) => level === 'must') ?? findings[0];
  const all = further.reduce((sum, { count }) => sum + count, findings.length);
  const count = counted(all, 'finding');
  const subject = how === 'idle' ? 'idle conversation' : 'conversation';
  const about = first ? `  ${count}: ${first.requirement} ${printable(first.message)}` : '';
  return `${clockTime(now)}  ${verdict}  ${subject} ${printable(conversationId)}${about}`;
}

/** A finding about a request that belongs to no conversation. */
export function looseLine({ requirement, level, message, line }: PlacedFinding): string {
  return indented(`line ${line}: ${requirement} (${level}) ${printable(message)}`);
}

/** Below the line of the request, behind its time. */
function indented(text: string): string {
  return `              ${text}`;
}
