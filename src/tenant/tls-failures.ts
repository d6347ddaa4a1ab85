// What a failed TLS handshake is about, as OpenSSL and Node name it: what there is to say in place of their words, and to do.

export interface TlsTrouble {
  /** In place of what the library says. */
  what?: string;
  todo: (url: string) => string;
}

const byCode: Record<string, TlsTrouble> = {
  CERT_HAS_EXPIRED: {
    todo: () =>
      'have it renewed; if it should still be valid, set the clock of this machine; npm run doctor shows its date',
  },
  CERT_NOT_YET_VALID: {
    todo: () =>
      'set the clock of this machine, or have the certificate replaced; npm run doctor shows its date',
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    todo: (url) => `check the host in ${url}: the certificate is for another one`,
  },
};

const noTls: TlsTrouble = {
  what: 'what answers there does not speak TLS',
  todo: (url) => `check the port in ${url}, or begin it with http:// in place of https://`,
};

/** How OpenSSL takes bytes that are not TLS. */
const plainCodes = ['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG', 'ERR_SSL_HTTP_REQUEST'];
const plainWords = /wrong version number|packet length too long|http request/i;

/** OpenSSL's own line: 402D…:error:0A000102:SSL routines:function:what is wrong:file:line: */
const opensslLine = /:SSL routines:[^:]*:([^:]+):/;

/** @param message of the error, which may be OpenSSL's own line @returns undefined when the code says no more than "TLS" */
export function tlsTrouble(code: string | undefined, message: string): TlsTrouble | undefined {
  if (code !== undefined && Object.hasOwn(byCode, code)) return byCode[code];
  if (plainCodes.includes(code ?? '') || plainWords.test(message)) return noTls;
  const [, wrong] = opensslLine.exec(message) ?? [];
  if (wrong === undefined) return undefined;
  const todo = (url: string) =>
    `check https:// and the host in ${url}; which versions of TLS it speaks knows whoever runs it`;
  return { what: `the TLS handshake failed (${wrong})`, todo };
}
