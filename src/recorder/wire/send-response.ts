// Sends an answer to the sender as it came from the tenant.
import type { ServerResponse } from 'node:http';
import { finished } from 'node:stream/promises';
import type { Answer } from '../../protocol/answers.ts';
import type { RawAnswer } from './wire.ts';

/** Settled when the answer is handed over, or the sender has gone. */
export async function sendResponse(
  response: ServerResponse,
  { status, statusText, headers, body }: RawAnswer,
): Promise<void> {
  // Node would add a Date header that the tenant did not send.
  response.sendDate = false;
  const raw = [...headers];
  if (statusText === '' || !isLatin1(statusText)) response.writeHead(status, raw);
  else response.writeHead(status, statusText, raw);
  response.end(body);
  if (response.socket?.destroyed) return;
  await finished(response, { readable: false }).catch(() => {});
}

export function rawAnswer({ status, headers, body }: Answer): RawAnswer {
  const bytes = Buffer.from(body);
  const length = ['content-length', String(bytes.length)];
  return { status, statusText: '', headers: [...Object.entries(headers).flat(), ...length], body: bytes };
}

/** undici reads a reason phrase as UTF-8; Node writes Latin-1 only, and throws for anything else. */
function isLatin1(text: string): boolean {
  return /^[\t\x20-\x7e\x80-\xff]*$/.test(text);
}
