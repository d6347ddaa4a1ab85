// The recorder's own end: what comes is read whole, goes on to the tenant, is recorded, and only then answered.

import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from '../protocol/answers.ts';
import { refusal } from '../sandbox/refusal.ts';
import { reachable } from '../sandbox/server.ts';
import { codeOf } from '../system/error-code.ts';
import type { TransportFailure, WireRequest } from '../tenant/exchange.ts';
import { transportFailure } from '../tenant/transport-failures.ts';
import type { JudgedRecord, Recording, Written } from './record/recording.ts';
import { maxBodyBytes } from './wire/bodies.ts';
import type { Forwarded } from './wire/forward.ts';
import { conversationIdOf, exchangeOf, type ForwardOutcome, wireRequestOf } from './wire/proxied-exchange.ts';
import { RequestOrder } from './wire/request-order.ts';
import { rawAnswer, sendResponse } from './wire/send-response.ts';
import { bodyOf, hasGone, targetOf } from './wire/sender.ts';
import { onUnreadable } from './wire/unreadable.ts';
import type { RawAnswer, RawRequest } from './wire/wire.ts';

export interface RecordingServerOptions {
  host: string;
  port: number;
  recording: Recording;
  /** The tenant, wherever it is. */
  send: (request: RawRequest) => Promise<Forwarded>;
  /** The answers that are the recorder's own; undefined for what goes to the tenant. */
  own: (method: string, target: string) => Answer | undefined;
  onRecord: (told: RecordedRequest) => void;
  /** Something that whoever watches the terminal has to know. */
  onTrouble: (text: string) => void;
}

/** A request that was recorded. */
export interface RecordedRequest {
  record: JudgedRecord;
  /** What it was answered with; undefined when nobody waited for it any more. */
  status: number | undefined;
  /** Why the check does not judge it. */
  unjudged?: string;
}

/** A request that is to go on. */
interface Asked {
  request: RawRequest;
  wire: WireRequest;
  tooLong: boolean;
  message: IncomingMessage;
  response: ServerResponse;
}

export class RecordingServer {
  readonly #options: RecordingServerOptions;
  readonly #server: Server;
  readonly #order: RequestOrder;
  readonly #atWork = new Set<Promise<void>>();
  #closing = false;
  #base = '';

  constructor(options: RecordingServerOptions) {
    this.#options = options;
    this.#order = new RequestOrder(options.recording.check.latestTime);
    const handle = (request: IncomingMessage, response: ServerResponse) => {
      const work = this.#handle(request, response)
        .catch((error: unknown) => {
          const why = error instanceof Error ? error.message : 'unknown';
          options.onTrouble(`The recorder itself failed: ${why}`);
          response.destroy();
        })
        .finally(() => this.#atWork.delete(work));
      this.#atWork.add(work);
    };
    this.#server = createServer({ maxHeaderSize: 64 * 1024, keepAliveTimeout: 65_000 }, handle);
    // A sender may close its own half of the connection when it has sent all, and wait for the answer.
    Object.assign(this.#server, { httpAllowHalfOpen: true });
    this.#server.on('checkExpectation', handle);
    onUnreadable(this.#server, options.onTrouble);
  }

  /** @throws what listening throws, as EADDRINUSE @returns its URL */
  async listen(): Promise<string> {
    const { host, port } = this.#options;
    this.#server.listen(port, host);
    await once(this.#server, 'listening');
    this.#base = `http://${reachable(host)}:${(this.#server.address() as AddressInfo).port}`;
    return this.#base;
  }

  /** How many requests are not answered yet. */
  get inFlight(): number {
    return this.#atWork.size;
  }

  /**
   * What is on its way may still arrive, for so long.
   * @param giveUp ends what is on its way to the tenant
   */
  async close(graceMs: number, giveUp: () => Promise<void>): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeIdleConnections();
    const patience = new AbortController();
    await Promise.race([
      this.#settled(),
      sleep(graceMs, undefined, { signal: patience.signal }).catch(() => {}),
    ]);
    patience.abort();
    this.#closing = true;
    await giveUp();
    // Senders that have not sent all of a request are not waited for.
    await Promise.race([this.#settled(), sleep(lastWordsMs, undefined, { ref: false })]);
    this.#server.closeAllConnections();
    await this.#settled();
    await closed;
  }

  async #settled(): Promise<void> {
    while (this.#atWork.size > 0) await Promise.all(this.#atWork);
  }

  async #handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const [method, target] = [message.method ?? '', targetOf(message.url ?? '')];
    const own = this.#options.own(method, target);
    if (own) {
      message.resume();
      return sendResponse(response, rawAnswer(own));
    }
    const turn = this.#order.turn(message.socket as Socket);
    try {
      const body = await bodyOf(message);
      await turn.come;
      if (body === 'broken off') {
        this.#options.onTrouble('A request broke off before its end: it was neither passed on nor recorded');
        return;
      }
      const tooLong = body === 'too long';
      const request = {
        ...{ method, target, headers: message.rawHeaders },
        body: tooLong ? Buffer.alloc(0) : body,
      };
      const wire = wireRequestOf(request, this.#base);
      await this.#passOn({ request, wire, tooLong, message, response });
    } finally {
      turn.over();
    }
  }

  async #passOn(asked: Asked): Promise<void> {
    const { request, wire, tooLong, message, response } = asked;
    const { recording, send } = this.#options;
    if (!request.target.startsWith('/')) return this.#unrecorded(response, 400, 'Its target is no path');
    if (this.#closing) return this.#unrecorded(response, 503, 'The recorder is being ended');
    let written: () => void;
    try {
      written = recording.file.reserve(2 * (wire.body?.length ?? 0) + recordBytes);
    } catch (error) {
      return this.#unrecorded(
        response,
        503,
        `The recorder cannot write this request down (${codeOrMessage(error)})`,
      );
    }
    const startedAt = this.#order.time();
    const answered = recording.check.expects(conversationIdOf(wire), startedAt);
    try {
      const start = performance.now();
      const forwarded = this.#accounted(
        tooLong ? { answer: rawAnswer(tooLongRefusal) } : await send(request),
      );
      const durationMs = Math.round((performance.now() - start) * 10) / 10;
      const gone = await hasGone(message, response);
      // To a sender that has gone there was no answer, whatever the tenant has said: it will send the same again.
      const passed = { startedAt, durationMs, ...(gone ? { failure: goneAway } : {}), ...forwarded };
      const told = 'failure' in forwarded ? failureAnswer(forwarded.failure) : forwarded.answer;
      const record = this.#record(wire, passed, response, gone ? undefined : told.status);
      if (!record) return;
      record.judge();
      answered();
      await sendResponse(response, told);
    } finally {
      written();
      answered();
    }
  }

  /** What fails because the recorder ends is no failure of the tenant. */
  #accounted(forwarded: Forwarded): Forwarded {
    return this.#closing && 'failure' in forwarded ? { failure: ended } : forwarded;
  }

  #record(
    wire: WireRequest,
    passed: ForwardOutcome,
    response: ServerResponse,
    status: number | undefined,
  ): Written | undefined {
    const { recording, onRecord, onTrouble } = this.#options;
    try {
      const written = recording.write(exchangeOf(wire, passed));
      const { record, unjudged } = written;
      onRecord({ record, status, ...(unjudged === undefined ? {} : { unjudged }) });
      return written;
    } catch (error) {
      onTrouble(
        `The record could not be written (${codeOrMessage(error)}): the request was answered with 503`,
      );
      const says = 'The recorder cannot write this request down; it may have reached the tenant';
      sendResponse(response, rawAnswer(refusal(503, says)));
      return undefined;
    }
  }

  /** What is not on the disk is not acknowledged. */
  #unrecorded(response: ServerResponse, status: number, why: string): Promise<void> {
    this.#options.onTrouble(
      `${why}: a request was answered with ${status}, and neither passed on nor recorded`,
    );
    return sendResponse(response, rawAnswer(refusal(status, `${why}; it was not passed on`)));
  }
}

/** About what a record takes beside the body of its request. */
const recordBytes = 32 * 1024;
/** For answers that say that the recorder ends. */
const lastWordsMs = 1000;

const tooLongRefusal = refusal(413, `A body has ${maxBodyBytes} bytes at most; it was not passed on`);

const goneAway = transportFailure(
  'TRANSPORT_RESET',
  'the sender closed the connection before it was answered; look at its time-out',
);
const ended = transportFailure(
  'TRANSPORT_CLOSED',
  'the recorder was ended before the tenant answered, which may have taken the request',
);

function failureAnswer(failure: TransportFailure): RawAnswer {
  const status = failure === ended ? 503 : failure.kind === 'time-out' ? 504 : 502;
  return rawAnswer(refusal(status, `The recorder got no answer from the tenant: ${failure.message}`));
}

function codeOrMessage(error: unknown): string {
  return codeOf(error) ?? (error as Error).message;
}
