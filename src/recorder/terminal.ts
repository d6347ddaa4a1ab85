// What the recorder says while it works: a line a request, what its answer shows of the tenant, a line a conversation.

import type { CheckedConversation, PlacedFinding } from '../check/result.ts';
import { parseJson } from '../protocol/answers.ts';
import { isAssignment } from '../protocol/sent-request.ts';
import { subjectOf } from '../sandbox/hooks.ts';
import { clockTime, requestText } from '../sandbox/terminal.ts';
import { counted } from '../text/count.ts';
import { printable } from '../text/terminal.ts';
import type { Recorder } from './recorder.ts';
import type { RecordedRequest } from './server.ts';

/** What it records, and for whom; how it goes on; where it listens. */
export function greeting({ url, before }: Recorder, options: Greeted): string {
  const { lines, torn } = before;
  return [
    ...(lines > 0 ? [`Appending to an existing recording (${lines} lines).`] : []),
    ...(torn ? ['The last of them was cut off; its request was not answered.'] : []),
    `Recording into ${printable(options.folder)}.`,
    ...(options.forward ? [`Everything goes on to ${printable(options.forward.url)}.`] : []),
    ...(isLoopback(options.host) ? [] : [everybody]),
    `Listening at ${url}; ${url}/conversations tells what was found. Ctrl-C ends it with the report.`,
  ].join('\n');
}

const everybody =
  'Anybody who reaches this port can read /conversations: who was in them, and what was found.';

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

export interface Greeted {
  folder: string;
  host: string;
  forward?: { url: string };
}

export function recordLines({ record, status, unjudged }: RecordedRequest, now: Date): string[] {
  const { request, failure, findings } = record;
  const { pathname } = URL.parse(request.url) ?? { pathname: '' };
  const subject = isAssignment(request.url)
    ? { events: ['assign-conversation'] }
    : subjectOf({ kind: 'JSON', value: parseJson(request.body ?? '') });
  const line = requestText({ time: now, method: request.method, path: pathname, status, ...subject });
  const tenant = (findings.tenant ?? []).map(
    ({ requirement, level, message }) => `tenant: ${requirement} (${level}) ${printable(message)}`,
  );
  const also = [...(failure ? [failure.message] : []), ...(unjudged ? [`not judged: ${unjudged}`] : [])];
  return [line, ...[...also.map(printable), ...tenant].map(below)];
}

/** One line a conversation: its verdict, its id, and what to look at first. */
export function conversationLine(conversation: CheckedConversation, how: 'over' | 'idle', now: Date): string {
  const { conversationId, verdict, findings } = conversation;
  const first = findings.find(({ level }) => level === 'must') ?? findings[0];
  const count = counted(findings.length, 'finding');
  const what = how === 'idle' ? 'idle conversation' : 'conversation';
  const about = first ? `  ${count}: ${first.requirement} ${printable(first.message)}` : '';
  return `${clockTime(now)}  ${verdict}  ${what} ${printable(conversationId)}${about}`;
}

/** What is wrong with a request that belongs to no conversation. */
export function looseLine({ requirement, level, message, line }: PlacedFinding): string {
  return below(`line ${line}: ${requirement} (${level}) ${printable(message)}`);
}

/** Under the line of its request, after the time. */
function below(text: string): string {
  return `              ${text}`;
}
