// The recorder's own end: what comes is read whole, goes on to the tenant, is recorded, and only then answered.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer } from '../protocol/answers.ts';
import { refusal } from '../sandbox/refusal.ts';
import { reachable } from '../sandbox/server.ts';
import { answerClientError } from '../sandbox/unreadable-request.ts';
import type { WayFailure } from '../tenant/exchange.ts';
import { mostBodyBytes } from './bodies.ts';
import type { Forwarded } from './forward.ts';
import { exchangeOf, type Passed } from './passed.ts';
import type { JudgedRecord, Recording } from './recording.ts';
import type { RawAnswer, RawRequest } from './wire.ts';

export interface RecordingServerOptions {
  host: string;
  port: number;
  recording: Recording;
  /** The tenant, wherever it is. */
  send: (request: RawRequest) => Promise<Forwarded>;
  /** The answers that are the recorder's own; undefined for what goes to the tenant. */
  own: (method: string, target: string) => Answer | undefined;
  /** Told of each request that was recorded, and of the status that it is answered with. */
  onRecord: (record: JudgedRecord, status: number) => void;
  /** Something that whoever watches the terminal has to know. */
  onTrouble: (text: string) => void;
}

export class RecordingServer {
  readonly #options: RecordingServerOptions;
  readonly #server: Server;
  #base = '';

  constructor(options: RecordingServerOptions) {
    this.#options = options;
    const handle = (request: IncomingMessage, response: ServerResponse) => {
      this.#handle(request, response).catch((error: unknown) => {
        options.onTrouble(
          `The recorder itself failed: ${error instanceof Error ? error.message : 'unknown'}`,
        );
        response.destroy();
      });
    };
    this.#server = createServer({ maxHeaderSize: 64 * 1024, keepAliveTimeout: 65_000 }, handle);
    this.#server.on('checkExpectation', handle);
    this.#server.on('clientError', answerClientError);
  }

  /** @throws what listening throws, as EADDRINUSE @returns its URL */
  async listen(): Promise<string> {
    const { host, port } = this.#options;
    this.#server.listen(port, host);
    await once(this.#server, 'listening');
    this.#base = `http://${reachable(host)}:${(this.#server.address() as AddressInfo).port}`;
    return this.#base;
  }

  /** What is on its way may still arrive, for so long. */
  async close(graceMs: number): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeIdleConnections();
    const patience = setTimeout(() => this.#server.closeAllConnections(), graceMs);
    await closed;
    clearTimeout(patience);
  }

  async #handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const [method, target] = [message.method ?? '', targetOf(message.url ?? '')];
    const own = this.#options.own(method, target);
    if (own) {
      message.resume();
      return answer(response, rawAnswer(own));
    }
    const body = await bodyOf(message);
    if (body === 'broken off') {
      this.#options.onTrouble('A request broke off before its end: it was neither passed on nor recorded');
      return;
    }
    const tooLong = body === 'too long';
    const request: RawRequest = {
      method,
      target,
      headers: message.rawHeaders,
      body: tooLong ? Buffer.alloc(0) : body,
    };
    if (!this.#options.recording.file.isWritable()) return this.#unrecorded(response, 'it was not passed on');
    const startedAt = Date.now();
    const start = performance.now();
    const forwarded = tooLong ? { answer: rawAnswer(tooLongRefusal) } : await this.#options.send(request);
    const durationMs = Math.round((performance.now() - start) * 10) / 10;
    // To the sender there was no answer, whatever the tenant has said: it will send the same again.
    const passed: Passed = {
      ...{ request, startedAt, durationMs },
      ...(message.socket.destroyed ? { failure: goneAway } : forwarded),
    };
    this.#record(
      passed,
      response,
      'failure' in forwarded ? failureAnswer(forwarded.failure) : forwarded.answer,
    );
  }

  #record(passed: Passed, response: ServerResponse, told: RawAnswer): void {
    const { recording, onRecord, onTrouble } = this.#options;
    let written: ReturnType<Recording['write']>;
    try {
      written = recording.write(exchangeOf(passed, this.#base));
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      onTrouble(`The record could not be written (${code ?? message}): the request was answered with 503`);
      this.#unrecorded(response, 'it may have reached the tenant');
      return;
    }
    onRecord(written.record, told.status);
    written.judge();
    answer(response, told);
  }

  /** What is not on the disk is not acknowledged. */
  #unrecorded(response: ServerResponse, state: string): void {
    answer(response, rawAnswer(refusal(503, `The recorder cannot write this request down; ${state}`)));
  }
}

const tooLongRefusal = refusal(413, `A body has ${mostBodyBytes} bytes at most; it was not passed on`);

const goneAway: WayFailure = {
  kind: 'reset',
  message: 'the sender closed the connection before it was answered; look at its time-out',
};

function failureAnswer({ kind, message }: WayFailure): RawAnswer {
  const status = kind === 'time-out' ? 504 : 502;
  return rawAnswer(refusal(status, `The recorder got no answer from the tenant: ${message}`));
}

function rawAnswer({ status, headers, body }: Answer): RawAnswer {
  const bytes = Buffer.from(body);
  const length = ['content-length', String(bytes.length)];
  return { status, statusText: '', headers: [...Object.entries(headers).flat(), ...length], body: bytes };
}

function answer(response: ServerResponse, { status, statusText, headers, body }: RawAnswer): void {
  // A date that the tenant did not send is none of its answer.
  response.sendDate = false;
  const raw = [...headers];
  if (statusText === '') response.writeHead(status, raw);
  else response.writeHead(status, statusText, raw);
  response.end(body);
}

/** Read to its end even when it is too long: a sender that still writes would see no answer. */
async function bodyOf(message: IncomingMessage): Promise<Buffer | 'too long' | 'broken off'> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of message) {
      size += chunk.length;
      if (size <= mostBodyBytes) chunks.push(chunk);
      else chunks.length = 0;
    }
  } catch {
    return 'broken off';
  }
  return size > mostBodyBytes ? 'too long' : Buffer.concat(chunks);
}

/** A sender that takes the recorder for a proxy of its own names the whole URL. */
function targetOf(url: string): string {
  if (url.startsWith('/') || !URL.canParse(url)) return url;
  const { pathname, search } = new URL(url);
  return pathname + search;
}
