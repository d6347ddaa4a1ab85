// Checks the lines of a log, as tests write them, and names the rules that they break.
import { LogCheck } from '../../src/check/log-check.ts';
import type { LogCheckOptions } from '../../src/check/log-check-options.ts';
import type { CheckedConversation, PlacedFinding } from '../../src/check/result.ts';
import type { SentRecord } from '../../src/logs/log-entry.ts';
import { Conversation } from '../../src/protocol/conversation.ts';
import { defaultDialect, type HooksBody } from '../../src/protocol/events.ts';
import { flows } from '../../src/protocol/flows.ts';

export type Line = Omit<Partial<SentRecord>, 'body'> & { body: object };

/** Checks bodies, or records, as the lines of one log. */
export function checked(lines: readonly (HooksBody | Line)[], options: LogCheckOptions = {}) {
  const conversations: CheckedConversation[] = [];
  const loose: PlacedFinding[] = [];
  const check = new LogCheck({
    ...options,
    onClosed: (conversation) => conversations.push(conversation),
    onLoose: (finding) => loose.push(finding),
  });
  lines.forEach((line, index) => {
    const record = 'body' in line ? (line as Line) : { body: line };
    check.take({ file: 'log', line: index + 1, ...record });
  });
  return { conversations, loose, summary: check.end() };
}

export function bodiesOf(flow: keyof typeof flows, id = 'c-1'): HooksBody[] {
  const conversation = conversationOf(id);
  return flows[flow].map((move) => conversation.move(move).body);
}

export function conversationOf(id: string): Conversation {
  return new Conversation({ conversationId: id, botId: 'st-1' }, 'voice', defaultDialect);
}

/** "HOOKS-SEQ-01 at 1" */
export function broken({ conversations }: ReturnType<typeof checked>): string[] {
  return conversations.flatMap(({ findings }) =>
    findings.map(({ requirement, line }) => `${requirement} at ${line}`),
  );
}
