// Certificates for a way over TLS, made by openssl for one test file.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from './harness.ts';

export interface Certificate {
  key: Buffer;
  cert: Buffer;
}

/**
 * undefined where there is no openssl. @param name no two of the same: a trust store looks by it
 * @param days that it is valid for; a negative number has expired
 */
export function certificate(name: string, host: string, days: number): Certificate | undefined {
  const folder = temporaryFolder();
  const [key, request, cert, names] = ['key.pem', 'request.pem', 'cert.pem', 'names.cnf'].map((name) =>
    path.join(folder, name),
  ) as [string, string, string, string];
  writeFileSync(names, `subjectAltName=${host}\n`);
  const ask = ['req', '-new', '-newkey', 'rsa:2048', '-nodes', '-subj', `/CN=${name}`];
  const sign = ['x509', '-req', '-in', request, '-signkey', key, '-days', String(days), '-extfile', names];
  try {
    execFileSync('openssl', [...ask, '-keyout', key, '-out', request], { stdio: 'ignore' });
    execFileSync('openssl', [...sign, '-out', cert], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  return { key: readFileSync(key), cert: readFileSync(cert) };
}
