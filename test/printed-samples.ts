// Requests put together from the samples that the documents print, and from nothing else: no builder, no schema and no rule of
// src/ takes part. The tests of the sandbox and of the judges use them, so that an error in what both import shows.
import hooksEnd from '../spec/samples/hooks-end.json' with { type: 'json' };
import hooksTransfers from '../spec/samples/hooks-transfers.json' with { type: 'json' };
import hooksWebhook from '../spec/samples/hooks-webhook.json' with { type: 'json' };

type Json = Record<string, unknown>;
interface Sample {
  section: string;
  body: object;
}

const printed: Record<string, { of: readonly Sample[]; section: string }> = {
  'NA entry': { of: hooksTransfers, section: 'NA Transfer' },
  'NA exit': { of: hooksTransfers, section: 'Warm Transfer, Final Agent Leaves' },
  'cold entry': { of: hooksTransfers, section: 'Cold Transfer, New Agent Joins' },
  'cold exit': { of: hooksTransfers, section: 'Cold Transfer, Previous Agent Leaves' },
  'warm entry': { of: hooksTransfers, section: 'Warm Transfer, Agent Joins' },
  'warm exit': { of: hooksTransfers, section: 'Warm Transfer, Agent Leaves' },
  'redial entry': { of: hooksWebhook, section: 'Event Payload Examples, Redial Scenario' },
  summary: { of: hooksWebhook, section: 'Trigger Summary Event, Event Structure' },
  end: { of: hooksEnd, section: 'Sample Request' },
  message: { of: hooksWebhook, section: 'Request Body' },
};

/**
 * The body of one step, as the documents print it; only who it is about and where it belongs are other.
 * @param step "cold exit 2": the transfer, the transition and the number of the agent (1 when left out); "summary"; "end"; "message"
 */
export function printedBody(
  step: string,
  { conversationId, botId }: { conversationId: string; botId: string },
): Json {
  const [, kind = step, agent = '1'] = /^(.*?)(?: (\d+))?$/.exec(step)!;
  if (kind === 'message') {
    const { events: _, ...message } = sampleOf(kind);
    return { ...message, conversationId, botId };
  }
  // The documents print no redial exit: it is only ever an entry.
  const body = kind === 'redial exit' ? { ...sampleOf('redial entry') } : sampleOf(kind);
  const [event] = body.events as [Json];
  const participant = event.participant as Json | undefined;
  return {
    ...body,
    conversationId,
    botId,
    events: [
      {
        ...event,
        ...(kind === 'redial exit' && { transition: 'exit' }),
        ...(participant && {
          participant: { ...participant, identity: `agent-${agent}`, name: `Agent ${agent}` },
        }),
      },
    ],
  };
}

function sampleOf(kind: string): Json {
  const { of, section } = printed[kind]!;
  return structuredClone(of.find((one) => one.section === section)!.body) as Json;
}
