// Personal data as it occurs in traffic, planted wherever a sender can put it; and the search for it in all that was written.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

export const planted = {
  customer: 'Wilhelmina Featherstonehaugh',
  agent: 'Ezekiel Okonkwo-Lindqvist',
  email: 'ezekiel.okonkwo@callcentre.example',
  phone: '+49 170 5550123',
  number: 4917055501239,
  address: 'Quellenstrasse 17, 1100 Wien',
  said: 'My card was blocked after the transfer to Przybylski.',
};

/** Parts of them, as they would be left by a replacement that knows whole values only. */
const traces = [
  ...[
    'Wilhelmina',
    'Featherstonehaugh',
    'Ezekiel',
    'Okonkwo',
    'Lindqvist',
    'callcentre',
    '5550123',
    '55501239',
  ],
  ...['Quellenstrasse', 'Przybylski', 'card was blocked'],
];

export function assertNothingPlanted(text: string, where: string): void {
  const forms = [text, decoded(text), text.replace(/[A-Za-z0-9+/]{16,}={0,2}/g, (part) => base64(part))];
  for (const trace of traces) {
    assert.ok(
      !forms.some((form) => form.toLowerCase().includes(trace.toLowerCase())),
      `${where} has ${trace}`,
    );
  }
}

function decoded(text: string): string {
  return text.replace(/(?:%[\da-f]{2})+/gi, (part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
}

function base64(part: string): string {
  return Buffer.from(part, 'base64').toString('latin1');
}

/** Searches the names and the contents of all files. @returns how many files there are */
export function assertCleanFolder(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  for (const { parentPath, name } of files) {
    const bytes = readFileSync(path.join(parentPath, name));
    assertNothingPlanted(name, 'the name of a file');
    assertNothingPlanted((name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1'), name);
  }
  return files.length;
}
