// Values that a scenario names itself, where all others are plain.
import type { OutgoingRequest } from '../src/protocol/conversation.ts';
import type { Event, HooksBody } from '../src/protocol/events.ts';
import { identityOf } from '../src/protocol/values/variation.ts';
import type { Sent } from '../src/verdict/scenario-record.ts';
import { cell } from './event-tables.ts';
import type { ScenarioValues, Sending } from './scenario-values.ts';

export interface FixedValue {
  /** "Agent 2", "conversation 1", "message 3": messages in the order in which they are sent. */
  of: string;
  field: string;
  /** In a conversationId what it ends in, in an identity `#` for the number of the agent. */
  value: unknown;
}

const fields = ['name', 'identity', 'customFields', 'conversationId', 'reason', 'query', 'source'];

/** @throws Error when a row has no such columns, or a value that is no JSON */
export function valuesOf(rows: readonly Record<string, string>[]): FixedValue[] {
  return rows.map((row) => {
    if (!/^(Agent|conversation|message) \d+$/.test(row.of ?? ''))
      throw new Error(`"${row.of ?? ''}" in column "of": must be like Agent 1, conversation 1 or message 1`);
    return { of: row.of!, field: cell(row, 'field', fields), value: json(row.value ?? '') };
  });
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`"${text}" in column "value": must be JSON, as "a text" in double quotes`);
  }
}

export class FixedValues implements ScenarioValues {
  readonly #values: ReadonlyMap<string, unknown>;
  /** The number of each conversation, by its id. */
  readonly #conversations = new Map<string, number>();
  #messages = 0;

  constructor(values: readonly FixedValue[]) {
    this.#values = new Map(values.map(({ of, field, value }) => [`${of} ${field}`, value]));
  }

  begin(plainId: string): string {
    const number = this.#conversations.size + 1;
    const id = `${plainId}${this.#values.get(`conversation ${number} conversationId`) ?? ''}`;
    this.#conversations.set(id, number);
    return id;
  }

  async send({ body, label }: OutgoingRequest, sending: Sending): Promise<Sent> {
    if (body.query !== undefined) this.#messages += 1;
    const whole = this.asKnown(body);
    return JSON.stringify(whole) === JSON.stringify(body)
      ? sending.plainly(body, label)
      : sending.inPlaceOf(body, whole, label);
  }

  variationsOf(): [] {
    return [];
  }

  asKnown(body: HooksBody): HooksBody {
    const number = this.#conversations.get(body.conversationId);
    const events = (body.events as Event[] | undefined)?.map((event): Event => {
      if (!('participant' in event)) return event;
      const agent = agentOf(event.participant.identity);
      const reason = this.#values.get(`conversation ${number} reason`);
      return {
        ...event,
        ...(event.name === 'END_OF_CONVERSATION' && reason !== undefined ? { reason } : {}),
        participant: {
          ...event.participant,
          ...this.#given(agent, 'name'),
          ...this.#given(agent, 'customFields'),
          identity: this.#identity(event.participant.identity),
        },
      } as Event;
    });
    const message = `message ${this.#messages}`;
    return {
      ...body,
      ...(body.query === undefined
        ? {}
        : { ...this.#given(message, 'query'), ...this.#given(message, 'source') }),
      ...(body.agentId === undefined ? {} : { agentId: this.#identity(body.agentId) }),
      ...(events ? { events: events as unknown as HooksBody['events'] & object } : {}),
    };
  }

  #given(of: string, field: string): object {
    const value = this.#values.get(`${of} ${field}`);
    return value === undefined ? {} : { [field]: value };
  }

  #identity(plain: string): string {
    const value = this.#values.get(`${agentOf(plain)} identity`);
    return value === undefined
      ? plain
      : identityOf(plain, { field: 'identity', what: '', value: `${value}` });
  }
}

function agentOf(identity: string): string {
  return `Agent ${/\d+$/.exec(identity)?.[0]}`;
}
