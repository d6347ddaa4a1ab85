// Why no answer arrived that can be judged, and what to do about it, in the words of whoever asks: a run has settings, the
// recorder has options.
import { withCode } from '../errors/coded-error.ts';
import type { TransportCode } from '../errors/error-codes.ts';
import type { Answer } from '../protocol/answers.ts';
import type { Env } from '../system/env.ts';
import { extraCaAdvice } from './certificates.ts';
import type { FailureKind, TransportFailure } from './exchange.ts';
import { proxyFor, proxySettingFor } from './proxy.ts';
import { tlsTrouble } from './tls-failures.ts';
import { systemCodeOf, transportCodeOf } from './transport-codes.ts';

/** What a person changes. */
export interface SettingNames {
  /** Where the tenant is. */
  url: string;
  /** How long an answer is waited for. */
  timeout: string;
  /** What this machine connects to in place of the tenant, if that is a proxy. */
  proxy?: { setting: string; hostname: string };
  /** What to do about a certificate of a CA that is not known here. */
  unknownCa: string;
}

export const settingsOfRun: SettingNames = {
  url: 'TENANT_URL',
  timeout: 'REQUEST_TIMEOUT_MS',
  unknownCa: extraCaAdvice({}),
};

/** With what the environment says about the way to the tenant. @throws CodedError when a variable of the proxy holds no URL */
export function namesIn(
  env: Env,
  url: string,
  names: Pick<SettingNames, 'url' | 'timeout'> = settingsOfRun,
): SettingNames {
  const proxy = proxyFor(url, env);
  const known = { ...names, unknownCa: extraCaAdvice(env) };
  if (!proxy) return known;
  return {
    ...known,
    proxy: { setting: proxySettingFor(url, env), hostname: new URL(proxy.server).hostname },
  };
}

interface Meaning {
  kind: FailureKind;
  todo: (names: SettingNames) => string;
  /** When this machine has not come as far as to the tenant. */
  todoForProxy?: (setting: string) => string;
  /** Whether the request certainly was not processed. */
  unprocessed?: true;
}

const maybeProcessed = 'not sent again, since the tenant may have taken it';

const meanings: Record<TransportCode, Meaning> = {
  TRANSPORT_DNS: {
    kind: 'DNS',
    todo: ({ url }) => `check the host name in ${url}, and the DNS or VPN of this machine`,
    todoForProxy: (setting) =>
      `check the host name of the proxy in ${setting}, and the DNS or VPN of this machine`,
    unprocessed: true,
  },
  TRANSPORT_REFUSED: {
    kind: 'refused',
    todo: ({ url }) => `check the host and port in ${url}, and that the tenant (or its proxy) is running`,
    todoForProxy: (setting) =>
      `check the host and port of the proxy in ${setting}, and that the proxy is running; NO_PROXY excludes a host`,
    unprocessed: true,
  },
  TRANSPORT_TLS: {
    kind: 'TLS',
    todo: ({ url, unknownCa }) => `check https:// and the host in ${url}; ${unknownCa}`,
    unprocessed: true,
  },
  TRANSPORT_CLIENT_CERTIFICATE: {
    kind: 'TLS',
    todo: ({ url }) =>
      `what answers at ${url} wants a certificate of this machine, or does not accept the one it got: set TENANT_CLIENT_CERT and TENANT_CLIENT_KEY to one that it knows`,
    unprocessed: true,
  },
  TRANSPORT_TIMEOUT: {
    kind: 'time-out',
    todo: ({ timeout }) => `${maybeProcessed}; check the connection to the tenant, or raise ${timeout}`,
  },
  TRANSPORT_RESET: {
    kind: 'reset',
    todo: () =>
      'the tenant or something before it closed the connection; not sent again, since it may have been taken: look for it in the log of the tenant; if no request comes through, npm run doctor knows whether a certificate of this machine is asked for',
  },
  TRANSPORT_BUSY: { kind: 'busy', todo: () => 'try later, or set MAX_REQUESTS_PER_MINUTE' },
  TRANSPORT_MALFORMED: {
    kind: 'other',
    todo: ({ url }) =>
      `what came back is not HTTP as it should be; ${maybeProcessed}; look at what answers at ${url}, and at what is in front of it`,
  },
  TRANSPORT_TOO_LONG: {
    kind: 'other',
    todo: ({ url }) => `${maybeProcessed}; look at what answers at ${url}`,
  },
  TRANSPORT_CLOSED: { kind: 'other', todo: () => 'the harness closed the connection itself' },
  TRANSPORT_FAILED: { kind: 'other', todo: () => 'see the message' },
  PROXY_REFUSED: {
    kind: 'other',
    todo: ({ url }) =>
      `check HTTPS_PROXY (or HTTP_PROXY), and whether the proxy allows the host of ${url}; NO_PROXY excludes a host`,
  },
  PROXY_CREDENTIALS: {
    kind: 'other',
    todo: () =>
      'put its user and password into HTTPS_PROXY (or HTTP_PROXY), as http://USER:PASSWORD@HOST:PORT',
  },
};

/** @param message the whole of it, without the code */
export function transportFailure(code: TransportCode, message: string): TransportFailure {
  return { kind: meanings[code].kind, code, message: withCode(code, message) };
}

function withAdvice(code: TransportCode, what: string, names: SettingNames): TransportFailure {
  const { todo, todoForProxy } = meanings[code];
  const { proxy } = names;
  const advice =
    proxy && todoForProxy && isAboutProxy(code, what, proxy) ? todoForProxy(proxy.setting) : todo(names);
  return transportFailure(code, `${what}: ${advice}`);
}

/** Every connection of this machine goes to the proxy; of names, it may look up that of the tenant as well, for a SOCKS proxy. */
function isAboutProxy(code: TransportCode, what: string, { hostname }: { hostname: string }): boolean {
  return code !== 'TRANSPORT_DNS' || what.includes(hostname);
}

/** What the error of a request means. */
export function connectionFailure(error: unknown, names: SettingNames): TransportFailure {
  const text = firstLine(error);
  const code = transportCodeOf(error, text);
  const said = text.replace(/[.:]+$/, '');
  const trouble = code === 'TRANSPORT_TLS' ? tlsTrouble(systemCodeOf(error, text), text) : undefined;
  if (!trouble) return withAdvice(code, said, names);
  return transportFailure(code, `${trouble.what ?? said}: ${trouble.todo(names.url)}`);
}

/** The harness itself closed the connection. */
export function closedFailure(error: unknown, names: SettingNames): TransportFailure {
  return withAdvice('TRANSPORT_CLOSED', firstLine(error).replace(/[.:]+$/, ''), names);
}

/** 429, 502, 503 and 504 come from what is in front of the tenant, not from the tenant. */
export function busyFailure(answer: Answer, names: SettingNames): TransportFailure | undefined {
  if (![429, 502, 503, 504].includes(answer.status)) return undefined;
  return withAdvice('TRANSPORT_BUSY', `a gateway or rate limit answered ${answer.status}`, names);
}

/**
 * What a proxy answers that opens no connection to the tenant. Nothing reached the tenant, but the proxy would say the same
 * again, and one that counts wrong passwords could lock the account.
 */
export function proxyFailure(status: number, names: SettingNames): TransportFailure {
  const code = status === 407 ? 'PROXY_CREDENTIALS' : 'PROXY_REFUSED';
  return withAdvice(code, `the proxy, not the tenant, answered ${status}`, names);
}

/** Whether sending it again cannot make the tenant process it twice. A 429 is for the rate limit, which sends it again itself. */
export function isUnprocessed({ code }: TransportFailure, answer: Answer | undefined): boolean {
  if (code !== 'TRANSPORT_BUSY') return meanings[code].unprocessed ?? false;
  return answer?.status === 503 && answer.headers['retry-after'] !== undefined;
}

/** Retry-After as milliseconds from now: seconds or an HTTP date (RFC 9110, 10.2.3); undefined when it is neither. */
export function retryAfterMs(answer: Answer, now: number): number | undefined {
  const value = answer.headers['retry-after']?.trim();
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** Playwright's errors carry a call log below the first line; the log repeats headers, so it is dropped. */
function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const line = (text.split('\n')[0] ?? text).replace(/^apiRequestContext\.\w+: /, '').trim();
  if (systemCodeOf(error, '') === 'ERR_ASSERTION') return 'the answer cannot be read';
  // Node says nothing when it has tried several addresses.
  return line || (systemCodeOf(error, '') ?? 'unknown error');
}
