// What can happen to a request and its answer between the harness and the tenant, and what a run has to report.
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { lastAnswer, type Passage } from './faulty-connection.ts';

export interface ConnectionFault {
  verdict: 'inconclusive' | 'pass' | 'fail';
  /** What the report says of it. */
  says?: RegExp;
  /** How many times the tenant has to see the request; never twice. */
  arrives: 0 | 1;
  /** How many times the harness may send it. */
  attempts: number;
  meddle(passage: Passage): unknown;
}

const okHead = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';
const okBody = '{"STATUS":"OK"}';
const megabytes = 100;
/** Packed beforehand: that takes as long as a request may. */
const packed = gzipSync(Buffer.alloc(megabytes * 1_000_000, 'x'));

/** Answers that the proxy makes up, when the tenant has taken the request. */
function madeUp(
  answer: (socket: Socket) => unknown,
): Pick<ConnectionFault, 'arrives' | 'attempts' | 'meddle'> {
  return {
    arrives: 1,
    attempts: 1,
    async meddle(passage) {
      await passage.answer();
      await answer(passage.socket);
    },
  };
}

/** Turned away before it came to the tenant, once. */
function turnedAway(status: string, retryAfter: () => string | undefined): Pick<ConnectionFault, 'meddle'> {
  let times = 0;
  return {
    meddle({ socket }) {
      times += 1;
      if (times > 1) return false;
      const header = retryAfter();
      const retry = header === undefined ? '' : `retry-after: ${header}\r\n`;
      return socket.write(`HTTP/1.1 ${status}\r\n${retry}content-length: 0\r\n\r\n`);
    },
  };
}

async function trickle(socket: Socket, bytes: Buffer | string, pause: number): Promise<void> {
  for (const byte of Buffer.from(bytes)) {
    if (socket.destroyed) return;
    socket.write(Buffer.of(byte));
    await sleep(pause);
  }
}

/** Writes as fast as the other side reads, until it has had enough. */
function flood(socket: Socket, chunk: Buffer, times: number): Promise<void> {
  return pipeline(Readable.from(Array.from({ length: times }, () => chunk)), socket);
}

const inconclusive = { verdict: 'inconclusive' } as const;
const reset = { ...inconclusive, says: /^reset: .*not sent again/ };
const timeOut = { ...inconclusive, says: /^time-out: .*not sent again.*REQUEST_TIMEOUT_MS/ };
const noHttp = { ...inconclusive, says: /^other: .*Parse Error.*not HTTP.*not sent again/ };
const tooLong = { ...inconclusive, says: /^other: .*the answer is longer than 10 MB.*not sent again/ };

export const connectionFaults: Record<string, ConnectionFault> = {
  'reset before the tenant sees it': {
    ...reset,
    arrives: 0,
    attempts: 1,
    meddle: ({ socket }) => socket.resetAndDestroy(),
  },
  'reset before the answer': { ...reset, ...madeUp((socket) => socket.resetAndDestroy()) },
  'closed before the answer': { ...reset, ...madeUp((socket) => socket.end()) },
  'reset within the answer': {
    ...reset,
    ...madeUp((socket) => {
      socket.write(`${okHead}content-length: 15\r\n\r\n{"STA`);
      setTimeout(() => socket.resetAndDestroy(), 30);
    }),
  },
  // The answer says that it is the last of its connection: otherwise the next request may go down with that one.
  'reset after the answer': {
    verdict: 'pass',
    arrives: 1,
    attempts: 1,
    async meddle(passage) {
      await lastAnswer(passage);
      passage.socket.resetAndDestroy();
    },
  },
  'no answer': { ...timeOut, ...madeUp(() => {}) },
  'an answer a byte at a time': {
    verdict: 'pass',
    arrives: 1,
    attempts: 1,
    meddle: async ({ socket, answer }) => trickle(socket, await answer(), 1),
  },
  'slow headers': {
    ...timeOut,
    ...madeUp((socket) => trickle(socket, `${okHead}${'x-slow: 1\r\n'.repeat(1000)}`, 20)),
  },
  'one provisional answer after the other': {
    ...timeOut,
    ...madeUp((socket) => trickle(socket, 'HTTP/1.1 102 Processing\r\n\r\n'.repeat(1000), 1)),
  },
  'a truncated answer': {
    ...reset,
    ...madeUp((socket) => socket.end(`${okHead}content-length: 15\r\n\r\n{"STA`)),
  },
  'a Content-Length that is too long': {
    ...timeOut,
    ...madeUp((socket) => socket.write(`${okHead}content-length: 50\r\n\r\n${okBody}`)),
  },
  'a Content-Length that is too short': {
    ...noHttp,
    ...madeUp((socket) => socket.write(`${okHead}content-length: 5\r\n\r\n${okBody}`)),
  },
  'a Content-Length that is not a number': {
    ...noHttp,
    ...madeUp((socket) => socket.write(`${okHead}content-length: many\r\n\r\n${okBody}`)),
  },
  'two answers in place of one': {
    verdict: 'pass',
    ...madeUp((socket) => {
      const refused = `HTTP/1.1 400 Bad Request\r\ncontent-length: 2\r\n\r\n{}`;
      socket.write(`${okHead}content-length: 15\r\n\r\n${okBody}${refused}`);
    }),
  },
  'garbage in place of HTTP': {
    ...noHttp,
    ...madeUp((socket) => socket.end(Buffer.from('\u0000\u001b[31m\ufffd\r\n\r\nrubbish'))),
  },
  'garbage as a body': {
    verdict: 'fail',
    says: /neither empty, nor OK, nor JSON/,
    ...madeUp((socket) =>
      socket.write(
        Buffer.concat([Buffer.from(`${okHead}content-length: 6\r\n\r\n`), Buffer.of(0, 255, 27, 195, 40, 7)]),
      ),
    ),
  },
  'headers without end': {
    ...inconclusive,
    says: /^other: .*Parse Error.*overflow.*not sent again/i,
    ...madeUp((socket) => {
      socket.write(okHead);
      return flood(socket, Buffer.from(`x-more: ${'x'.repeat(1000)}\r\n`), 10_000);
    }),
  },
  'an answer of 100 MB': {
    ...tooLong,
    ...madeUp((socket) => {
      socket.write(`${okHead}content-length: ${megabytes * 1_000_000}\r\n\r\n`);
      return flood(socket, Buffer.alloc(1_000_000, 'x'), megabytes);
    }),
  },
  'an answer of 100 MB in chunks': {
    ...tooLong,
    ...madeUp((socket) => {
      socket.write(`${okHead}transfer-encoding: chunked\r\n\r\n`);
      const chunk = Buffer.from(`f4240\r\n${'x'.repeat(1_000_000)}\r\n`);
      return flood(socket, chunk, megabytes);
    }),
  },
  'an answer that unpacks to 100 MB': {
    ...tooLong,
    ...madeUp((socket) => {
      socket.write(`${okHead}content-encoding: gzip\r\ncontent-length: ${packed.length}\r\n\r\n`);
      socket.write(packed);
    }),
  },
  '429 with Retry-After in seconds, then good': {
    verdict: 'pass',
    arrives: 1,
    attempts: 2,
    ...turnedAway('429 Too Many Requests', () => '1'),
  },
  '429 with Retry-After as a date, then good': {
    verdict: 'pass',
    arrives: 1,
    attempts: 2,
    ...turnedAway('429 Too Many Requests', () => new Date(Date.now() + 1000).toUTCString()),
  },
  '503 with Retry-After, then good': {
    verdict: 'pass',
    arrives: 1,
    attempts: 2,
    ...turnedAway('503 Service Unavailable', () => '0'),
  },
  // Without the header nobody says that it was not processed.
  '503, then good': {
    ...inconclusive,
    says: /^busy: .*answered 503/,
    arrives: 0,
    attempts: 1,
    ...turnedAway('503 Service Unavailable', () => undefined),
  },
};
