// The documented flows as a Postman collection: each request as the suite itself would send it to the tenant, with variables in
// place of what belongs to the tenant. The secret is a variable without a value.
import { assignmentParameters, type Target } from '../protocol/assignment.ts';
import { Conversation } from '../protocol/conversation.ts';
import { flows, flowsWithMessages, type Move } from '../protocol/flows.ts';
import type { Exchange, WireRequest } from '../tenant/exchange.ts';
import { missingRouting, type Settings } from '../tenant/settings.ts';
import { Tenant, type TenantRequest } from '../tenant/tenant.ts';
import { apiTitle } from './openapi.ts';
import { accepted, begins, signs, transferred } from './postman-scripts.ts';

/** Where the documents let the outcome of a transfer be posted. */
const documentedCallback = 'http://localhost:8009';

/** @param settings of the tenant, without anything confidential */
export async function postman(settings: Settings): Promise<object> {
  return {
    info: {
      name: apiTitle,
      description:
        'The documented flows. Set clientSecret first, in an environment or as the current value of the variable, then run a folder from its first request on.',
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    event: [script('prerequest', signs)],
    variable: variables(settings),
    item: [await conversations(settings), ...(await transfers(settings))],
  };
}

function variables({ url, botId, clientId, routing, callback }: Settings): object[] {
  const values = {
    baseUrl: url,
    botId,
    clientId,
    clientSecret: '',
    conversationId: '',
    ...routing,
    callbackUrl: callback.publicUrl ?? documentedCallback,
  };
  return Object.entries(values).map(([key, value]) => ({ key, value, type: 'string' }));
}

async function conversations(settings: Settings): Promise<object> {
  const all: Record<string, readonly Move[]> = { ...flows, ...flowsWithMessages };
  const item = await Promise.all(
    Object.entries(all).map(async ([name, moves]) => ({ name, item: await requestsOf(moves, settings) })),
  );
  return { name: 'Conversations', item, event: [script('test', accepted)] };
}

function requestsOf(moves: readonly Move[], settings: Settings): Promise<object[]> {
  const envelope = { conversationId: '{{conversationId}}', botId: '{{botId}}' };
  const conversation = new Conversation(envelope, 'voice', settings.dialect);
  return Promise.all(
    moves.map(async (move, index) => {
      const { body, label } = conversation.move(move);
      const [what] = label.split(/, \d+\w+ request of/);
      const item = await itemOf(`${index + 1}. ${what}`, { to: 'hooks', body }, settings);
      return index > 0
        ? item
        : { ...item, event: [script('prerequest', begins(settings.conversationPrefix))] };
    }),
  );
}

/** None without the settings that the routing scenarios of the suite need. */
async function transfers(settings: Settings): Promise<object[]> {
  if (missingRouting(settings).length > 0) return [];
  const targets: Record<string, Target> = {
    'Transfer to an agent': { aId: '{{agentId}}' },
    'Transfer to a queue': { queueId: '{{queueId}}' },
  };
  const item = await Promise.all(
    Object.entries(targets).map(async ([name, target]) => ({
      ...(await itemOf(name, assignment(target, settings), settings)),
      event: [script('test', transferred('aId' in target ? 'aId' : 'queueId'))],
    })),
  );
  return [{ name: 'Transfers', item }];
}

function assignment(target: Target, { assignParametersIn, routing }: Settings): TenantRequest {
  const parameters = assignmentParameters({
    callbackUrl: '{{callbackUrl}}',
    orgId: '{{orgId}}',
    botSessionId: '{{botSessionId}}',
    target,
  });
  return {
    to: 'assign-conversation',
    [assignParametersIn]: { ...parameters },
    ...(routing.accountId === undefined ? {} : { accountId: '{{accountId}}' }),
  };
}

async function itemOf(name: string, request: TenantRequest, settings: Settings) {
  const { method, url, headers, body } = await wireOf(request, settings);
  const { 'user-agent': _, ...sent } = headers;
  return {
    name,
    request: {
      method,
      header: Object.entries(sent).map(([key, value]) => ({ key, value })),
      url: withVariables(url),
      ...(body === undefined
        ? {}
        : { body: { mode: 'raw', raw: indented(body), options: { raw: { language: 'json' } } } }),
    },
  };
}

/** The request as the suite would send it, with the names of variables for values. */
async function wireOf(request: TenantRequest, settings: Settings): Promise<WireRequest> {
  const send = async (wire: WireRequest): Promise<Exchange> => ({
    request: wire,
    startedAt: 0,
    durationMs: 0,
    attempts: 0,
  });
  const named = { ...settings, url: '{{baseUrl}}', botId: '{{botId}}' };
  const { request: wire } = await new Tenant(named, { token: () => '{{jwt}}' }, { send }).send(request);
  return wire;
}

/** The names of variables in a URL, where they were encoded as values are. */
function withVariables(url: string): string {
  return url.replace(/%7B%7B(\w+)%7D%7D/g, '{{$1}}');
}

function indented(json: string): string {
  return JSON.stringify(JSON.parse(json), null, 2);
}

function script(listen: 'prerequest' | 'test', text: string): object {
  return { listen, script: { type: 'text/javascript', exec: text.trim().split('\n') } };
}
