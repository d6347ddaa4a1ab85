// Whether the tenant's certificate is valid, and for how long. The token is sent only to a tenant that passes this check.
import { once } from 'node:events';
import { isIP } from 'node:net';
import { connect, type PeerCertificate, type TLSSocket } from 'node:tls';
import { missingForCallbacks } from '../tenant/callback-reach.ts';
import { extraCaAdvice } from '../tenant/certificates.ts';
import { clientCertificateFor } from '../tenant/client-certificate.ts';
import { transportCodeOf } from '../tenant/transport-codes.ts';
import { canTunnel, endOf, openConnection } from './connection.ts';
import { type Diagnosis, note, ok, toFix } from './diagnosis.ts';
import type { Examination } from './examination.ts';

const dayMs = 24 * 60 * 60 * 1000;
const fewDays = 14;
/** How long a server has at least to refuse the certificate of this machine. */
const leastPatienceMs = 200;

export async function tls(examination: Examination): Promise<Diagnosis> {
  const { url, proxy, timeoutMs } = examination;
  if (url.protocol === 'http:') return plain(url);
  if (proxy && !canTunnel(proxy)) {
    return note('not looked at: the proxy speaks SOCKS', 'the next line shows whether TLS works');
  }
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const socket = await handshake(examination, signal);
    try {
      return certificate(socket, examination);
    } finally {
      socket.destroy();
    }
  } catch (error) {
    return noHandshake(error as NodeJS.ErrnoException, signal.aborted ? timeoutMs : undefined);
  }
}

function plain(url: URL): Diagnosis {
  // What is on this machine passes no network.
  const local = missingForCallbacks(url.href, undefined).length === 0;
  if (local) return ok('not used: TENANT_URL begins with http://');
  return note(
    'not used: anyone on the network can read the token',
    'TENANT_URL: use https:// if the tenant has it',
  );
}

/** The certificate is looked at afterwards: an error would not say whose it is. */
async function handshake({ url, proxy, env }: Examination, signal: AbortSignal): Promise<TLSSocket> {
  const bare = await openConnection(url, proxy, signal);
  const { host } = endOf(url);
  const socket = connect({
    socket: bare,
    host,
    ...(isIP(host) ? {} : { servername: host }),
    rejectUnauthorized: false,
    ...clientCertificateFor(url.href, env),
  });
  // A second error has no other listener, and would end the process.
  socket.on('error', () => {});
  signal.addEventListener('abort', () => socket.destroy(new Error('timed out')));
  const start = performance.now();
  await once(socket, 'secureConnect');
  await refusal(socket, performance.now() - start);
  return socket;
}

/**
 * With TLS 1.3 a server says only after the handshake that it wants another certificate. Whoever has sent something by then
 * often sees the connection closed, and not why. @throws the alert
 */
async function refusal(socket: TLSSocket, handshakeMs: number): Promise<void> {
  const patience = AbortSignal.timeout(Math.max(leastPatienceMs, Math.ceil(2 * handshakeMs)));
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  patience.addEventListener('abort', () => resolve());
  socket.once('error', reject);
  await promise;
}

/** How OpenSSL takes bytes that are not TLS. */
const plainAnswer = new Set(['EPROTO', 'ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG']);

function noHandshake(error: NodeJS.ErrnoException, waitedMs: number | undefined): Diagnosis {
  if (waitedMs !== undefined) {
    return toFix(`no TLS within ${waitedMs} ms`, 'TENANT_URL: does this port speak https?');
  }
  if (transportCodeOf(error, error.message) === 'TRANSPORT_CLIENT_CERTIFICATE') {
    return toFix(
      `a certificate of this machine is asked for, and none was accepted (${error.code ?? 'unknown reason'})`,
      'TENANT_CLIENT_CERT, TENANT_CLIENT_KEY: set them to a certificate that the tenant knows',
    );
  }
  if (plainAnswer.has(error.code ?? '')) {
    return toFix(
      'what answers there does not speak TLS',
      'TENANT_URL: check the port, or begin it with http://',
    );
  }
  return toFix(
    `the handshake failed: ${error.code ?? error.message}`,
    'TENANT_URL: check host and port; a firewall that looks into TLS may have closed it',
  );
}

function certificate(socket: TLSSocket, examination: Examination): Diagnosis {
  const peer = socket.getPeerCertificate();
  const until = new Date(peer.valid_to);
  const days = Math.floor((until.getTime() - Date.now()) / dayMs);
  const seen = `${socket.getProtocol()}, certificate by ${issuer(peer)}`;
  const code = String(socket.authorizationError ?? '');
  if (!socket.authorized) return distrusted(code, peer, seen, examination);
  const valid = `${seen}, valid until ${day(until)} (${days} days)`;
  if (days >= fewDays) return ok(valid);
  return note(valid, `have the certificate of ${examination.url.hostname} renewed before ${day(until)}`);
}

function distrusted(code: string, peer: PeerCertificate, seen: string, examination: Examination): Diagnosis {
  const { url } = examination;
  if (code === 'CERT_HAS_EXPIRED') {
    const todo = `have the certificate of ${url.hostname} renewed; if it should still be valid, set the clock of this machine`;
    return toFix(`${seen}, expired on ${day(new Date(peer.valid_to))}`, todo);
  }
  if (code === 'CERT_NOT_YET_VALID') {
    const from = day(new Date(peer.valid_from));
    return toFix(`${seen}, not valid before ${from}`, 'set the clock of this machine if that day is past');
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    const names = peer.subjectaltname ?? `CN ${first(peer.subject?.CN)}`;
    return toFix(`${seen}, not for ${url.hostname} but for ${names}`, 'TENANT_URL: check the host name');
  }
  const kind = code.includes('SELF_SIGNED') ? 'signed by itself or by a private CA' : 'of a CA unknown here';
  return toFix(`${seen}, ${kind} (${code})`, extraCaAdvice(examination.env, examination.caAtStart));
}

function issuer({ issuer }: PeerCertificate): string {
  return first(issuer?.O) || first(issuer?.CN) || 'nobody named';
}

function first(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value[0] : value) ?? '';
}

function day(date: Date): string {
  return Number.isNaN(date.getTime()) ? 'a day that cannot be read' : date.toISOString().slice(0, 10);
}
