// The recorder's server: it reads a request whole, passes it on to the tenant, records the exchange, and only then answers.

import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { refusal } from '../sandbox/refusal.ts';
import { reachable } from '../sandbox/server.ts';
import { codeOf } from '../system/error-code.ts';
import type { WireRequest } from '../tenant/exchange.ts';
import type { JudgedRecord, Recording, Written } from './record/recording.ts';
import { maxBodyBytes } from './wire/bodies.ts';
import { BodyRoom } from './wire/body-room.ts';
import type { Forwarded } from './wire/forward.ts';
import { Gate } from './wire/gate.ts';
import { failureAnswer, senderGone, stopped, tooLongRefusal } from './wire/own-answers.ts';
import {
  exchangeOf,
  type ForwardOutcome,
  type NotText,
  notText,
  wireRequestOf,
} from './wire/proxied-exchange.ts';
import { RequestOrder } from './wire/request-order.ts';
import { rawAnswer, sendResponse } from './wire/send-response.ts';
import { bodyOf, hasGone, targetOf } from './wire/sender.ts';
import { onUnreadable } from './wire/unreadable.ts';
import type { RawRequest } from './wire/wire.ts';

export interface RecordingServerOptions {
  host: string;
  port: number;
  recording: Recording;
  /** Sends a request to the tenant. */
  send: (request: RawRequest) => Promise<Forwarded>;
  /** Answers what the recorder answers itself, with what it knows; undefined for a request that goes to the tenant. */
  own: (request: IncomingMessage, target: string) => ((response: ServerResponse) => unknown) | undefined;
  /** Whether a request has a token that may be good. One without is read up to a smaller limit. */
  hasToken: (headers: IncomingHttpHeaders) => boolean;
  /** That limit, in bytes. */
  strangersBodyBytes: number;
  /** Names under which senders know the recorder, and hosts of pages that may send to it. */
  hostNames: readonly string[];
  /** A host that requests may name as well: that of the tenant, for whom its name is pointed here. */
  tenantHost?: string;
  onRecord: (recorded: RecordedRequest) => void;
  /** Called with what the person at the terminal has to know. */
  onTrouble: (text: string) => void;
}

/** A request that was recorded. */
export interface RecordedRequest {
  record: JudgedRecord;
  /** The status that the sender got; undefined when it had closed the connection. */
  status: number | undefined;
  /** Why the check does not judge it. */
  unjudged?: string;
}

/** A request that is to be passed on. */
interface PendingRequest {
  request: RawRequest;
  wire: WireRequest;
  /** The limit that its body exceeds. */
  tooLong: number | undefined;
  message: IncomingMessage;
  response: ServerResponse;
}

export class RecordingServer {
  readonly #options: RecordingServerOptions;
  readonly #server: Server;
  readonly #order: RequestOrder;
  /** One for each request that is not answered yet. */
  readonly #inFlight = new Set<Promise<void>>();
  /** Requests that are not complete yet. */
  readonly #reading = new Set<IncomingMessage>();
  readonly #room = new BodyRoom(roomBytes);
  readonly #roomOfStrangers = new BodyRoom(strangersRoomBytes);
  #closing = false;
  #baseUrl = '';
  #gate: Gate | undefined;

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
        .finally(() => this.#inFlight.delete(work));
      this.#inFlight.add(work);
    };
    this.#server = createServer({ maxHeaderSize: 64 * 1024, keepAliveTimeout: 65_000 }, handle);
    // A sender may close its half of the connection after its request and still wait for the answer.
    Object.assign(this.#server, { httpAllowHalfOpen: true });
    this.#server.on('checkExpectation', handle);
    onUnreadable(this.#server, options.onTrouble);
  }

  /** @throws what listening throws, as EADDRINUSE @returns its URL */
  async listen(): Promise<string> {
    const { host, port } = this.#options;
    this.#server.listen(port, host);
    await once(this.#server, 'listening');
    const { address, port: own } = this.#server.address() as AddressInfo;
    const { hostNames, tenantHost } = this.#options;
    this.#gate = new Gate(address, hostNames, [host, ...(tenantHost === undefined ? [] : [tenantHost])]);
    this.#baseUrl = `http://${reachable(host)}:${own}`;
    return this.#baseUrl;
  }

  /** What reading asks for; undefined on the loopback. */
  get readToken(): string | undefined {
    return this.#gate?.readToken;
  }

  /** How many requests are not answered yet. */
  get inFlight(): number {
    return this.#inFlight.size;
  }

  /** How many of them the tenant has. */
  get awaited(): number {
    return this.#inFlight.size - this.#reading.size;
  }

  /**
   * Takes no more requests, and waits for those in flight.
   * @param graceMs how long to wait
   * @param giveUp breaks off the requests that the tenant has not answered by then
   */
  async close(graceMs: number, giveUp: () => Promise<void>): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeIdleConnections();
    const halfSent = setTimeout(() => {
      for (const message of this.#reading) message.destroy();
    }, halfSentMs);
    const grace = new AbortController();
    await Promise.race([
      this.#settled(),
      sleep(graceMs, undefined, { signal: grace.signal }).catch(() => {}),
    ]);
    grace.abort();
    this.#closing = true;
    await giveUp();
    // Does not wait for senders that are still in the middle of a request.
    await Promise.race([this.#settled(), sleep(lastAnswersMs, undefined, { ref: false })]);
    this.#server.closeAllConnections();
    await this.#settled();
    clearTimeout(halfSent);
    await closed;
  }

  async #settled(): Promise<void> {
    while (this.#inFlight.size > 0) await Promise.all(this.#inFlight);
  }

  async #handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const [method, target] = [message.method ?? '', targetOf(message.url ?? '')];
    const own = this.#options.own(message, target);
    const refused = this.#gate!.refusal(message, own !== undefined);
    if (refused) {
      message.resume();
      const { message: why } = JSON.parse(refused.body);
      this.#options.onTrouble(`${why}. A request was refused with ${refused.status}, and not recorded.`);
      return sendResponse(response, rawAnswer(refused));
    }
    if (own) {
      message.resume();
      await own(response);
      return;
    }
    const turn = this.#order.turn(message.socket as Socket);
    const isStranger = !this.#options.hasToken(message.headers);
    const limit = isStranger ? this.#options.strangersBodyBytes : maxBodyBytes;
    const room = isStranger ? this.#roomOfStrangers : this.#room;
    let held = 0;
    try {
      this.#reading.add(message);
      const body = await bodyOf(message, limit, room).finally(() => this.#reading.delete(message));
      if (typeof body !== 'string') held = body.length;
      await turn.begins;
      if (body === 'broken off') {
        this.#options.onTrouble('A request broke off before its end: it was neither passed on nor recorded');
        return;
      }
      if (body === 'no room') return await this.#refuse(response, 503, 'Too many bodies at a time');
      const tooLong = body === 'too long' ? limit : undefined;
      const request = {
        ...{ method, target, headers: message.rawHeaders },
        body: body === 'too long' ? Buffer.alloc(0) : body,
      };
      const wire = wireRequestOf(request, this.#baseUrl);
      await this.#passOn({ request, wire, tooLong, message, response });
    } finally {
      room.give(held);
      turn.over();
    }
  }

  async #passOn({ request, wire, tooLong, message, response }: PendingRequest): Promise<void> {
    const { recording, send } = this.#options;
    if (!request.target.startsWith('/')) return this.#refuse(response, 400, 'The target is not a path');
    if (this.#closing) return this.#refuse(response, 503, 'The recorder is stopping');
    let releaseRoom: () => void;
    try {
      releaseRoom = recording.file.reserve(2 * (wire.body?.length ?? 0) + recordBytes);
    } catch (error) {
      return this.#refuse(response, 503, `The recorder cannot record this request (${codeOrMessage(error)})`);
    }
    const startedAt = this.#order.time();
    const judged = recording.check.expects(recording.conversationOf(wire), startedAt);
    try {
      const start = performance.now();
      const forwarded = this.#attributed(
        tooLong === undefined ? await send(request) : { answer: rawAnswer(tooLongRefusal(tooLong)) },
      );
      const durationMs = Math.round((performance.now() - start) * 10) / 10;
      const gone = await hasGone(message, response);
      // A sender that has closed the connection got no answer, whatever the tenant answered: it will send the request again.
      const outcome = { startedAt, durationMs, ...(gone ? { failure: senderGone } : {}), ...forwarded };
      const answer = 'failure' in forwarded ? failureAnswer(forwarded.failure) : forwarded.answer;
      const bytes = notText(request, 'answer' in forwarded ? forwarded.answer : undefined);
      const written = this.#record(wire, outcome, response, gone ? undefined : answer.status, bytes);
      if (!written) return;
      written.judge();
      judged();
      await sendResponse(response, answer);
    } finally {
      releaseRoom();
      judged();
    }
  }

  /** A request that fails because the recorder stops is not a failure of the tenant. */
  #attributed(forwarded: Forwarded): Forwarded {
    return this.#closing && 'failure' in forwarded ? { failure: stopped } : forwarded;
  }

  #record(
    wire: WireRequest,
    outcome: ForwardOutcome,
    response: ServerResponse,
    status: number | undefined,
    bytes: NotText,
  ): Written | undefined {
    const { recording, onRecord, onTrouble } = this.#options;
    try {
      const written = recording.write(exchangeOf(wire, outcome), bytes);
      const { record, unjudged } = written;
      onRecord({ record, status, ...(unjudged === undefined ? {} : { unjudged }) });
      return written;
    } catch (error) {
      onTrouble(
        `The record could not be written (${codeOrMessage(error)}): the request was answered with 503`,
      );
      const why = 'The recorder cannot record this request; it may have reached the tenant';
      sendResponse(response, rawAnswer(refusal(503, why)));
      return undefined;
    }
  }

  /** A request that cannot be recorded is not passed on either. */
  #refuse(response: ServerResponse, status: number, why: string): Promise<void> {
    this.#options.onTrouble(
      `${why}: a request was answered with ${status}, and neither passed on nor recorded`,
    );
    return sendResponse(response, rawAnswer(refusal(status, `${why}; it was not passed on`)));
  }
}

/** About the size of a record without the body of its request. */
const recordBytes = 32 * 1024;
/** How long the recorder waits for the answers that say that it stops. */
const lastAnswersMs = 1000;

/** How long the recorder waits, when it stops, for the rest of requests that are not complete. */
const halfSentMs = 1000;
/** For all bodies together that are still coming, or whose request has no answer yet. */
const roomBytes = 4 * maxBodyBytes;
/** For those of requests without a token, which must not take the room of the others. */
const strangersRoomBytes = maxBodyBytes;

function codeOrMessage(error: unknown): string {
  return codeOf(error) ?? (error as Error).message;
}
