// The Hooks API and assign-conversation as OpenAPI 3.1, made from the schemas, the catalogue and the printed samples: what is
// added to them is in here too.
import manifest from '../../package.json' with { type: 'json' };
import type { RequirementId } from '../protocol/catalogue.ts';
import { defaultHooksPath, hooksPaths } from '../protocol/endpoints.ts';
import { components, reference } from './components.ts';
import { readingsInWords, rulesInWords, saidBy } from './rules-in-words.ts';
import {
  answerExamples,
  assignmentExamples,
  type Examples,
  hooksExamples,
  outcomeExamples,
} from './samples.ts';

export const apiTitle = 'Kore.ai Agent AI: Hooks API and assign-conversation';

export function openapi(): object {
  return {
    openapi: '3.1.0',
    info: {
      title: apiTitle,
      version: manifest.version,
      summary: 'Conversation events to Agent AI, and the transfer of a conversation.',
      description: apiDescription(),
    },
    servers: [
      {
        url: 'https://{host}',
        description: 'The platform, or your own',
        variables: { host: { default: 'platform.kore.ai', description: 'The environment' } },
      },
    ],
    tags: [
      { name: hooksTag, description: rulesInWords('HOOKS') },
      { name: assignTag, description: rulesInWords('ASSIGN') },
    ],
    paths: {
      ...Object.fromEntries(
        Object.entries(hooksPaths).map(([document, path]) => [
          `${path}/{botId}`,
          { post: hooksOperation(path, document) },
        ]),
      ),
      [assignPath]: { post: assignOperation() },
    },
    components: {
      securitySchemes: {
        token: tokenIn('token', saidBy('HOOKS-AUTH-02')),
        auth: tokenIn('auth', saidBy('HOOKS-AUTH-02', 'ASSIGN-AUTH-04')),
      },
      responses: {
        Accepted: {
          description: saidBy('HOOKS-RESP-01', 'HOOKS-RESP-02'),
          content: {
            ...json(['HooksSuccess'], answerExamples(200)),
            'text/plain': { schema: { type: 'string', const: 'OK' } },
          },
        },
        UnknownBot: {
          description: saidBy('HOOKS-ERR-01', 'HOOKS-ERR-03', 'HOOKS-ERR-02'),
          content: json(['UnknownBotError', 'ErrorAnswer'], answerExamples(400)),
        },
        HooksRefused: {
          description: saidBy('HOOKS-AUTH-01', 'HOOKS-ERR-02'),
          content: json(['ErrorAnswer']),
        },
        AssignRefused: {
          description: saidBy('ASSIGN-AUTH-01', 'ASSIGN-ERR-01'),
          content: json(['ErrorAnswer']),
        },
      },
      schemas: components(),
    },
  };
}

export function apiDescription(): string {
  return [
    'What the public documents of the API say, as the conformance suite `agent-ai-conformance` reads them; the version is that of the suite. `x-requirement` names the requirement that a field belongs to.',
    '## Where the documents contradict themselves',
    readingsInWords(),
  ].join('\n\n');
}

export const hooksTag = 'Hooks API';
export const assignTag = 'assign-conversation';
export const assignPath = '/agentassist/api/v1/public/{streamId}/assign-conversation';

/** A path other than that of the document about all events is there because a sample is sent to it. */
function hooksOperation(path: string, document: string): object {
  const isMain = path === defaultHooksPath;
  const examples = isMain ? hooksExamples() : hooksExamples(path);
  return {
    operationId: isMain ? 'sendEvents' : `sendEventsTo${camel(path)}`,
    tags: [hooksTag],
    summary: isMain ? 'Send events or a message' : `Send events, to the path that ${document} shows (X-02)`,
    description: saidBy('HOOKS-EP-01', 'HOOKS-EP-02', 'HOOKS-EP-03'),
    security: [{ token: [] }, { auth: [] }],
    parameters: [pathParameter('botId', 'HOOKS-EP-04')],
    requestBody: { required: true, content: json(['HooksRequest'], examples) },
    responses: {
      200: { $ref: '#/components/responses/Accepted' },
      400: { $ref: '#/components/responses/UnknownBot' },
      '4XX': { $ref: '#/components/responses/HooksRefused' },
    },
  };
}

function assignOperation(): object {
  return {
    operationId: 'assignConversation',
    tags: [assignTag],
    summary: 'Transfer a conversation to an agent or a queue',
    description: saidBy('ASSIGN-REQ-01'),
    security: [{ auth: [] }],
    parameters: [
      pathParameter('streamId', 'ASSIGN-REQ-01'),
      { name: 'accountid', in: 'header', description: saidBy('ASSIGN-REQ-07'), schema: { type: 'string' } },
    ],
    requestBody: { required: true, content: json(['AssignConversationRequest'], assignmentExamples()) },
    responses: {
      200: {
        description: saidBy('ASSIGN-RESP-01', 'ASSIGN-RESP-02', 'ASSIGN-RESP-03'),
        content: json(['AssignedToAgent', 'AssignedToQueue'], outcomeExamples()),
      },
      '4XX': { $ref: '#/components/responses/AssignRefused' },
    },
    callbacks: { outcome: { '{$request.body#/callbackUrl}': { post: outcomeOperation() } } },
  };
}

function outcomeOperation(): object {
  return {
    operationId: 'transferOutcome',
    tags: [assignTag],
    summary: 'The outcome of the transfer',
    description: saidBy('ASSIGN-CB-01', 'ASSIGN-CB-02', 'ASSIGN-CB-03'),
    security: [],
    requestBody: { required: true, content: json(['AssignConversationCallback'], outcomeExamples()) },
    responses: { '2XX': { description: 'It has arrived. No document says what the tenant expects.' } },
  };
}

/** @param titles of the schemas, one of which it has */
function json(titles: [string, ...string[]], examples: Examples = {}): object {
  const [first, ...others] = titles.map(reference);
  const schema = others.length === 0 ? first : { anyOf: [first, ...others] };
  const hasExamples = Object.keys(examples).length > 0;
  return { 'application/json': { schema, ...(hasExamples ? { examples } : {}) } };
}

function tokenIn(header: string, description: string): object {
  return { type: 'apiKey', in: 'header', name: header, description };
}

function pathParameter(name: string, id: RequirementId): object {
  return { name, in: 'path', required: true, description: saidBy(id), schema: { type: 'string' } };
}

/** "/agentai/api/v1/hooks" as "AgentaiApiV1Hooks". */
function camel(path: string): string {
  return path.replace(/\/([a-z\d])/g, (_, first: string) => first.toUpperCase());
}
