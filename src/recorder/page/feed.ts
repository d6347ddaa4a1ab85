// The stream of what has changed, for pages that are open (server-sent events). Costs nothing while none is.
import type { ServerResponse } from 'node:http';
import type { PlacedFinding } from '../../check/result.ts';
import { kindsOf, type Show, shows, summaryOf } from '../live/conversations.ts';
import type { LiveCheck } from '../live/live-check.ts';

/** How long changes are collected. */
const collectMs = 250;
/** So that a proxy, or the browser, does not take the stream for dead. */
const heartbeatMs = 15_000;
const maxPages = 50;
/** Conversations of one message; a page that misses more asks for its list again. */
const maxConversations = 100;
/** Bytes that may wait for a page that does not read. */
const maxWaitingBytes = 1_000_000;
const maxLoose = 50;
/** Conversations that are counted when the first page comes; the newest. */
const maxCounted = 10_000;

type Counts = Record<Show, number>;

export class Feed {
  readonly #check: LiveCheck;
  readonly #pages = new Set<ServerResponse>();
  readonly #changed = new Set<string>();
  /** The latest findings about requests that belong to no conversation. */
  readonly #loose: object[] = [];
  /** Which lists each conversation is in; kept while a page is open. */
  #kinds: Map<string, readonly Show[]> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #heartbeat: NodeJS.Timeout | undefined;

  constructor(check: LiveCheck) {
    this.#check = check;
  }

  changed(id: string): void {
    if (this.#pages.size === 0) return;
    this.#changed.add(id);
    this.#timer ??= setTimeout(() => this.#tell(), collectMs);
  }

  loose({ requirement, level, message, line }: PlacedFinding): void {
    this.#loose.push({ requirement, level, message, line });
    if (this.#loose.length > maxLoose) this.#loose.shift();
    this.#send('loose', this.#loose);
  }

  join(response: ServerResponse): void {
    if (this.#pages.size >= maxPages) {
      response.writeHead(503, { 'retry-after': '60' }).end();
      return;
    }
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    this.#pages.add(response);
    response.on('close', () => this.#leave(response));
    this.#heartbeat ??= setInterval(() => this.#write(':\n\n'), heartbeatMs);
    this.#kinds ??= this.#allKinds();
    response.write(textOf('changed', { conversations: [], left: 0, counts: this.#counts() }));
    response.write(textOf('loose', this.#loose));
  }

  close(): void {
    for (const page of this.#pages) page.end();
    this.#pages.clear();
    this.#rest();
  }

  #leave(response: ServerResponse): void {
    this.#pages.delete(response);
    if (this.#pages.size === 0) this.#rest();
  }

  /** No page is open. */
  #rest(): void {
    clearInterval(this.#heartbeat);
    clearTimeout(this.#timer);
    this.#heartbeat = undefined;
    this.#timer = undefined;
    this.#changed.clear();
    this.#kinds = undefined;
  }

  #tell(): void {
    this.#timer = undefined;
    const ids = [...this.#changed];
    this.#changed.clear();
    const summaries = ids.flatMap((id) => {
      const conversation = this.#check.conversation(id);
      return conversation ? [summaryOf(conversation)] : [];
    });
    for (const summary of summaries) this.#kinds?.set(summary.conversationId, kindsOf(summary));
    const shown = summaries.slice(-maxConversations);
    const left = summaries.length - shown.length;
    this.#send('changed', { conversations: shown, left, counts: this.#counts() });
  }

  #allKinds(): Map<string, readonly Show[]> {
    const kinds = new Map<string, readonly Show[]>();
    for (const conversation of this.#check.newest()) {
      const summary = summaryOf(conversation);
      kinds.set(summary.conversationId, kindsOf(summary));
      if (kinds.size === maxCounted) break;
    }
    return kinds;
  }

  #counts(): Counts {
    const counts = Object.fromEntries(shows.map((show) => [show, 0])) as Counts;
    for (const kinds of this.#kinds?.values() ?? []) for (const kind of kinds) counts[kind] += 1;
    return counts;
  }

  #send(event: string, data: unknown): void {
    this.#write(textOf(event, data));
  }

  #write(text: string): void {
    for (const page of this.#pages) {
      // It connects again, and asks for its list.
      if (page.writableLength > maxWaitingBytes) page.destroy();
      else page.write(text);
    }
  }
}

function textOf(event: string, data: unknown): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
