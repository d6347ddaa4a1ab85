// Turns the requests of the harness into HTTP: addresses, headers and tokens.
import type { HooksBody } from '../protocol/events.ts';
import { asJson } from '../protocol/json-layout.ts';
import { stepsOf } from '../protocol/lifecycle/step.ts';
import type { Exchange, Sender, WireRequest } from './exchange.ts';
import type { Settings } from './settings.ts';
import type { Signer } from './signer.ts';
import { carried } from './token-carriers.ts';
import type { TokenKind } from './tokens.ts';

export type AuthHeader = Settings['authHeader'];

/** One request to the hooks or to assign-conversation; what is omitted is as documented. */
export interface TenantRequest {
  to: 'hooks' | 'assign-conversation';
  /** An object is sent as JSON, a text as it is. */
  body?: HooksBody | object | string;
  query?: Record<string, string>;
  method?: string;
  /** botId (streamId) of the path; by default the tenant's own. */
  botId?: string;
  token?: TokenKind;
  /** The header with the token; by default the one that the profile names. */
  authHeader?: AuthHeader;
  /** Path before the botId, for the hooks only; by default the one that the profile names. */
  path?: string;
  contentType?: string;
  /** For assign-conversation only: whether its JSON is written over several lines, as the documents print it. */
  isOverLines?: boolean;
  /** Only assign-conversation sends it. */
  accountId?: string;
}

export class Tenant {
  readonly settings: Settings;
  readonly #signer: Pick<Signer, 'token'>;
  readonly #sender: Sender;

  constructor(settings: Settings, signer: Pick<Signer, 'token'>, sender: Sender) {
    this.settings = settings;
    this.#signer = signer;
    this.#sender = sender;
  }

  async send(request: TenantRequest): Promise<Exchange> {
    return this.#sender.send(this.#onTheWire(request));
  }

  #onTheWire(request: TenantRequest): WireRequest {
    const method = request.method ?? 'POST';
    const kind = request.token ?? 'a valid token';
    const token = carried(kind, this.#signer.token(kind), this.#authHeader(request));
    const headers: Record<string, string> = {
      accept: 'application/json, text/plain;q=0.9, */*;q=0.1',
      'user-agent': 'agent-ai-conformance',
      'content-type': request.contentType ?? 'application/json',
      ...token.headers,
      ...(request.accountId === undefined ? {} : { accountid: request.accountId }),
    };
    const { body } = request;
    const isOverLines = request.to === 'assign-conversation' ? request.isOverLines : undefined;
    return {
      method,
      url: this.#url({ ...request, query: { ...request.query, ...token.query } }),
      headers,
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : asJson(body, isOverLines) }),
    };
  }

  /** the hooks take token or auth, as the profile says; assign-conversation takes auth. */
  #authHeader(request: TenantRequest): AuthHeader {
    if (request.authHeader) return request.authHeader;
    return request.to === 'hooks' ? this.settings.authHeader : 'auth';
  }

  /** the end and a redial may have a path of their own, where nothing else is in the body. */
  #hooksPath(body: TenantRequest['body']): string {
    const { hooksPath, ownPaths } = this.settings;
    if (typeof body !== 'object' || (!ownPaths.end && !ownPaths.redial)) return hooksPath;
    const steps = stepsOf(body);
    if (steps.every(({ type }) => type === 'end')) return ownPaths.end ?? hooksPath;
    const isRedial = steps.every((step) => step.type === 'transfer' && step.transfer === 'redial');
    return (isRedial ? ownPaths.redial : undefined) ?? hooksPath;
  }

  #url(request: TenantRequest): string {
    const { url } = this.settings;
    const bot = encodeURIComponent(request.botId ?? this.settings.botId);
    const parameters = new URLSearchParams(request.query).toString();
    const query = parameters ? `?${parameters}` : '';
    if (request.to === 'hooks')
      return `${url}${request.path ?? this.#hooksPath(request.body)}/${bot}${query}`;
    return `${url}/agentassist/api/v1/public/${bot}/assign-conversation${query}`;
  }
}
