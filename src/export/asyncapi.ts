// The events as AsyncAPI 3.0, from the point of view of the adapter that sends them and hears the outcome of a transfer.
import manifest from '../../package.json' with { type: 'json' };
import { defaultHooksPath, hooksPaths } from '../protocol/endpoints.ts';
import { eventNames } from '../protocol/event-table.ts';
import { components, reference, type Schema, titleOf } from './components.ts';
import { apiDescription, apiTitle } from './openapi.ts';
import { rulesInWords, saidBy } from './rules-in-words.ts';
import { type Example, hooksExamples, outcomeExamples } from './samples.ts';

export function asyncapi(): object {
  const channels = Object.fromEntries(
    Object.entries(hooksPaths).map(([document, path]) => [channelOf(path), hooksChannel(path, document)]),
  );
  return {
    asyncapi: '3.0.0',
    info: { title: apiTitle, version: manifest.version, description: apiDescription() },
    defaultContentType: 'application/json',
    servers: {
      platform: {
        host: '{host}',
        protocol: 'https',
        variables: { host: { default: 'platform.kore.ai', description: 'The environment' } },
        security: ['token', 'auth'].map((name) => ({ $ref: `#/components/securitySchemes/${name}` })),
      },
    },
    channels: { ...channels, outcome: outcomeChannel() },
    operations: {
      ...Object.fromEntries(
        Object.keys(channels).map((channel) => [
          `send-${channel}`,
          operation('send', channel, saidBy('HOOKS-EP-01', 'HOOKS-EP-02', 'HOOKS-EP-03')),
        ]),
      ),
      'receive-outcome': operation(
        'receive',
        'outcome',
        saidBy('ASSIGN-CB-01', 'ASSIGN-CB-02', 'ASSIGN-CB-03'),
      ),
    },
    components: {
      securitySchemes: Object.fromEntries(
        ['token', 'auth'].map((name) => [
          name,
          { type: 'httpApiKey', in: 'header', name, description: saidBy('HOOKS-AUTH-02') },
        ]),
      ),
      correlationIds: {
        conversation: {
          description: saidBy('HOOKS-ENV-02'),
          location: '$message.payload#/conversationId',
        },
      },
      messages: messages(),
      schemas: schemas(),
    },
  };
}

/** "/agentassist/api/v1/hooks" as "agentassist-api-v1-hooks". */
function channelOf(path: string): string {
  return path.slice(1).replaceAll('/', '-');
}

function hooksChannel(path: string, document: string): object {
  const names = [...eventNames, 'Message'];
  return {
    address: `${path}/{botId}`,
    title: path === defaultHooksPath ? 'The hooks' : `The hooks, at the path that ${document} shows (X-02)`,
    ...(path === defaultHooksPath ? { description: rulesInWords('HOOKS') } : {}),
    parameters: { botId: { description: saidBy('HOOKS-EP-04') } },
    messages: Object.fromEntries(names.map((name) => [name, { $ref: `#/components/messages/${name}` }])),
  };
}

/** Its address is known only at run time, so it has none here. */
function outcomeChannel(): object {
  return {
    title: 'The callbackUrl of a transfer',
    servers: [],
    messages: { outcome: { $ref: '#/components/messages/outcome' } },
  };
}

function operation(action: 'send' | 'receive', channel: string, description: string): object {
  return {
    action,
    channel: { $ref: `#/channels/${channel}` },
    summary: action === 'send' ? 'Send events or a message' : 'Receive the outcome of a transfer',
    description,
    bindings: { http: { method: 'POST', bindingVersion: '0.3.0' } },
  };
}

/** A body is a message. One for each event that it may hold, whatever other events are in it. */
function messages(): Record<string, object> {
  const examples = Object.values(hooksExamples());
  const has = ({ value }: Example, name: string) => JSON.stringify(value).includes(`"name":"${name}"`);
  const isMessage = ({ value }: Example) => 'query' in (value as object);
  const events = eventNames.map((name) => [
    name,
    {
      name,
      title: `A body with ${name}`,
      correlationId: { $ref: '#/components/correlationIds/conversation' },
      payload: {
        allOf: [
          reference('HooksRequest'),
          {
            required: ['events'],
            properties: { events: { type: 'array', contains: reference(titleOf(name)) } },
          },
        ],
      },
      examples: named(examples.filter((one) => has(one, name) && !isMessage(one))),
    },
  ]);
  return {
    ...Object.fromEntries(events),
    Message: {
      name: 'Message',
      title: 'A user or agent message',
      correlationId: { $ref: '#/components/correlationIds/conversation' },
      payload: reference('MessageRequest'),
      examples: named(examples.filter(isMessage)),
    },
    outcome: {
      name: 'outcome',
      title: 'The outcome of a transfer',
      payload: reference('AssignConversationCallback'),
      examples: named(Object.values(outcomeExamples())),
    },
  };
}

function named(examples: readonly Example[]): object[] {
  return examples.map(({ summary, value }) => ({ summary, payload: value }));
}

/** Without what only OpenAPI has: there a discriminator is an object. */
function schemas(): Record<string, Schema> {
  const { Event, ...others } = components();
  const { discriminator: _, ...event } = Event!;
  return { Event: event, ...others };
}
