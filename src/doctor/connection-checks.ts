// Whether the tenant can be connected to at all: its name, and a connection.
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { ofSystemCode, systemCodeOf } from '../tenant/transport-codes.ts';
import { canTunnel, endOf, firstEnd, openConnection, ProxyRefusal, shown } from './connection.ts';
import { type Diagnosis, ok, toFix, transportProblem } from './diagnosis.ts';
import type { Examination } from './examination.ts';

/** The setting that names the host which this machine itself connects to. */
function settingOf({ proxy, proxySetting }: Examination): string {
  return proxy ? proxySetting : 'TENANT_URL';
}

export async function nameResolution(examination: Examination): Promise<Diagnosis> {
  const { url, proxy, timeoutMs } = examination;
  const { host } = firstEnd(url, proxy);
  const rest = proxy ? `; the proxy finds ${url.hostname} by itself` : '';
  if (isIP(host)) return ok(`${host} is an address already${rest}`);
  try {
    const addresses = await withinTime(lookup(host, { all: true }), timeoutMs);
    const some = addresses.slice(0, 3).map(({ address }) => address);
    return ok(`${host} is ${some.join(', ')}${addresses.length > 3 ? ', …' : ''}${rest}`);
  } catch (error) {
    const setting = settingOf(examination);
    const network = 'the network, DNS and VPN of this machine';
    if (systemCodeOf(error, '') === 'ENOTFOUND') {
      return toFix(`${host} is not a known name`, `${setting}: check the host name; then ${network}`);
    }
    return toFix(`no DNS server knew ${host} (${shortReason(error)})`, `check ${network}; then ${setting}`);
  }
}

async function withinTime<T>(work: Promise<T>, ms: number): Promise<T> {
  const late = new AbortController();
  const timeOut = sleep(ms, undefined, { signal: late.signal }).then(() => {
    throw new Error(`nothing within ${ms} ms`);
  });
  timeOut.catch(() => {});
  try {
    return await Promise.race([work, timeOut]);
  } finally {
    late.abort();
  }
}

export async function connection(examination: Examination): Promise<Diagnosis> {
  const { url, proxy, timeoutMs } = examination;
  const signal = AbortSignal.timeout(timeoutMs);
  const start = performance.now();
  try {
    const socket = await openConnection(url, proxy, signal);
    socket.destroy();
    const ms = Math.round(performance.now() - start);
    return ok(`${routeInWords(examination)} in ${ms} ms`);
  } catch (error) {
    if (error instanceof ProxyRefusal) return transportProblem(error.message);
    return unconnected(examination, signal.aborted ? 'ETIMEDOUT' : shortReason(error));
  }
}

function routeInWords({ url, proxy }: Examination): string {
  if (!proxy) return shown(endOf(url));
  const by = shown(firstEnd(url, proxy));
  return canTunnel(proxy) ? `${shown(endOf(url))} through ${by}` : `${by} (SOCKS: not looked at beyond it)`;
}

/** What is wrong, and what to do about it. */
interface Trouble {
  what: string;
  todo: (setting: string) => string;
}

const unreachable: Trouble = {
  what: 'unreachable: this machine has no route to it',
  todo: (setting) =>
    `check the network and VPN of this machine, and whether it needs a proxy; then ${setting}`,
};

const bySystemCode: Record<string, Trouble> = {
  ECONNREFUSED: {
    what: 'refused: nothing listens there',
    todo: (setting) => `${setting}: check host and port, and that what they name is running`,
  },
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  EADDRNOTAVAIL: unreachable,
  ETIMEDOUT: {
    what: 'timed out: nobody answers, a firewall may drop what is sent',
    todo: (setting) => `check VPN, firewall and whether a proxy is needed (HTTPS_PROXY); then ${setting}`,
  },
};

/** Only the connection to a proxy uses TLS here. */
const noTls: Trouble = {
  what: 'no TLS with the proxy',
  todo: (setting) => `${setting}: check https://, or set NODE_EXTRA_CA_CERTS to the CA of the proxy`,
};

function troubleOf(code: string): Trouble | undefined {
  return bySystemCode[code] ?? (ofSystemCode(code) === 'TRANSPORT_TLS' ? noTls : undefined);
}

function unconnected(examination: Examination, code: string): Diagnosis {
  const { url, proxy, timeoutMs } = examination;
  const end = `${proxy ? 'the proxy ' : ''}${shown(firstEnd(url, proxy))}`;
  const setting = settingOf(examination);
  const trouble = troubleOf(code);
  if (!trouble) return toFix(`${end}: ${code}`, `${setting}: check host and port`);
  const within = code === 'ETIMEDOUT' ? ` (waited ${timeoutMs} ms)` : ` (${code})`;
  return toFix(`${end} ${trouble.what}${within}`, trouble.todo(setting));
}

function shortReason(error: unknown): string {
  const { message } = error as Error;
  return systemCodeOf(error, message) ?? message;
}
