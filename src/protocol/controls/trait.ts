// What a control has changed of a refused event: when the control is accepted, and nothing with that was ever accepted, it
// explains the refusal of other events that have it too, without a request more. Pure.
import { stepKind, stepsOf } from '../lifecycle/step.ts';
import { apart, lastEventOf, lastOf, type Sequence } from './sequence.ts';

export interface Trait {
  /** What kind of event has it, as "message USER" or "message USER chat". */
  kind: string;
  /** Values as JSON by their place in the request; undefined for what the request does not have. */
  values: ReadonlyMap<string, string | undefined>;
}

/** A single event as it was sent. */
interface Request {
  /** From the widest to the narrowest. */
  kinds: readonly string[];
  values: ReadonlyMap<string, string>;
}

/**
 * One for each kind of event that may be refused for it. None when the control differs in what came before, in what is said or in
 * who is meant: that tells nothing of others.
 */
export function traitsOf(control: Sequence, refused: Sequence): Trait[] {
  if (control.bodies.length !== refused.bodies.length) return [];
  const [own, other] = [requestOf(refused), requestOf(control)];
  const places = new Set([...own.values.keys(), ...other.values.keys()]);
  const changed = [...places].filter((place) => own.values.get(place) !== other.values.get(place));
  if (changed.length === 0) return [];
  const values = new Map(changed.map((place) => [place, own.values.get(place)]));
  return own.kinds.map((kind) => ({ kind, values }));
}

/** A text that is the same for the same trait. */
export function traitKey({ kind, values }: Trait): string {
  return JSON.stringify([kind, [...values].sort(([one], [other]) => (one < other ? -1 : 1))]);
}

/** Whether a part of the last request has it. */
export function hasTrait(sequence: Sequence, { kind, values }: Trait): boolean {
  const before = sequence.bodies.length - 1;
  const parts = apart(sequence)?.bodies.slice(before) ?? [lastOf(sequence)];
  return parts.some((body) => {
    const own = requestOf({ ...sequence, bodies: [body] });
    return own.kinds.includes(kind) && [...values].every(([place, value]) => own.values.get(place) === value);
  });
}

function requestOf(sequence: Sequence): Request {
  const event = lastEventOf(sequence);
  const { conversationId: _, ...body } = lastOf(event);
  const values = new Map<string, string>();
  addValues(values, '', { ...event, bodies: body });
  const kind = [...stepsOf(lastOf(sequence)).map((step) => stepKind(step)), lastOf(sequence).author?.type];
  const wide = kind.filter((part) => part !== undefined).join(' ');
  const experience = JSON.stringify(body).includes('"experience":"chat"') ? 'chat' : 'voice';
  return { kinds: [wide, `${wide} ${experience}`], values };
}

function addValues(values: Map<string, string>, place: string, value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) {
    // What is in customFields depends on the agent.
    values.set(place, place.includes('/customFields/') ? '' : JSON.stringify(value));
    return;
  }
  for (const [name, member] of Object.entries(value)) addValues(values, `${place}/${name}`, member);
}
