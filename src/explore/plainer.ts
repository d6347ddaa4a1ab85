// The same script with plainer values: all plain, one of them plain, or shorter and simpler ones.
import type { AgentValues, Script, ScriptedConversation, ScriptedMove } from './script.ts';

type Values = Record<string, unknown>;

/** One special value of a script, and how to put another one, or none, in its place. */
export interface SpecialValue {
  /** Agent, conversation or message that has it: "Agent 2". */
  of: string;
  field: 'name' | 'identity' | 'customFields' | 'ending' | 'reason' | 'query' | 'source';
  value: string | Readonly<Record<string, string>>;
  with(value: string | undefined): Script;
}

export function specialValuesOf(script: Script): SpecialValue[] {
  const { agents, conversations, requests } = script;
  const ofAgents = Object.entries(agents).flatMap(([number, values]) =>
    fieldsOf(values, ['name', 'identity', 'customFields'], (changed) => ({
      ...script,
      agents: { ...agents, [number]: changed as AgentValues },
    })).map((one) => ({ ...one, of: `Agent ${number}` })),
  );
  const ofConversations = conversations.flatMap((values, at) =>
    fieldsOf(values as unknown as Values, ['ending', 'reason'], (changed) => ({
      ...script,
      conversations: conversations.map((one, i) =>
        i === at ? (changed as unknown as ScriptedConversation) : one,
      ),
    })).map((one) => ({ ...one, of: `conversation ${at + 1}` })),
  );
  const ofMessages = requests.flatMap((request, at) =>
    request.moves.flatMap((move, place) =>
      fieldsOf(move as unknown as Values, ['query', 'source'], (changed) => ({
        ...script,
        requests: requests.map((one, i) =>
          i === at
            ? {
                ...one,
                moves: one.moves.map((other, j) => (j === place ? (changed as ScriptedMove) : other)),
              }
            : one,
        ),
      })).map((one) => ({ ...one, of: 'message' })),
    ),
  );
  return [...ofAgents, ...ofConversations, ...ofMessages];
}

function fieldsOf(
  values: Values | AgentValues,
  fields: readonly SpecialValue['field'][],
  put: (changed: Values) => Script,
): Omit<SpecialValue, 'of'>[] {
  const all = values as Values;
  return fields.flatMap((field) => {
    const value = all[field] as SpecialValue['value'] | undefined;
    if (value === undefined) return [];
    const { [field]: _, ...others } = all;
    return [
      {
        field,
        value,
        with: (next: string | undefined) => put(next === undefined ? others : { ...all, [field]: next }),
      },
    ];
  });
}

export function allPlain(script: Script): Script {
  const [first] = specialValuesOf(script);
  return first ? allPlain(first.with(undefined)) : script;
}

/** First without those of each kind, then without each. */
export function* withoutValues(script: Script): Generator<Script> {
  const special = specialValuesOf(script);
  for (const field of new Set(special.map((one) => one.field))) yield withoutField(script, field);
  for (const one of special) yield one.with(undefined);
}

export function withoutField(script: Script, field: SpecialValue['field']): Script {
  const one = specialValuesOf(script).find((value) => value.field === field);
  return one ? withoutField(one.with(undefined), field) : script;
}

/** Shorter texts, and such as have plain letters in the place of some. */
export function* plainerValues(script: Script): Generator<Script> {
  for (const { value, field, with: put } of specialValuesOf(script)) {
    if (typeof value !== 'string') continue;
    for (const text of simplerTexts(value)) if (field !== 'identity' || text.includes('#')) yield put(text);
  }
}

function* simplerTexts(text: string): Generator<string> {
  const letters = [...text];
  const { length } = letters;
  for (let size = Math.floor(length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let from = 0; from < length; from += size) {
      const rest = [...letters.slice(0, from), ...letters.slice(from + size)].join('');
      // White space at an end is easily overlooked by who reads it.
      if (rest !== '' && rest.trim() === rest) yield rest;
    }
  }
  for (let size = length; size >= 1; size = Math.floor(size / 2)) {
    for (let from = 0; from < length; from += size) {
      const plain = letters
        .map((letter, i) => (i >= from && i < from + size && letter !== '#' ? 'x' : letter))
        .join('');
      if (plain !== text) yield plain;
    }
  }
}
