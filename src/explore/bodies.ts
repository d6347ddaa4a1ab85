// The body of a scripted request: built by the same builders as those of the scenarios, with the special values put in.
import {
  type Dialect,
  type Envelope,
  type Event,
  endEvent,
  eventsBody,
  type HooksBody,
  message,
  messageBody,
  summaryEvent,
  transferEvent,
} from '../protocol/events.ts';
import type { Participant } from '../protocol/generated/schema-types.ts';
import { identityOf } from '../protocol/values/variation.ts';
import type { Script, ScriptedMove, ScriptedRequest } from './script.ts';

export interface Naming {
  dialect: Dialect;
  /** Of each conversation of the script. */
  envelopes: readonly Envelope[];
  /** Added to the number of each agent, so that no other conversation has the agents of this script. */
  firstAgent: number;
}

type Message = Extract<ScriptedMove, { type: 'message' }>;

export function bodyOf(script: Script, { conversation, moves }: ScriptedRequest, naming: Naming): HooksBody {
  const envelope = naming.envelopes[conversation]!;
  const said = moves.find((move): move is Message => move.type === 'message');
  const events = moves.flatMap((move) => {
    return move.type === 'message' ? [] : [eventOf(script, conversation, move, naming)];
  });
  if (!said) return eventsBody(envelope, events);
  const { experience } = script.conversations[conversation]!;
  const plain = message({
    text: said.query ?? 'Hello',
    author: said.author,
    agent: { number: said.agent + naming.firstAgent },
    experience,
    ...(said.source === undefined ? {} : { source: said.source }),
  });
  const agentId = asPerson(script, { identity: plain.agentId, name: '', type: 'agent' }, said.agent).identity;
  return messageBody(envelope, { ...plain, agentId }, events.length > 0 ? events : undefined);
}

function eventOf(
  script: Script,
  conversation: number,
  move: Exclude<ScriptedMove, Message>,
  { dialect, firstAgent }: Naming,
): Event {
  const { experience, reason } = script.conversations[conversation]!;
  if (move.type === 'summary') return summaryEvent();
  const agent = { number: move.agent + firstAgent };
  const event =
    move.type === 'end'
      ? endEvent({ agent, experience, ...(reason === undefined ? {} : { reason }) }, dialect)
      : transferEvent({ transfer: move.transfer, transition: move.transition, agent, experience }, dialect);
  return { ...event, participant: asPerson(script, event.participant, move.agent) };
}

function asPerson({ agents }: Script, plain: Participant, number: number): Participant {
  const { name, identity, customFields } = agents[number] ?? {};
  return {
    ...plain,
    ...(name === undefined ? {} : { name }),
    ...(identity === undefined
      ? {}
      : {
          identity: identityOf(plain.identity, { field: 'identity', what: '', value: identity }),
        }),
    ...(customFields === undefined ? {} : { customFields: { ...customFields } }),
  };
}
