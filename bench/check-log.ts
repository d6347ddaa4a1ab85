// Writes a log like that of a contact centre: many conversations at a time, each of them correct, one request per line.
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { Conversation } from '../src/protocol/conversation.ts';
import { defaultDialect, type HooksBody } from '../src/protocol/events.ts';

export interface LogShape {
  conversations: number;
  /** Lines of each conversation, at least 6; all above 6 are messages. */
  eventsEach: number;
  /** How many conversations are open at the same time. */
  open?: number;
  /** What a line has; the body of the request when left out. */
  record?: (body: HooksBody, line: number) => object;
}

const url = 'https://tenant.example/agentassist/api/v1/hooks/st-1a2b3c4d-0000-5111-8222-333344445555';
const firstTime = Date.UTC(2026, 10, 21);

/** As docs/integrators.md describes a record. */
export function documentedRecord(body: HooksBody, line: number): object {
  return { time: new Date(firstTime + line * 40).toISOString(), method: 'POST', url, body, status: 200 };
}

/** The same as the logger of a Node service writes it. */
export function serviceRecord(body: HooksBody, line: number): object {
  return {
    ...{ level: 30, time: firstTime + line * 40, pid: 17, hostname: 'cti-adapter-1', msg: 'event sent' },
    ...{ req: { id: line, method: 'POST', url }, payload: body, res: { statusCode: 200 } },
  };
}

const agents = [{ number: 1 }, { number: 2 }] as const;
/** Of a conversation with one transfer and without a message. */
const minLines = 6;
const pieceSize = 1_000_000;

/** The same shape gives the same log each time. */
export async function writeLog(
  file: string,
  { conversations, eventsEach, open = 1000, record = (body) => body }: LogShape,
) {
  if (eventsEach < minLines) {
    throw new Error(`A conversation with a transfer takes at least ${minLines} lines`);
  }
  const out = createWriteStream(file);
  const random = randomNumbers();
  const current: Iterator<HooksBody>[] = [];
  let [begun, lines, piece] = [0, 0, ''];
  for (;;) {
    while (current.length < open && begun < conversations) {
      begun += 1;
      current.push(linesOf(begun, eventsEach));
    }
    if (current.length === 0) break;
    const chosen = Math.floor(random() * current.length);
    const next = current[chosen]!.next();
    if (next.done) {
      current[chosen] = current.at(-1)!;
      current.pop();
      continue;
    }
    lines += 1;
    piece += `${JSON.stringify(record(next.value, lines))}\n`;
    if (piece.length < pieceSize) continue;
    if (!out.write(piece)) await once(out, 'drain');
    piece = '';
  }
  out.end(piece);
  await finished(out);
}

/** CE and IT: a cold transfer in every other conversation, a warm one in the others; one in two is a chat. */
function* linesOf(number: number, count: number): Generator<HooksBody> {
  const envelope = {
    conversationId: `7d9c1e52-4b0f-4a8e-9c36-${String(number).padStart(12, '0')}`,
    botId: 'st-1a2b3c4d-0000-5111-8222-333344445555',
  };
  const conversation = new Conversation(envelope, number % 4 < 2 ? 'voice' : 'chat', defaultDialect);
  const messages = count - minLines;
  const before = Math.ceil(messages / 2);
  yield conversation.transfer('NA', 'entry', agents[0]).body;
  for (let sent = 0; sent < before; sent++) yield messageOf(conversation, number + sent);
  if (number % 2 === 0) {
    yield conversation.transfer('cold', 'exit', agents[0]).body;
    yield conversation.transfer('cold', 'entry', agents[1]).body;
  } else {
    yield conversation.transfer('warm', 'entry', agents[1]).body;
  }
  for (let sent = before; sent < messages; sent++) yield messageOf(conversation, number + sent);
  if (number % 2 !== 0) yield conversation.transfer('warm', 'exit', agents[1]).body;
  yield conversation.transfer('NA', 'exit', agents[number % 2 === 0 ? 1 : 0]).body;
  yield conversation.summary().body;
  yield conversation.end().body;
}

/** Not all ASCII, like real messages. */
const texts = [
  ['USER', 'Hello, my parcel has not come yet and it was due on Monday. Can you help me?'],
  ['AGENT', 'Good morning! Of course; may I ask you for the number of the order, please?'],
  ['USER', 'It is 4711-0815. The address is Königstraße 12, if you need that as well.'],
  ['AGENT', 'Thank you. It has left the depot today, so you will have it by tomorrow noon.'],
  ['USER', 'No, that is all. Thanks a lot for your help, and have a nice day 🙂'],
] as const;

function messageOf(conversation: Conversation, which: number): HooksBody {
  const [author, text] = texts[which % texts.length]!;
  return conversation.message({ author, text }).body;
}

/** The same ones each time (mulberry32); from 0, below 1. */
function randomNumbers(): () => number {
  let state = 20_261_121;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
