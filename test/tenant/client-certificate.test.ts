// The certificate of this machine: it is used for the tenant alone, and what is wrong with its files is named.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { CodedError } from '../../src/errors/coded-error.ts';
import { clientCertificate, clientCertificateFor } from '../../src/tenant/client-certificate.ts';
import { ofSystemCode, transportCodeOf } from '../../src/tenant/transport-codes.ts';
import { certificate, noOpenssl } from '../run/certificates.ts';
import { temporaryFolder } from '../run/harness.ts';

const own = certificate('client', 'IP:127.0.0.1', 2);
const skip = !own && noOpenssl;
const set = (cert: string, key: string, passphrase = '') => ({
  TENANT_CLIENT_CERT: cert,
  TENANT_CLIENT_KEY: key,
  TENANT_CLIENT_PASSPHRASE: passphrase,
});

function problem(env: Record<string, string>): string {
  try {
    clientCertificate(env);
  } catch (error) {
    assert.ok(error instanceof CodedError);
    assert.equal(error.code, 'CLIENT_CERTIFICATE');
    return error.text;
  }
  return assert.fail('it was accepted');
}

test('none is set', () => assert.equal(clientCertificate({ TENANT_CLIENT_CERT: '' }), undefined));

test('it is for the tenant alone, over TLS', { skip }, () => {
  const env = { ...set(own!.file, own!.keyFile), TENANT_URL: 'https://tenant.example/base' };
  assert.deepEqual(clientCertificateFor('https://tenant.example/hooks', env), {
    cert: own!.cert,
    key: own!.key,
  });
  assert.equal(clientCertificateFor('https://other.example', env), undefined);
  assert.equal(clientCertificateFor('https://tenant.example:8443', env), undefined);
  assert.equal(
    clientCertificateFor('http://tenant.example', { ...env, TENANT_URL: 'http://tenant.example' }),
    undefined,
  );
});

test('a file that is missing, or not there, is named; all of them at once', { skip }, () => {
  assert.match(problem({ TENANT_CLIENT_CERT: own!.file }), /TENANT_CLIENT_KEY {2}missing/);
  const both = problem(set('/no/such/cert.pem', '/no/such/key.pem'));
  assert.match(both, /TENANT_CLIENT_CERT {2}.*ENOENT\n.*TENANT_CLIENT_KEY {2}.*ENOENT/);
});

test('a device, which might never end, is not read', { skip: !existsSync('/dev/zero') }, () => {
  assert.match(
    problem(set('/dev/zero', '/dev/zero')),
    /TENANT_CLIENT_CERT {2}\/dev\/zero cannot be read: NOT_A_FILE/,
  );
});

test('what does not fit together, or is no PEM, is named', { skip }, () => {
  const other = certificate('other', 'IP:127.0.0.1', 2)!;
  assert.match(
    problem(set(own!.file, other.keyFile)),
    /TENANT_CLIENT_KEY {2}is not the key of the certificate/,
  );
  const text = path.join(temporaryFolder(), 'text.pem');
  writeFileSync(text, 'not a certificate');
  assert.match(problem(set(text, own!.keyFile)), /hold no certificate and key in PEM form/);
});

test('a key that takes a passphrase', { skip }, () => {
  const key = path.join(temporaryFolder(), 'locked.pem');
  const phrase = 'open sesame';
  execFileSync(
    'openssl',
    ['rsa', '-aes256', '-passout', `pass:${phrase}`, '-in', own!.keyFile, '-out', key],
    {
      stdio: 'ignore',
    },
  );
  assert.equal(clientCertificate(set(own!.file, key, phrase))?.passphrase, phrase);
  const wrong = problem(set(own!.file, key, 'close sesame'));
  assert.match(wrong, /TENANT_CLIENT_PASSPHRASE {2}does not open the key/);
  assert.doesNotMatch(wrong, /sesame/);
  assert.match(problem(set(own!.file, key)), /TENANT_CLIENT_PASSPHRASE {2}is not set/);
});

test('the alerts of a tenant about it are kept apart from those about an unknown CA of its own', () => {
  for (const alert of [
    'TLSV13_ALERT_CERTIFICATE_REQUIRED',
    'TLSV1_ALERT_UNKNOWN_CA',
    'SSLV3_ALERT_HANDSHAKE_FAILURE',
  ]) {
    assert.equal(ofSystemCode(`ERR_SSL_${alert}`), 'TRANSPORT_CLIENT_CERTIFICATE', alert);
  }
  const inWords = 'write EPROTO: ssl/tls alert handshake failure: SSL alert number 40';
  assert.equal(transportCodeOf(new Error(inWords), inWords), 'TRANSPORT_CLIENT_CERTIFICATE');
  for (const code of ['DEPTH_ZERO_SELF_SIGNED_CERT', 'ERR_SSL_WRONG_VERSION_NUMBER']) {
    assert.equal(ofSystemCode(code), 'TRANSPORT_TLS', code);
  }
});
