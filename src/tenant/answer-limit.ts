// How much of an answer is read. Playwright reads all of it, however long it is, so the bytes are counted below it, where
// Node announces each HTTP request. Unaware of what an answer should hold.
import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import type { Duplex, Readable } from 'node:stream';
import type { TransportCode } from '../errors/error-codes.ts';

/** Most bytes of an answer, as it comes and unpacked: a documented one has a few hundred. */
export const maxAnswerBytes = 10_000_000;

/** An answer was longer than is read; the request was sent, and may have been processed. */
export class AnswerTooLong extends Error {
  override readonly name = 'AnswerTooLong';
  readonly code = 'TRANSPORT_TOO_LONG' satisfies TransportCode;

  constructor() {
    super(`the answer is longer than ${maxAnswerBytes / 1_000_000} MB, and was not read to its end`);
  }
}

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
    const answer = await readings.run(reading, request);
    if (!reading.tooLong) return answer;
  } catch (error) {
    if (!reading.tooLong) throw error;
  }
  throw new AnswerTooLong();
}

/** Other requests of this process have no reading, and are not counted. */
function onRequest(message: unknown): void {
  const { request } = message as { request: ClientRequest };
  const reading = readings.getStore();
  if (!reading) return;
  request.prependOnceListener('response', (response) =>
    count(response, () => {
      reading.tooLong = true;
      request.destroy();
    }),
  );
}

/** Counts what is read of a stream, and of those it is piped into: a few bytes may unpack to any number. */
function count(stream: Readable, giveUp: () => void): void {
  let sum = 0;
  const add = (chunk: Buffer) => {
    sum += chunk.length;
    if (sum <= maxAnswerBytes) return;
    giveUp();
    stream.destroy(new AnswerTooLong());
  };
  // An earlier listener would start the stream before its reader listens.
  stream.once('resume', () => stream.on('data', add));
  const pipe = stream.pipe.bind(stream);
  Object.assign(stream, {
    pipe: (to: Duplex, options?: { end?: boolean }) => {
      count(to, giveUp);
      return pipe(to, options);
    },
  });
}
