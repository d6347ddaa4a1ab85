// How answers may come over HTTP: what any client has to be able to read.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Transform } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { createBrotliCompress, createDeflate, createGzip } from 'node:zlib';
import { headersOf, type Pass } from './front.ts';
import type { Variation } from './variation.ts';

const seenBy = ['HOOKS-SEQ-13', 'HOOKS-ERR-01', 'ASSIGN-RESP-02'] as const;
const slowMs = 200;

function head(answer: IncomingMessage, response: ServerResponse, more: Record<string, string> = {}): void {
  response.writeHead(answer.statusCode!, { ...headersOf(answer), ...more });
}

/** Compresses when the client says that it can read it. */
function compressed(encoding: string, compressor: () => Transform): Pass {
  return (answer, response, asked) => {
    const readable = String(asked.headers['accept-encoding']).includes(encoding);
    head(answer, response, readable ? { 'content-encoding': encoding, vary: 'Accept-Encoding' } : {});
    if (readable) answer.pipe(compressor()).pipe(response);
    else answer.pipe(response);
  };
}

/** @param write the name of a header, as it goes over the wire */
function withNames(write: (name: string) => string): Pass {
  return (answer, response) => {
    const { 'content-length': length } = answer.headers;
    const headers = { ...headersOf(answer), ...(length ? { 'content-length': length } : {}) };
    const renamed = Object.entries(headers).map(([name, value]) => [write(name), value]);
    response.writeHead(answer.statusCode!, Object.fromEntries(renamed));
    answer.pipe(response);
  };
}

const byByte: Pass = (answer, response) => {
  head(answer, response, { connection: 'close' });
  answer.on('data', (chunk: Buffer) => {
    for (const byte of chunk) response.write(Buffer.of(byte));
  });
  answer.on('end', () => response.end());
};

export const travel: readonly Variation[] = [
  {
    name: 'is-slow',
    says: `Every answer takes ${slowMs} ms.`,
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
    says: 'Each answer is the last one of its connection.',
    seenBy,
    front: (answer, response) => {
      head(answer, response, { connection: 'close' });
      answer.pipe(response);
    },
  },
  {
    name: 'answers-in-chunks',
    says: 'Answers have no content length and come a byte in each chunk, on a connection of their own.',
    seenBy,
    front: byByte,
  },
  {
    name: 'compresses-with-gzip',
    says: 'Answers are compressed with gzip.',
    seenBy,
    front: compressed('gzip', createGzip),
  },
  {
    name: 'compresses-with-deflate',
    says: 'Answers are compressed with deflate.',
    seenBy,
    front: compressed('deflate', createDeflate),
  },
  {
    name: 'compresses-with-brotli',
    says: 'Answers are compressed with br.',
    seenBy,
    front: compressed('br', createBrotliCompress),
  },
  {
    name: 'writes-header-names-in-upper-case',
    says: 'Header names of answers are in upper case.',
    seenBy,
    front: withNames((name) => name.toUpperCase()),
  },
  {
    name: 'writes-header-names-as-in-a-title',
    says: 'Each word of a header name begins with a capital.',
    seenBy,
    front: withNames((name) => name.replace(/\b[a-z]/g, (letter) => letter.toUpperCase())),
  },
];
