// messages.ndjson.gz: the messages of a run as cucumber sends them, so that what was seen can be judged again. The records of
// the scenarios are attachments in them. What is known of the run as a whole is an attachment too, at the beginning and at the
// end: a file without the one at the end is of a run that was killed.
//
// Each scenario is a gzip file of its own, one after the other, which together are a gzip file: what is written stays readable
// however the process ends.
import { appendFileSync, closeSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { constants, gunzip, gzipSync } from 'node:zlib';
import type { Envelope } from '@cucumber/messages';
import { codeOf } from '../system/error-code.ts';

export const messageFileName = 'messages.ndjson.gz';

/** Media types of the two attachments that belong to no scenario. */
export const runHeadType = 'application/vnd.agent-ai-conformance.run-head+json';
export const runEndType = 'application/vnd.agent-ai-conformance.run-end+json';

/** Characters of lines that wait to be compressed. */
const maxWaiting = 256 * 1024;

export class MessageFile {
  #file: number | undefined;
  #waiting: string[] = [];
  #length = 0;
  #error: unknown;

  constructor(folder: string) {
    this.#attempt(() => {
      this.#file = openSync(path.join(folder, messageFileName), 'wx');
    });
  }

  /** Written when its scenario has ended. */
  readonly add = (envelope: Envelope): void => {
    const line = JSON.stringify(envelope);
    this.#waiting.push(line);
    this.#length += line.length;
    if (envelope.testCaseFinished || this.#length > maxWaiting) this.#write();
  };

  /** Something about the run as a whole. Written at once. */
  note(mediaType: string, content: object): void {
    const attachment = { body: JSON.stringify(content), contentEncoding: 'IDENTITY', mediaType };
    this.add({ attachment } as Envelope);
    this.#write();
  }

  /** @returns why the file is not complete, if it is not */
  close(): string | undefined {
    this.#write();
    const file = this.#file;
    this.#file = undefined;
    if (file !== undefined) this.#attempt(() => closeSync(file));
    return this.#error === undefined ? undefined : (codeOf(this.#error) ?? String(this.#error));
  }

  #write(): void {
    const file = this.#file;
    const lines = this.#waiting.splice(0);
    this.#length = 0;
    if (file === undefined || lines.length === 0) return;
    this.#attempt(() => appendFileSync(file, gzipSync(lines.map((line) => `${line}\n`).join(''))));
  }

  /** Keeps the error for `close`: a full disk must not stop the run. What follows a gap would be misleading. */
  #attempt(act: () => void): void {
    if (this.#error !== undefined) return;
    try {
      act();
    } catch (error) {
      this.#error = error;
    }
  }
}

/** @throws when the file cannot be read, or is not what its name says; a file that is cut off is read as far as it goes */
export async function readMessages(folder: string): Promise<Envelope[]> {
  const packed = readFileSync(path.join(folder, messageFileName));
  const bytes = await promisify(gunzip)(packed, { finishFlush: constants.Z_SYNC_FLUSH });
  const envelopes: Envelope[] = [];
  for (let from = 0, to = bytes.indexOf('\n'); to >= 0; from = to + 1, to = bytes.indexOf('\n', from)) {
    envelopes.push(JSON.parse(bytes.toString('utf8', from, to)));
  }
  return envelopes;
}
