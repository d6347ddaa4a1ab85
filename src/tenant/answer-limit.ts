// How much of an answer is read. Playwright reads it whole, whatever it is, so the count is taken below it, where Node
// tells of each HTTP request that is made. Unaware of what an answer should hold.
import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

/** Most bytes of an answer, as it comes and unpacked: a documented one has a few hundred. */
export const maxAnswerBytes = 10_000_000;

/** An answer was longer than is read; the request was sent, and may have been processed. */
export class AnswerTooLong extends Error {
  override readonly name = 'AnswerTooLong';

  constructor() {
    super(`the answer is longer than ${maxAnswerBytes / 1_000_000} MB, and was not read to its end`);
  }
}

/** The encodings that Playwright unpacks. */
const unpackers: Record<string, () => Transform> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  br: createBrotliDecompress,
  deflate: createInflate,
};

interface Reading {
  tooLong: boolean;
}

const readings = new AsyncLocalStorage<Reading>();
let subscribed = false;

/** Makes a request whose answer is not read beyond the limit. @throws AnswerTooLong, and whatever `request` throws */
export async function withinLimit<T>(request: () => Promise<T>): Promise<T> {
  if (!subscribed) subscribe('http.client.request.created', onRequest);
  subscribed = true;
  const reading: Reading = { tooLong: false };
  try {
    return await readings.run(reading, request);
  } catch (error) {
    throw reading.tooLong ? new AnswerTooLong() : error;
  }
}

/** Requests of others in this process have no reading, and are left alone. */
function onRequest(message: unknown): void {
  const { request } = message as { request: ClientRequest };
  const reading = readings.getStore();
  if (!reading) return;
  const giveUp = () => {
    reading.tooLong = true;
    request.destroy();
  };
  request.prependOnceListener('response', (response) => {
    // To listen any earlier would set the answer flowing before Playwright listens.
    response.once('resume', () => count(response, giveUp));
  });
}

/** A few bytes may unpack to any number, so both are counted; what was counted is let go. */
function count(response: IncomingMessage, giveUp: () => void): void {
  const unpacking = unpacked(response);
  for (const bytes of unpacking ? [response, unpacking] : [response]) {
    let sum = 0;
    bytes.on('data', (chunk: Buffer) => {
      sum += chunk.length;
      if (sum > maxAnswerBytes) giveUp();
    });
  }
}

function unpacked(response: IncomingMessage): Transform | undefined {
  const unpack = unpackers[response.headers['content-encoding']?.toLowerCase() ?? ''];
  // Bytes that cannot be unpacked are told by Playwright.
  return unpack && response.pipe(unpack().on('error', () => {}));
}
