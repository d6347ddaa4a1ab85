// Ways to send an answer over HTTP that every client has to understand.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Transform } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { createBrotliCompress, createDeflate, createGzip } from 'node:zlib';
import { headersOf, type PassOn } from './front.ts';
import type { Variation } from './variation.ts';

const seenBy = ['HOOKS-SEQ-13', 'HOOKS-ERR-01', 'ASSIGN-RESP-02'] as const;
const slowMs = 200;

function head(answer: IncomingMessage, response: ServerResponse, more: Record<string, string> = {}): void {
  response.writeHead(answer.statusCode!, { ...headersOf(answer), ...more });
}

/** Compresses when the client accepts that. */
function compressed(encoding: string, compressor: () => Transform): PassOn {
  return (answer, response, request) => {
    const isAccepted = String(request.headers['accept-encoding']).includes(encoding);
    head(answer, response, isAccepted ? { 'content-encoding': encoding, vary: 'Accept-Encoding' } : {});
    if (isAccepted) answer.pipe(compressor()).pipe(response);
    else answer.pipe(response);
  };
}

/** @param write returns the name of a header as it is sent */
function withNames(write: (name: string) => string): PassOn {
  return (answer, response) => {
    const { 'content-length': length } = answer.headers;
    const headers = { ...headersOf(answer), ...(length ? { 'content-length': length } : {}) };
    const renamed = Object.entries(headers).map(([name, value]) => [write(name), value]);
    response.writeHead(answer.statusCode!, Object.fromEntries(renamed));
    answer.pipe(response);
  };
}

const byteByByte: PassOn = (answer, response) => {
  head(answer, response, { connection: 'close' });
  answer.on('data', (chunk: Buffer) => {
    for (const byte of chunk) response.write(Buffer.of(byte));
  });
  answer.on('end', () => response.end());
};

export const travel: readonly Variation[] = [
  {
    name: 'is-slow',
    description: `Every answer takes ${slowMs} ms.`,
    seenBy: [],
    behaviour: () => ({
      aroundHooks: async (_, answer) => {
        await sleep(slowMs);
        return answer();
      },
      aroundAssign: async (_, reply) => {
        await sleep(slowMs);
        return reply();
      },
    }),
  },
  {
    name: 'closes-each-connection',
    description: 'The tenant closes the connection after each answer.',
    seenBy,
    front: (answer, response) => {
      head(answer, response, { connection: 'close' });
      answer.pipe(response);
    },
  },
  {
    name: 'answers-in-chunks',
    description:
      'Answers have no Content-Length; each byte is a separate chunk, and the connection is closed after the last one.',
    seenBy,
    front: byteByByte,
  },
  {
    name: 'compresses-with-gzip',
    description: 'Answers are compressed with gzip.',
    seenBy,
    front: compressed('gzip', createGzip),
  },
  {
    name: 'compresses-with-deflate',
    description: 'Answers are compressed with deflate.',
    seenBy,
    front: compressed('deflate', createDeflate),
  },
  {
    name: 'compresses-with-brotli',
    description: 'Answers are compressed with br.',
    seenBy,
    front: compressed('br', createBrotliCompress),
  },
  {
    name: 'writes-header-names-in-upper-case',
    description: 'Header names of answers are in upper case.',
    seenBy,
    front: withNames((name) => name.toUpperCase()),
  },
  {
    name: 'writes-header-names-with-capitals',
    description: 'Each word of a header name begins with a capital.',
    seenBy,
    front: withNames((name) => name.replace(/\b[a-z]/g, (letter) => letter.toUpperCase())),
  },
];
