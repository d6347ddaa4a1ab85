// Certificates for a TLS connection, each its own CA, made by openssl for one test file.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { timeLimit } from '../time-limit.ts';
import { temporaryFolder } from './harness.ts';

export const noOpenssl = 'no openssl on this machine to make a certificate with';

export interface Certificate {
  /** Where it is, for NODE_EXTRA_CA_CERTS. */
  file: string;
  keyFile: string;
  key: Buffer;
  cert: Buffer;
}

/**
 * undefined where there is no openssl. @param name of its subject; no two of the same: a trust store looks by it
 * @param host as in IP:127.0.0.1 @param days that it is valid for; a negative number has expired
 */
export function certificate(name: string, host: string, days: number): Certificate | undefined {
  const folder = temporaryFolder();
  const [key, request, cert, names] = ['key.pem', 'request.pem', 'cert.pem', 'names.cnf'].map((name) =>
    path.join(folder, name),
  ) as [string, string, string, string];
  writeFileSync(names, `subjectAltName=${host}\n`);
  const ask = ['req', '-new', '-newkey', 'rsa:2048', '-nodes', '-utf8', '-subj', `/CN=${name}`];
  const sign = ['x509', '-req', '-in', request, '-signkey', key, '-days', String(days), '-extfile', names];
  try {
    openssl(...ask, '-keyout', key, '-out', request);
    openssl(...sign, '-out', cert);
  } catch {
    return undefined;
  }
  return { file: cert, keyFile: key, key: readFileSync(key), cert: readFileSync(cert) };
}

function openssl(...args: string[]): void {
  execFileSync('openssl', args, { stdio: 'ignore', timeout: timeLimit });
}
