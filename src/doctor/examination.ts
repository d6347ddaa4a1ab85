// What the checks look at: the settings, the tenant behind them, the callback listener. All of it is opened when it is
// first needed, since the checks before may show that it cannot be.

import { randomBytes } from 'node:crypto';
import { type Answer, isSuccess } from '../protocol/answers.ts';
import { Conversation } from '../protocol/conversation.ts';
import { randomIdentity, type Sandbox, startSandbox } from '../sandbox/server.ts';
import type { Env } from '../system/env.ts';
import { type CallbackListener, startCallbackListener } from '../tenant/callback-listener.ts';
import type { Exchange } from '../tenant/exchange.ts';
import { type Proxy as CompanyProxy, proxyFor, proxySettingFor } from '../tenant/proxy.ts';
import {
  readSettings,
  type Settings,
  type SettingsProblem,
  settingsProblems,
  usesEmbeddedSandbox,
} from '../tenant/settings.ts';
import { Signer } from '../tenant/signer.ts';
import { Tenant, type TenantRequest } from '../tenant/tenant.ts';
import { Throttle } from '../tenant/throttle.ts';
import { Transport } from '../tenant/transport.ts';
import { WaitingBudget } from '../tenant/waiting-budget.ts';

/** How one probe differs from another. */
export type Probe = Pick<TenantRequest, 'token' | 'authHeader' | 'botId' | 'path'> & {
  /** What it sends: an empty object, which begins no conversation, or a valid NA entry, which begins one. */
  body?: 'empty object' | 'NA entry';
  /** From 2 on: the same once more. */
  attempt?: number;
};

export type Answered = Exchange & { answer: Answer };

/** No answer arrived that could be judged. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly exchange: Exchange;

  constructor(exchange: Exchange) {
    super(exchange.failure?.message ?? 'there was no answer');
    this.exchange = exchange;
  }
}

type Close = () => Promise<void> | void;

export class Examination {
  readonly env: Env;
  readonly problems: SettingsProblem[];
  readonly embedded: boolean;
  /** NODE_EXTRA_CA_CERTS as it was when Node started: one from an env file comes too late. */
  readonly caAtStart: string | undefined;
  /** Of the quickest answer: the first request also opens a connection, the others may have waited for their turn. */
  latencyMs: number | undefined;
  readonly #signer: Signer;
  readonly #answers = new Map<string, Promise<Answered>>();
  readonly #closers: Close[] = [];
  #tenant: Promise<Tenant> | undefined;
  #listener: Promise<CallbackListener> | undefined;

  private constructor(env: Env, problems: SettingsProblem[], sandbox: Sandbox | undefined, ca?: string) {
    this.env = env;
    this.problems = problems;
    this.embedded = sandbox !== undefined || env.CONFORMANCE_EMBEDDED === 'true';
    this.caAtStart = ca;
    this.#signer = new Signer(env.TENANT_CLIENT_ID ?? '', env.TENANT_CLIENT_SECRET ?? '');
    if (sandbox) this.#closers.push(() => sandbox.close());
  }

  /** Without a tenant in the environment it is the embedded sandbox that is looked at, as in a run. */
  static async begin(env: Env, caAtStart?: string): Promise<Examination> {
    const problems = settingsProblems(env);
    const embedded = usesEmbeddedSandbox(env) && !problems.some(({ setting }) => setting === 'TENANT_URL');
    const sandbox = embedded ? await startSandbox({ identity: randomIdentity() }) : undefined;
    return new Examination({ ...env, ...sandbox?.settings }, problems, sandbox, caAtStart);
  }

  /** Only when TENANT_URL is valid. */
  get url(): URL {
    return new URL(this.env.TENANT_URL ?? '');
  }

  /** Where events are sent; only when there are no problems. */
  get hooksUrl(): string {
    const { url, hooksPath, botId } = this.settings;
    return `${url}${hooksPath}/${botId}`;
  }

  /** Only when there are no problems. */
  get settings(): Settings {
    return readSettings(this.env);
  }

  /** For anything that goes over the network; known before the other settings are valid. */
  get timeoutMs(): number {
    const unusable = this.problems.some(({ setting }) => setting === 'REQUEST_TIMEOUT_MS');
    return Number((!unusable && this.env.REQUEST_TIMEOUT_MS) || 10_000);
  }

  /** @throws Error when a variable of the proxy holds no URL */
  get proxy(): CompanyProxy | undefined {
    return proxyFor(this.url.href, this.proxyEnv);
  }

  /** The embedded sandbox is on this machine: a company's proxy could not reach it. */
  get proxyEnv(): Env {
    return this.embedded ? {} : this.env;
  }

  get proxySetting(): string {
    return proxySettingFor(this.url.href, this.proxyEnv);
  }

  /** Takes secrets out of a text. A secret that is too short to be one is sent nowhere, and would be found in every word. */
  redact(text: string): string {
    const unusable = this.problems.some(({ setting }) => setting === 'TENANT_CLIENT_SECRET');
    return unusable ? text : this.#signer.redact(text);
  }

  /**
   * The tenant's answer to a probe. What is asked twice is sent once.
   * @throws NoAnswer with the message of the transport
   */
  ask(probe: Probe = {}): Promise<Answered> {
    const key = JSON.stringify(probe);
    const asked = this.#answers.get(key) ?? this.#send(probe);
    this.#answers.set(key, asked);
    return asked;
  }

  async #send({ body, attempt: _, ...overrides }: Probe): Promise<Answered> {
    if (body !== 'NA entry') return this.#request(overrides, {});
    const { settings } = this;
    const conversation = new Conversation(
      {
        conversationId: `${settings.conversationPrefix}-doctor-${randomBytes(6).toString('hex')}`,
        botId: settings.botId,
      },
      'voice',
      settings.dialect,
    );
    const agent = { number: 1 };
    const entered = await this.#request(overrides, conversation.transfer('NA', 'entry', agent).body);
    // What was begun is ended, so that it does not stay open at the tenant.
    if (isSuccess(entered.answer)) {
      for (const rest of [conversation.transfer('NA', 'exit', agent), conversation.end()])
        await this.#request(overrides, rest.body).catch(() => undefined);
    }
    return entered;
  }

  async #request(overrides: Omit<Probe, 'body' | 'attempt'>, body: object): Promise<Answered> {
    this.#tenant ??= this.#open();
    const exchange = await (await this.#tenant).send({ to: 'hooks', body, ...overrides });
    const { answer, failure } = exchange;
    this.latencyMs = Math.min(this.latencyMs ?? Number.POSITIVE_INFINITY, exchange.durationMs);
    if (failure || !answer) throw new NoAnswer(exchange);
    return { ...exchange, answer };
  }

  async #open(): Promise<Tenant> {
    const { settings, timeoutMs } = this;
    const throttle = new Throttle(settings.maxRequestsPerMinute);
    const transport = await Transport.open({
      url: settings.url,
      requestTimeoutMs: timeoutMs,
      ready: () => throttle.ready(),
      budget: new WaitingBudget(settings.maxRetryWaitMs),
      env: this.proxyEnv,
    });
    this.#closers.push(async () => {
      throttle.close();
      await transport.close();
    });
    return new Tenant(settings, this.#signer, transport);
  }

  /** @throws CallbackListenError */
  listener(): Promise<CallbackListener> {
    this.#listener ??= this.#listen();
    return this.#listener;
  }

  async #listen(): Promise<CallbackListener> {
    const { host, port } = this.settings.callback;
    const listener = await startCallbackListener({ host, port });
    this.#closers.push(() => listener.close());
    return listener;
  }

  async close(): Promise<void> {
    for (const close of this.#closers.splice(0).reverse()) await close();
  }
}
