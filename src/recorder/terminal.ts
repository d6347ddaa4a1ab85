// What the recorder says while it works: a line a request, what its answer shows of the tenant, a line a conversation.
import type { CheckedConversation, PlacedFinding } from '../check/result.ts';
import { parseJson } from '../protocol/answers.ts';
import { isAssignment } from '../protocol/sent-request.ts';
import { subjectOf } from '../sandbox/hooks.ts';
import { printable, requestText, timeOf } from '../sandbox/terminal.ts';
import type { Recorder } from './recorder.ts';
import type { JudgedRecord } from './recording.ts';

/** What it records, and for whom; how it goes on; where it listens. */
export function greeting({ url, before }: Recorder, options: Greeted): string {
  const { lines, torn } = before;
  return [
    ...(lines > 0 ? [`It goes on after ${lines} lines of before.`] : []),
    ...(torn ? ['The last of them was cut off; its request was not answered.'] : []),
    `Recording into ${printable(options.folder)}.`,
    ...(options.forward ? [`Everything goes on to ${printable(options.forward.url)}.`] : []),
    `Listening at ${url}; ${url}/conversations tells what was found. Ctrl-C ends it with the report.`,
  ].join('\n');
}

export interface Greeted {
  folder: string;
  forward?: { url: string };
}

/** @param status what the request was answered with; not that of the tenant when none came from there */
export function recordLines(
  { request, failure, findings }: JudgedRecord,
  status: number,
  now: Date,
): string[] {
  const { pathname } = URL.parse(request.url) ?? { pathname: '' };
  const subject = isAssignment(request.url)
    ? { events: ['assign-conversation'] }
    : subjectOf({ is: 'JSON', value: parseJson(request.body ?? '') });
  const line = requestText({ time: now, method: request.method, path: pathname, status, ...subject });
  const tenant = (findings.tenant ?? []).map(
    ({ requirement, level, message }) => `tenant: ${requirement} (${level}) ${printable(message)}`,
  );
  return [line, ...(failure ? [printable(failure.message)] : []).map(below), ...tenant.map(below)];
}

/** One line a conversation: its verdict, its id, and what to look at first. */
export function conversationLine(conversation: CheckedConversation, now: Date): string {
  const { conversationId, verdict, findings } = conversation;
  const first = findings.find(({ level }) => level === 'must') ?? findings[0];
  const count = findings.length === 1 ? '1 finding' : `${findings.length} findings`;
  const about = first ? `  ${count}: ${first.requirement} ${printable(first.message)}` : '';
  return `${timeOf(now)}  ${verdict}  conversation ${printable(conversationId)}${about}`;
}

/** What is wrong with a request that belongs to no conversation. */
export function looseLine({ requirement, level, message, line }: PlacedFinding): string {
  return below(`line ${line}: ${requirement} (${level}) ${printable(message)}`);
}

/** Under the line of its request, after the time. */
function below(text: string): string {
  return `              ${text}`;
}
