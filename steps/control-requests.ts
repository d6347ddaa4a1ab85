// Sends a conversation again, up to one event, in a new conversation. Nothing of it is judged.
import { setTimeout as pause } from 'node:timers/promises';
import { isAccepted } from '../src/protocol/answers.ts';
import { lastOf, type Sequence } from '../src/protocol/controls/sequence.ts';
import { digitsOf } from '../src/protocol/values/variation.ts';
import type { Session } from '../src/run/session.ts';
import type { TokenKind } from '../src/tenant/tokens.ts';
import type { ConformanceWorld } from './world.ts';

/** Of all controls that a worker has sent. */
interface Count {
  requests: number;
  /** Whether any of them was accepted. */
  anyAccepted: boolean;
}

const counts = new WeakMap<Session, Count>();

export function countOf(session: Session): Count {
  const count = counts.get(session) ?? { requests: 0, anyAccepted: false };
  counts.set(session, count);
  return count;
}

/** A control got no answer, so that nothing is known of the refusal. */
export class Unanswered extends Error {}

/** What a control shows; nothing without an answer: then this. */
export async function unlessUnanswered<Shown>(shown: Promise<Shown>, otherwise: Shown): Promise<Shown> {
  try {
    return await shown;
  } catch (error) {
    if (error instanceof Unanswered) return otherwise;
    throw error;
  }
}

interface Repetition {
  /** How it differs from what was refused, for people. */
  words: string;
  /** Whether the new conversationId has the suite's own form, whatever that of the refused request has. */
  hasPlainId?: boolean;
  /** Whether what is refused on the way to the last event is sent once more. */
  insists?: boolean;
  /** How long nothing is sent before each event but the first, in milliseconds. */
  pauseMs?: number;
}

/** Whether the tenant accepts the last event of a conversation, after all events before it. @throws Unanswered */
export async function acceptsAnew(
  world: ConformanceWorld,
  sequence: Sequence,
  { words, hasPlainId = false, insists = false, pauseMs = 0 }: Repetition,
): Promise<boolean> {
  const { bodies } = sequence;
  const id = world.newConversationId();
  const conversationId = hasPlainId ? id : inTheFormOf(lastOf(sequence).conversationId, id);
  for (const [index, body] of bodies.entries()) {
    const label = `control, request ${index + 1} of ${bodies.length}: the refused event ${words}`;
    if (index > 0 && pauseMs > 0) await pause(pauseMs);
    const send = () => accepts(world, { ...sequence, bodies: [{ ...body, conversationId }] }, label);
    if (await send()) continue;
    const isOnTheWay = index < bodies.length - 1;
    if (!insists || !isOnTheWay || !(await send())) return false;
  }
  return true;
}

async function accepts(
  world: ConformanceWorld,
  { bodies: [body], token, contentType }: Sequence,
  label: string,
): Promise<boolean> {
  const count = countOf(world.session);
  count.requests += 1;
  const request = {
    to: 'hooks' as const,
    body: body!,
    token: (token ?? 'a valid token') as TokenKind,
    contentType: contentType ?? 'application/json',
  };
  const { raw } = await world.transmit(request, label, { isControl: true });
  if (!raw.answer || raw.failure) throw new Unanswered();
  if (!isAccepted(raw.answer)) return false;
  count.anyAccepted = true;
  return true;
}

/**
 * A new id in the form that a scenario has given to another one: with the same end, or of digits alone.
 * @param id in the suite's own form, as the other one was but for its last number
 */
export function inTheFormOf(another: string, id: string): string {
  if (/^\d+$/.test(another)) return digitsOf(id);
  const stem = id.replace(/\d+$/, '');
  return id + (another.startsWith(stem) ? another.slice(stem.length).replace(/^\d+/, '') : '');
}
