// Searches a text, and everything that can be decoded out of it, for a secret and for anything shaped like a JWT.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import jwt from 'jsonwebtoken';

/** How many times something may be packed into something else. */
const deepest = 3;

/** Every leak, with what surrounds it. @param marker a part of the secret that every encoding of texts leaves alone */
export function leaks(text: string, secret: string, marker: string): string[] {
  const found = new Set<string>();
  const seen = new Set<string>();
  let layer = [text];
  for (let depth = 0; depth <= deepest && layer.length > 0; depth++) {
    for (const one of layer) look(one, secret, marker, found);
    layer = layer.flatMap(decodings).filter((one) => !seen.has(one) && seen.add(one));
  }
  return [...found];
}

/** Leaks of all files of a folder, each with the name of its file. */
export function leaksOfFolder(folder: string, secret: string, marker: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return files.flatMap((file) => {
    const bytes = readFileSync(path.join(file.parentPath, file.name));
    const text = `${file.name}\n${(file.name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')}`;
    return leaks(text, secret, marker).map((leak) => `${file.name}: ${leak}`);
  });
}

function look(text: string, secret: string, marker: string, found: Set<string>): void {
  const needles = [secret, marker, Buffer.from(marker).toString('hex')];
  const folded = text.toLowerCase();
  for (const needle of needles) {
    const at = folded.indexOf(needle.toLowerCase());
    if (at >= 0) found.add(text.slice(Math.max(0, at - 60), at + 80));
  }
  for (const [shape] of text.matchAll(/eyJ[\w-]+\.eyJ[\w-]+(?:\.[\w-]*)?/g)) found.add(shape);
  for (const [token] of text.matchAll(/[\w-]{8,}\.[\w-]{8,}\.[\w-]{20,}/g)) {
    if (verifies(token, secret)) found.add(token);
  }
}

function verifies(token: string, secret: string): boolean {
  try {
    jwt.verify(token, secret, { ignoreExpiration: true });
    return true;
  } catch {
    return false;
  }
}

function decodings(text: string): string[] {
  const runs = [...new Set(text.match(/[A-Za-z0-9+/_-]{20,}={0,2}/g) ?? [])];
  // A run may start in the middle of a group of four, when something else stands before the secret.
  const unpacked = runs.flatMap((run) =>
    [0, 1, 2, 3].map((start) => Buffer.from(run.slice(start), 'base64').toString('utf8')),
  );
  const hex = (text.match(/(?:[0-9a-f]{2}){10,}/gi) ?? []).map((run) =>
    Buffer.from(run, 'hex').toString('utf8'),
  );
  const changed = [unescaped(text), unpercented(text), withoutEntities(text)].filter((one) => one !== text);
  return [...changed, [...unpacked, ...hex].join('\n')].filter((one) => one !== '');
}

function unescaped(text: string): string {
  return text
    .replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\\(["\\/])/g, '$1');
}

function unpercented(text: string): string {
  return text.replaceAll('+', ' ').replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
    return Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8');
  });
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function withoutEntities(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (all, decimal, hex, name) => {
    if (name) return entities[name] ?? all;
    return String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hex, 16));
  });
}
