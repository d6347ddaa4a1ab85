// What a server prints while it runs: a line for each request and each callback. Nothing in them can control the terminal.
import { printable } from '../text/terminal.ts';
import { truncate } from '../text/truncate.ts';
import type { DeliveryLine } from './callback-delivery.ts';
import type { RequestLine } from './server.ts';

/** The lines for .env that point the harness or an adapter at this server. */
export function settingsBlock(settings: Record<string, string>): string {
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  return ['# Reference tenant: put this into .env', ...lines, ''].join('\n');
}

/** @param line without a status when the sender did not wait for the answer */
export function requestText(
  line: Omit<RequestLine, 'status'> & Partial<Record<'status', number | undefined>>,
): string {
  const what = line.events.length > 0 ? line.events.map(printable).join('+') : pathOf(line);
  const about = line.conversationId === undefined ? '' : `  ${printable(line.conversationId)}`;
  return `${clockTime(line.time)}  ${line.status ?? '---'}  ${truncate(what, 120)}${about}`;
}

export function callbackText(line: DeliveryLine): string {
  return `${clockTime(line.time)}  ${line.status ?? line.failure}  callback to ${printable(line.origin)}`;
}

export function clockTime(time: Date): string {
  return time.toISOString().slice(11, 23);
}

function pathOf(line: Pick<RequestLine, 'method' | 'path'>): string {
  return `${line.method} ${printable(line.path)}`;
}
