// Who may talk to the recorder. A page of another site can make a browser send requests here, and a name that is pointed at
// this address makes the answers readable to it: both show in headers that no page can change.
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import type { Answer } from '../../protocol/answers.ts';
import { refusal } from '../../sandbox/refusal.ts';
import { pairsOf } from './wire.ts';

export class Gate {
  /** What reading asks for; undefined on the loopback, where whoever connects can read the folder as well. */
  readonly readToken: string | undefined;
  readonly #names: Set<string>;
  readonly #given: Set<string>;

  /**
   * @param address that the recorder listens at
   * @param known names under which senders know the recorder, and pages that may send to it
   * @param others hosts that may stand in a request as well
   */
  constructor(address: string, known: readonly string[], others: readonly string[]) {
    this.readToken = isLoopback(address) ? undefined : randomBytes(18).toString('base64url');
    this.#given = new Set(known.map(nameOf));
    this.#names = new Set([...this.#given, ...[hostname(), ...others].map(nameOf)]);
  }

  /** Why a request is refused; undefined when it may pass. @param reads whether it asks for what the recorder knows */
  refusal(message: IncomingMessage, reads: boolean): Answer | undefined {
    const { headers, socket } = message;
    const hosts = pairsOf(message.rawHeaders).filter(([name]) => name.toLowerCase() === 'host');
    // A sender that uses the recorder as its proxy names the host that it wants; no page can send such a request.
    const isProxied = !reads && !(message.url ?? '').startsWith('/');
    const foreign = isProxied ? undefined : hosts.find(([, host]) => !this.#isOwn(host, socket.localAddress));
    if (foreign) return unknownHost(foreign[1]);
    const origin = headers.origin;
    if (origin !== undefined && !this.#mayCome(origin, hosts[0]?.[1])) return foreignPage(origin);
    const site = headers['sec-fetch-site'];
    const isOtherSite = site !== undefined && site !== 'same-origin' && site !== 'none';
    if (origin === undefined && isOtherSite) return foreignPage(undefined);
    if (reads && !this.#hasToken(message)) return tokenMissing;
    return undefined;
  }

  #isOwn(host: string, local: string | undefined): boolean {
    const name = nameOf(host);
    return isLoopback(name) || this.#names.has(name) || (local !== undefined && name === nameOf(local));
  }

  /** A page of the recorder's own address, or one that was named. */
  #mayCome(origin: string, host: string | undefined): boolean {
    const url = URL.parse(origin);
    if (!url) return false;
    return this.#given.has(nameOf(url.host)) || url.host === host?.toLowerCase();
  }

  #hasToken({ url = '', headers }: IncomingMessage): boolean {
    if (this.readToken === undefined) return true;
    const [, query = ''] = url.split('?', 2);
    const bearer = /^bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
    const given = Buffer.from(bearer ?? new URLSearchParams(query).get('token') ?? '');
    const token = Buffer.from(this.readToken);
    return given.length === token.length && timingSafeEqual(given, token);
  }
}

/** A name or an address without its port and brackets, in lower case; an IPv4 address that IPv6 wraps is unwrapped. */
export function nameOf(host: string): string {
  const bare = isIP(host) === 6 ? host : (/^\[(.*)\](?::\d*)?$/.exec(host)?.[1] ?? host.replace(/:\d*$/, ''));
  return bare
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^::ffff:(?=\d+\.)/, '');
}

export function isLoopback(host: string): boolean {
  const name = nameOf(host);
  return name === 'localhost' || name === '::1' || (isIP(name) === 4 && name.startsWith('127.'));
}

function unknownHost(host: string): Answer {
  const name = nameOf(host);
  return refusal(
    403,
    `The Host header names ${JSON.stringify(name)}, and the recorder is not known by that name. If it is, start it with --host-name ${name}`,
  );
}

function foreignPage(origin: string | undefined): Answer {
  const page = origin === undefined ? 'of another site' : `at ${JSON.stringify(origin)}`;
  return refusal(
    403,
    `A web page ${page} sent this request (Origin, Sec-Fetch-Site). If your adapter runs in that page, start the recorder with --host-name and the page's host`,
  );
}

const tokenMissing = refusal(
  401,
  'Reading needs the token that the recorder printed when it started: /?token=…, or the header Authorization: Bearer …',
  { 'www-authenticate': 'Bearer' },
);
