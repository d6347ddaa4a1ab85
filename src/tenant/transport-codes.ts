// Which code of ours an error of the network has: by the code that Node, undici or OpenSSL gave it. Unaware of what is
// done about it.
import type { TransportCode } from '../errors/error-codes.ts';
import { AnswerTooLong } from './answer-limit.ts';

const bySystemCode: Record<string, TransportCode> = {
  ENOTFOUND: 'TRANSPORT_DNS',
  EAI_AGAIN: 'TRANSPORT_DNS',
  EAI_FAIL: 'TRANSPORT_DNS',
  ECONNREFUSED: 'TRANSPORT_REFUSED',
  EHOSTUNREACH: 'TRANSPORT_REFUSED',
  ENETUNREACH: 'TRANSPORT_REFUSED',
  ETIMEDOUT: 'TRANSPORT_TIMEOUT',
  UND_ERR_CONNECT_TIMEOUT: 'TRANSPORT_TIMEOUT',
  UND_ERR_HEADERS_TIMEOUT: 'TRANSPORT_TIMEOUT',
  UND_ERR_BODY_TIMEOUT: 'TRANSPORT_TIMEOUT',
  ECONNRESET: 'TRANSPORT_RESET',
  ECONNABORTED: 'TRANSPORT_RESET',
  EPIPE: 'TRANSPORT_RESET',
  UND_ERR_SOCKET: 'TRANSPORT_RESET',
  UND_ERR_HEADERS_OVERFLOW: 'TRANSPORT_MALFORMED',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'TRANSPORT_MALFORMED',
  // So undici ends on a status below 100.
  ERR_ASSERTION: 'TRANSPORT_MALFORMED',
  UND_ERR_RES_EXCEEDED_MAX_SIZE: 'TRANSPORT_TOO_LONG',
  UND_ERR_DESTROYED: 'TRANSPORT_CLOSED',
  UND_ERR_CLOSED: 'TRANSPORT_CLOSED',
  UND_ERR_PRX_TLS: 'TRANSPORT_TLS',
  // So undici ends a request for which the proxy opened no tunnel; nothing else here makes it abort one.
  UND_ERR_ABORTED: 'PROXY_REFUSED',
  EPROTO: 'TRANSPORT_TLS',
  // What OpenSSL has against a certificate, where the name of it does not say so.
  UNABLE_TO_GET_ISSUER_CERT: 'TRANSPORT_TLS',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'TRANSPORT_TLS',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'TRANSPORT_TLS',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'TRANSPORT_TLS',
  SELF_SIGNED_CERT_IN_CHAIN: 'TRANSPORT_TLS',
  INVALID_CA: 'TRANSPORT_TLS',
  INVALID_PURPOSE: 'TRANSPORT_TLS',
  PATH_LENGTH_EXCEEDED: 'TRANSPORT_TLS',
  HOSTNAME_MISMATCH: 'TRANSPORT_TLS',
};

/**
 * Alerts of the other side about the certificate of this one (RFC 8446, 6.2), as Node names them, and as OpenSSL counts them in
 * the message: 40 is what TLS 1.2 has for a certificate that is missing.
 */
const aboutOwnCertificate =
  /^ERR_SSL_(?:TLSV\d+_ALERT_|SSLV3_ALERT_)(?:CERTIFICATE_(?:REQUIRED|EXPIRED|REVOKED|UNKNOWN)|BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED|HANDSHAKE_FAILURE)$/;
const alertInWords = /SSL alert number (?:4[0-689]|116)\b/;

/** Codes of which there are many. */
const byFamily: [prefix: string, code: TransportCode][] = [
  ['CERT_', 'TRANSPORT_TLS'],
  ['ERR_TLS_', 'TRANSPORT_TLS'],
  ['ERR_SSL_', 'TRANSPORT_TLS'],
  // What the parser of HTTP has against an answer.
  ['HPE_', 'TRANSPORT_MALFORMED'],
];

/** Errors that carry no code, by their class. */
const byName: Record<string, TransportCode> = {
  // Of Playwright, and of a signal.
  TimeoutError: 'TRANSPORT_TIMEOUT',
  // Of undici.
  HTTPParserError: 'TRANSPORT_MALFORMED',
};

/** Errors without a code, or with one of another error, by how their message begins. */
const byText: [text: string, code: TransportCode][] = [
  // The connection broke off within the body of the answer.
  ['aborted', 'TRANSPORT_RESET'],
  // An answer 101 to a request that asked for no other protocol.
  ['bad upgrade', 'TRANSPORT_MALFORMED'],
  ['failed to decompress ', 'TRANSPORT_MALFORMED'],
  ['Proxy connection ended before receiving CONNECT response', 'PROXY_REFUSED'],
];

/** @param message what the error says, without what its library puts before it */
export function transportCodeOf(error: unknown, message: string): TransportCode {
  if (error instanceof AnswerTooLong) return error.code;
  if (alertInWords.test(message)) return 'TRANSPORT_CLIENT_CERTIFICATE';
  return (
    starting(byText, message) ??
    ofSystemCode(systemCodeOf(error, message) ?? '') ??
    byName[(error as Error).name] ??
    'TRANSPORT_FAILED'
  );
}

/** undefined when it is not one of a failed connection. */
export function ofSystemCode(code: string): TransportCode | undefined {
  if (aboutOwnCertificate.test(code)) return 'TRANSPORT_CLIENT_CERTIFICATE';
  return bySystemCode[code] ?? starting(byFamily, code);
}

/** The code that the error carries, or that its cause does, or that is a word of its message, as with a SOCKS proxy. */
export function systemCodeOf(error: unknown, message: string): string | undefined {
  const { code, cause } = error as NodeJS.ErrnoException;
  if (typeof code === 'string') return code;
  if (cause instanceof Error) return systemCodeOf(cause, cause.message);
  return /\b(?:E[A-Z]{3,}|EAI_[A-Z]+)\b/.exec(message)?.[0];
}

function starting(table: [start: string, code: TransportCode][], text: string): TransportCode | undefined {
  return table.find(([start]) => text.startsWith(start))?.[1];
}
