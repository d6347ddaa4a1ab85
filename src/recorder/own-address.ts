// Whether requests would be passed on to the recorder itself: each would come back as another one, without an end.
import { lookup } from 'node:dns/promises';
import { networkInterfaces } from 'node:os';
import { isLoopback } from './wire/gate.ts';

export interface Bound {
  host: string;
  /** 0 for any free one, which nobody can have named. */
  port: number;
}

export async function leadsBack(forward: string, { host, port }: Bound): Promise<boolean> {
  const url = new URL(forward);
  // The recorder speaks no TLS.
  if (url.protocol !== 'http:' || Number(url.port || 80) !== port) return false;
  const [there, bound] = await Promise.all([addressesOf(url.hostname), addressesOf(host)]);
  const here = bound.some(isWildcard)
    ? Object.values(networkInterfaces()).flatMap((all) => all?.map(({ address }) => address) ?? [])
    : bound;
  // That another program listens at the same port of another loopback address is not to be expected.
  return there.some(
    (one) => isWildcard(one) || here.includes(one) || (isLoopback(one) && here.some(isLoopback)),
  );
}

/** None for a name that nobody knows. */
async function addressesOf(host: string): Promise<string[]> {
  const found = await lookup(host.replace(/^\[(.*)\]$/, '$1'), { all: true }).catch(() => []);
  return found.map(({ address }) => asIpv4(address));
}

/** A URL has the IPv4 address within an IPv6 one as two groups of hex digits. */
function asIpv4(address: string): string {
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/i.exec(address) ?? [];
  if (high === undefined || low === undefined) return address.replace(/^::ffff:(?=\d+\.)/i, '');
  const [first, second] = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return [first >> 8, first & 255, second >> 8, second & 255].join('.');
}

function isWildcard(address: string): boolean {
  return ['0.0.0.0', '::'].includes(address);
}
