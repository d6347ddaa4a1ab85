// Whether there is a way to the tenant at all: its name, and a connection.

import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf } from '../system/error-code.ts';
import { canTunnel, endOf, firstEnd, openConnection, ProxyRefusal, shown } from './connection.ts';
import { type Diagnosis, mend, mendWay, ok } from './diagnosis.ts';
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
    if (codeOf(error) === 'ENOTFOUND') {
      return mend(`${host} is no known name`, `${setting}: check the host name; then ${network}`);
    }
    return mend(`no DNS server knew ${host} (${codeOrMessage(error)})`, `check ${network}; then ${setting}`);
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
    return ok(`${wayInWords(examination)} in ${ms} ms`);
  } catch (error) {
    if (error instanceof ProxyRefusal) return mendWay(error.message);
    return unconnected(examination, signal.aborted ? 'ETIMEDOUT' : codeOrMessage(error));
  }
}

function wayInWords({ url, proxy }: Examination): string {
  if (!proxy) return shown(endOf(url));
  const by = shown(firstEnd(url, proxy));
  return canTunnel(proxy) ? `${shown(endOf(url))} through ${by}` : `${by} (SOCKS: not looked at beyond it)`;
}

/** One row a kind of failure: how it is recognised, and what is said and done about it. */
const kinds: { pattern: RegExp; says: string; todo: (setting: string) => string }[] = [
  {
    pattern: /ECONNREFUSED/,
    says: 'refused: nothing listens there',
    todo: (setting) => `${setting}: check host and port, and that what they name is running`,
  },
  {
    pattern: /EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL/,
    says: 'unreachable: this machine knows no way there',
    todo: (setting) =>
      `check the network and VPN of this machine, and whether it needs a proxy; then ${setting}`,
  },
  {
    pattern: /ETIMEDOUT/,
    says: 'timed out: nobody answers, a firewall may drop what is sent',
    todo: (setting) => `check VPN, firewall and whether a proxy is needed (HTTPS_PROXY); then ${setting}`,
  },
  {
    pattern: /CERT|SELF_SIGNED|TLS|SSL|EPROTO/,
    says: 'no TLS with the proxy',
    todo: (setting) => `${setting}: check https://, or set NODE_EXTRA_CA_CERTS to the CA of the proxy`,
  },
];

function unconnected(examination: Examination, code: string): Diagnosis {
  const { url, proxy, timeoutMs } = examination;
  const end = `${proxy ? 'the proxy ' : ''}${shown(firstEnd(url, proxy))}`;
  const setting = settingOf(examination);
  const kind = kinds.find(({ pattern }) => pattern.test(code));
  if (!kind) return mend(`${end}: ${code}`, `${setting}: check host and port`);
  const within = code === 'ETIMEDOUT' ? ` (waited ${timeoutMs} ms)` : ` (${code})`;
  return mend(`${end} ${kind.says}${within}`, kind.todo(setting));
}

function codeOrMessage(error: unknown): string {
  return codeOf(error) ?? (error as Error).message;
}
