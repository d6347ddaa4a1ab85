// The certificate by which this machine shows a tenant who it is (mTLS), from its files.
import { createSecureContext } from 'node:tls';
import { CodedError } from '../errors/coded-error.ts';
import type { Env } from '../system/env.ts';
import { codeOf } from '../system/error-code.ts';
import { readSmallFile } from '../system/read-small-file.ts';
import { oneLine } from '../text/one-line.ts';

/** Bytes; chains of certificates have a few thousand. */
const maxLength = 1024 * 1024;

/** As Node's TLS takes it. */
export interface ClientCertificate {
  cert: Buffer;
  key: Buffer;
  passphrase?: string;
}

const settings = ['TENANT_CLIENT_CERT', 'TENANT_CLIENT_KEY'] as const;

/**
 * undefined when none is set.
 * @throws CodedError when the files cannot be used; nothing of key and passphrase is in it
 */
export function clientCertificate(env: Env): ClientCertificate | undefined {
  const named = settings.filter((name) => env[name]);
  if (named.length === 0) return undefined;
  const problems: string[] = settings
    .filter((name) => !env[name])
    .map((name) => `${name}  missing: a certificate and its key belong together`);
  const [cert, key] = settings.map((name) => (env[name] ? contentOf(name, env[name], problems) : undefined));
  if (!cert || !key) throw unusable(problems);
  const passphrase = env.TENANT_CLIENT_PASSPHRASE;
  const certificate = { cert, key, ...(passphrase ? { passphrase } : {}) };
  try {
    createSecureContext(certificate);
  } catch (error) {
    throw unusable([whatIsWrong(codeOf(error) ?? '', passphrase)]);
  }
  return certificate;
}

/** Only for the tenant itself: nobody else learns who this machine is. */
export function clientCertificateFor(url: string, env: Env): ClientCertificate | undefined {
  const tenant = URL.parse(env.TENANT_URL ?? '');
  return tenant?.protocol === 'https:' && tenant.origin === new URL(url).origin
    ? clientCertificate(env)
    : undefined;
}

function contentOf(name: string, file: string, problems: string[]): Buffer | undefined {
  try {
    return readSmallFile(file, maxLength);
  } catch (error) {
    problems.push(`${name}  ${oneLine(file, 200)} cannot be read: ${codeOf(error) ?? 'unknown reason'}`);
    return undefined;
  }
}

function whatIsWrong(code: string, passphrase: string | undefined): string {
  if (code === 'ERR_OSSL_X509_KEY_VALUES_MISMATCH')
    return 'TENANT_CLIENT_KEY  is not the key of the certificate in TENANT_CLIENT_CERT';
  if (
    /BAD_DECRYPT|INTERRUPTED_OR_CANCELLED|PROBLEMS_GETTING_PASSWORD|BAD_PASSWORD|MISSING_PASSPHRASE/.test(
      code,
    )
  )
    return `TENANT_CLIENT_PASSPHRASE  ${passphrase ? 'does not open' : 'is not set, and it takes one to open'} the key in TENANT_CLIENT_KEY`;
  return `TENANT_CLIENT_CERT, TENANT_CLIENT_KEY  hold no certificate and key in PEM form (${code || 'unknown reason'})`;
}

function unusable(problems: readonly string[]): CodedError {
  return new CodedError(
    'CLIENT_CERTIFICATE',
    `the certificate of this machine cannot be used:\n  ${problems.join('\n  ')}`,
  );
}
