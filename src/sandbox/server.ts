// The reference tenant: a real HTTP server with the documented behaviour. This file has its HTTP side; the behaviour
// decides what it refuses and what it answers.
import { type IncomingMessage, METHODS, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Answer } from '../protocol/answers.ts';
import { defaultHooksPath, hooksPaths } from '../protocol/endpoints.ts';
import { ConversationMemory } from '../protocol/lifecycle/conversation-memory.ts';
import type { ConversationTracker } from '../protocol/lifecycle/tracker.ts';
import { answerAssign } from './assign-conversation.ts';
import { type Behaviour, documentedBehaviour, type Endpoint } from './behaviour.ts';
import { CallbackDelivery, type DeliveryLine } from './callback-delivery.ts';
import { answerHooks } from './hooks.ts';
import { randomIdentity, type SandboxIdentity, settingsOf } from './identity.ts';
import { refusal } from './refusal.ts';
import { readBody } from './request-body.ts';
import { subjectOf } from './subject.ts';
import { answerClientError, answerExpectation } from './unreadable-request.ts';

export { randomIdentity, type SandboxIdentity } from './identity.ts';

/** One answered request, without anything confidential. */
export interface RequestLine {
  time: Date;
  method: string;
  /** Without the query. */
  path: string;
  /** The names of its events as they came, and `message` for a message. */
  events: string[];
  conversationId?: string;
  status: number;
}

export interface SandboxOptions {
  /** The address to bind; 127.0.0.1 when left out. */
  host?: string;
  /** Any free one when left out. */
  port?: number;
  /** Whatever is left out is random. */
  identity?: Partial<SandboxIdentity>;
  /** The path before /{botId} that the settings name; the documented ones are served as well. */
  hooksPath?: string;
  /** Replaces parts of the documented behaviour. */
  behaviour?: Partial<Behaviour>;
  /** Called for every request once it is answered. */
  onRequest?: (line: RequestLine) => void;
  /** Called for every callback once it was tried. */
  onCallback?: (line: DeliveryLine) => void;
}

export interface Sandbox {
  url: string;
  /** Environment settings that point the harness at this sandbox. */
  settings: Record<string, string>;
  /** How many hooks requests came for a conversation, including refused ones. */
  received(conversationId: string): number;
  close(): Promise<void>;
}

type Subject = Pick<RequestLine, 'events' | 'conversationId'>;

/**
 * Starts the reference tenant.
 * @throws what listening throws, as EADDRINUSE, with its `code`
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const identity = { ...randomIdentity(), ...options.identity };
  const behaviour: Behaviour = { ...documentedBehaviour, ...options.behaviour };
  const hooksPath = options.hooksPath ?? defaultHooksPath;
  const conversations = new ConversationMemory<ConversationTracker>();
  const counts = new ConversationMemory<number>();
  const delivery = new CallbackDelivery((line) => options.onCallback?.(line));
  const subjects = new WeakMap<IncomingMessage, Subject>();

  const app = httpServer((request, response) =>
    response.once('finish', () =>
      options.onRequest?.(lineOf(request, response, subjects.get(request) ?? { events: [] })),
    ),
  );
  const servedAt = (endpoint: Endpoint) => (method: string) => behaviour.serves(method, endpoint);
  for (const path of new Set([hooksPath, ...Object.values(hooksPaths)].map(singleSlashes))) {
    serve(app, `${path}/:botId`, servedAt('hooks'), async (request, reply) => {
      const body = await readBody(request.raw);
      const subject = subjectOf(body);
      subjects.set(request.raw, subject);
      const { conversationId } = subject;
      if (conversationId !== undefined) counts.set(conversationId, (counts.get(conversationId) ?? 0) + 1);
      const { headers, params } = request;
      const { url = '' } = request.raw;
      const path = url.slice(0, url.lastIndexOf('/'));
      send(reply, await answerHooks({ headers, path, body, ...params }, identity, conversations, behaviour));
    });
  }
  serve(
    app,
    '/agentassist/api/v1/public/:botId/assign-conversation',
    servedAt('assign-conversation'),
    async (request, reply) => {
      const body = await readBody(request.raw);
      subjects.set(request.raw, { events: ['assign-conversation'] });
      const { headers, params, query } = request;
      const assignRequest = { headers, body, ...params, query: query as Record<string, unknown> };
      const { answer, callback } = await answerAssign(assignRequest, identity, behaviour, Date.now());
      if (callback) {
        reply.raw.once('close', async () => {
          for (const post of callback.posts) await delivery.post(post.url ?? callback.url, post);
        });
      }
      send(reply, answer);
    },
  );

  const host = options.host ?? '127.0.0.1';
  await app.listen({ host, port: options.port ?? 0 });
  const url = `http://${reachable(host)}:${(app.server.address() as AddressInfo).port}`;
  return {
    url,
    settings: {
      ...settingsOf(url, identity),
      ...(hooksPath === defaultHooksPath ? {} : { TENANT_HOOKS_PATH: hooksPath }),
    },
    received: (conversationId) => counts.get(conversationId) ?? 0,
    close: async () => {
      await Promise.all([delivery.close(), app.close()]);
    },
  };
}

/** The router ignores doubled slashes; the curl in IT has /// before the path. */
function singleSlashes(path: string): string {
  return path.replace(/\/{2,}/g, '/');
}

/** Uses fastify as a router only: it parses no body, words no error and makes no answer. */
function httpServer(watch: (request: IncomingMessage, response: ServerResponse) => void): FastifyInstance {
  const app = fastify({
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    clientErrorHandler: answerClientError,
    // The curl in IT has /// before the path; a very long botId is an unknown bot, not an unknown path.
    routerOptions: { ignoreDuplicateSlashes: true, maxParamLength: Number.MAX_SAFE_INTEGER },
    // No hook sees a path that cannot be decoded.
    frameworkErrors: (_, request, reply) => {
      watch(request.raw, reply.raw as ServerResponse);
      send(reply as FastifyReply, refusal(400, 'The path of this request cannot be decoded'));
    },
  });
  // Otherwise fastify would refuse by content type first; the order of the checks has to be ours.
  for (const method of METHODS) app.addHttpMethod(method, { hasBody: false, overrideExisting: true });
  // Node itself would refuse an unknown Expect header without a message.
  app.server.on('checkExpectation', answerExpectation);
  app.addHook('onRequest', async (request, reply) => watch(request.raw, reply.raw));
  app.setNotFoundHandler((_, reply) => send(reply, refusal(404, 'Nothing is served at this path')));
  app.setErrorHandler((_, __, reply) => send(reply, refusal(500, 'The sandbox itself failed')));
  return app;
}

type Handler = (request: FastifyRequest<{ Params: { botId: string } }>, reply: FastifyReply) => Promise<void>;

/** Passes on to the handler the methods that are served: POST, as documented. */
function serve(
  app: FastifyInstance,
  url: string,
  serves: (method: string) => boolean,
  handler: Handler,
): void {
  app.route<{ Params: { botId: string } }>({
    method: app.supportedMethods.filter(serves),
    url,
    handler: async (request, reply) => {
      await handler(request, reply);
      return reply;
    },
  });
  app.route({
    method: app.supportedMethods.filter((method) => !serves(method)),
    url,
    handler: (_, reply) => send(reply, refusal(405, 'Only POST is served here', { allow: 'POST' })),
  });
}

function send(reply: FastifyReply, answer: Answer): void {
  reply.code(answer.status).headers(answer.headers).send(answer.body);
}

function lineOf(request: IncomingMessage, response: ServerResponse, subject: Subject): RequestLine {
  return {
    time: new Date(),
    method: request.method ?? '',
    path: (request.url ?? '').split('?', 1)[0]!,
    status: response.statusCode,
    ...subject,
  };
}

/** An address that a client on this machine can connect to: the wildcards are for binding only. */
export function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}
