// Names what went wrong on the way to the tenant, from the text of Playwright's error or from the status.
import type { Answer } from '../protocol/answers.ts';
import type { FailureKind, TransportFailure } from './exchange.ts';

/** One row a kind: how it is recognised, what to do, and whether the request certainly was not processed. */
const kinds: { kind: FailureKind; pattern: RegExp; todo: string; unprocessed: boolean }[] = [
  {
    kind: 'DNS',
    pattern: /ENOTFOUND|EAI_AGAIN|EAI_FAIL|getaddrinfo/,
    todo: 'check the host name in TENANT_URL, and the DNS or VPN of this machine',
    unprocessed: true,
  },
  {
    kind: 'refused',
    pattern: /ECONNREFUSED|EHOSTUNREACH|ENETUNREACH/,
    todo: 'check the host and port in TENANT_URL, and that the tenant (or its proxy) is running',
    unprocessed: true,
  },
  {
    kind: 'TLS',
    pattern: /certificate|CERT_|ERR_TLS|ERR_SSL|SSL routines|EPROTO|tls|altnames/i,
    todo: 'check https:// and the host in TENANT_URL; for a company CA set NODE_EXTRA_CA_CERTS',
    unprocessed: true,
  },
  {
    kind: 'time-out',
    pattern: /timed? ?out|ETIMEDOUT/i,
    todo: 'not sent again, since the tenant may have taken it; check the way to the tenant, or raise REQUEST_TIMEOUT_MS',
    unprocessed: false,
  },
  {
    kind: 'reset',
    pattern: /ECONNRESET|EPIPE|socket hang up|aborted|ECONNABORTED|closed/i,
    todo: 'the tenant or something before it closed the connection; not sent again, since it may have been taken: look for it in the log of the tenant',
    unprocessed: false,
  },
  {
    kind: 'other',
    pattern: /^Parse Error/,
    todo: 'what came back is not HTTP as it should be; not sent again, since the tenant may have taken it; look at what answers at TENANT_URL, and at what stands before it',
    unprocessed: false,
  },
  {
    kind: 'other',
    pattern: /^the answer is longer than/,
    todo: 'not sent again, since the tenant may have taken it; look at what answers at TENANT_URL',
    unprocessed: false,
  },
];

const other = { kind: 'other' as const, todo: 'see the message', unprocessed: false };

export interface ClassifiedFailure extends TransportFailure {
  /** Whether sending it again cannot make the tenant process it twice. */
  unprocessed: boolean;
}

/** A failure of the connection. */
export function connectionFailure(error: unknown): ClassifiedFailure {
  const text = firstLine(error);
  const { kind, todo, unprocessed } = kinds.find((row) => row.pattern.test(text)) ?? other;
  return { kind, message: `${text.replace(/[.:]+$/, '')}: ${todo}`, unprocessed };
}

/** 429, 502, 503 and 504 speak of the way to the tenant, not of the tenant (design, verdict policy). */
export function busyFailure(answer: Answer): ClassifiedFailure | undefined {
  if (![429, 502, 503, 504].includes(answer.status)) return undefined;
  return {
    kind: 'busy',
    message: `the way to the tenant answered ${answer.status}: try later, or set MAX_REQUESTS_PER_MINUTE`,
    unprocessed:
      answer.status === 429 || (answer.status === 503 && answer.headers['retry-after'] !== undefined),
  };
}

/**
 * What a proxy says when it opens no way to the tenant. Nothing reached the tenant, but the proxy would say the same
 * again, and one that counts wrong passwords could lock the account.
 */
export function proxyFailure(answer: Answer): ClassifiedFailure {
  const todo =
    answer.status === 407
      ? 'put its user and password into HTTPS_PROXY (or HTTP_PROXY), as http://USER:PASSWORD@HOST:PORT'
      : 'check HTTPS_PROXY (or HTTP_PROXY), and whether the proxy allows the host of TENANT_URL; NO_PROXY goes round it';
  return {
    kind: 'other',
    message: `the proxy, not the tenant, answered ${answer.status}: ${todo}`,
    unprocessed: false,
  };
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
  return (text.split('\n')[0] ?? text).replace(/^apiRequestContext\.\w+: /, '').trim();
}
