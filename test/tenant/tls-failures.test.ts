// What is said of a failed handshake, by the codes and lines of OpenSSL.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tlsTrouble } from '../../src/tenant/tls-failures.ts';

const line = (wrong: string) =>
  `write EPROTO 402D1A2B:error:0A000102:SSL routines:tls_get_more_records:${wrong}:../ssl/record/methods/tlsany_meth.c:77:`;

const rows: [name: string, code: string | undefined, message: string, says: RegExp][] = [
  [
    'an expired certificate',
    'CERT_HAS_EXPIRED',
    'certificate has expired',
    /^undefined: have it renewed.*npm run doctor/,
  ],
  ['one of tomorrow', 'CERT_NOT_YET_VALID', 'certificate is not yet valid', /set the clock of this machine/],
  ['one of another host', 'ERR_TLS_CERT_ALTNAME_INVALID', 'x', /check the host in TENANT_URL/],
  [
    'plain HTTP',
    'EPROTO',
    line('packet length too long'),
    /^what answers there does not speak TLS: check the port/,
  ],
  ['plain HTTP, by its code', 'ERR_SSL_WRONG_VERSION_NUMBER', 'x', /^what answers there does not speak TLS/],
  [
    'another version',
    'EPROTO',
    line('unsupported protocol'),
    /^the TLS handshake failed \(unsupported protocol\): /,
  ],
];

for (const [name, code, message, says] of rows) {
  test(`${name}: without OpenSSL's own line`, () => {
    const { what, todo } = tlsTrouble(code, message)!;
    const text = `${what}: ${todo('TENANT_URL')}`;
    assert.match(text, says);
    assert.doesNotMatch(text, /\.c:|EPROTO|NODE_EXTRA_CA_CERTS/);
  });
}

test('of a CA that is not known, nothing else is said', () => {
  assert.equal(tlsTrouble('DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate'), undefined);
});
