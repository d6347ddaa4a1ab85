// A sender that shows its requests and their answers as they are on the wire.
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { eventsBody } from '../../src/protocol/events.ts';
import { eventOf } from '../sandbox/client.ts';

export const path = '/agentassist/api/v1/hooks/st-1';
export const entry = JSON.stringify(
  eventsBody({ conversationId: 'c', botId: 'st-1' }, [eventOf('NA entry')]),
);

export interface Answered {
  status: number;
  statusText: string;
  rawHeaders: string[];
  body: Buffer;
}

/** Sends by node:http, which changes nothing. */
export async function sent(
  url: string,
  { method = 'POST', headers = [] as string[], body = Buffer.alloc(0) as Buffer | string } = {},
): Promise<Answered> {
  const { hostname, port } = new URL(url);
  // Taken from the text: URL would normalise the path.
  const target = url.slice(url.indexOf('/', 'http://'.length));
  const length = ['Content-Length', String(Buffer.byteLength(body))];
  const all = ['Host', 'recorder.example', ...headers, ...(body.length > 0 ? length : [])];
  const request = httpRequest({ hostname, port, path: target, method, headers: all as never, agent: false });
  request.end(body);
  const [response] = await once(request, 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return {
    status: response.statusCode,
    statusText: response.statusMessage,
    rawHeaders: response.rawHeaders,
    body: Buffer.concat(chunks),
  };
}

/** The headers that are passed on: without those of the connection, and without the length. */
export function passed(raw: string[]): string[] {
  const own = ['host', 'connection', 'keep-alive', 'transfer-encoding', 'content-length'];
  return raw.filter((_, index) => !own.includes(raw[index - (index % 2)]!.toLowerCase()));
}
