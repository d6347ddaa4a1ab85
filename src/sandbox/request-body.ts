// Reads the body of a request to its end and parses it; a defect becomes part of the result, not an error.
import type { IncomingMessage } from 'node:http';
import { unpackedBody } from '../system/content-coding.ts';

export const maxBodyBytes = 1024 * 1024;
/** Far more than any documented body has, and far less than a recursive check could survive. */
const maxNesting = 100;

export type Body =
  | { kind: 'empty' }
  | { kind: 'too large' }
  | { kind: 'unknown coding'; coding: string }
  | { kind: 'not JSON'; because: string }
  /** With the text that it was read from, where it came over a socket. */
  | { kind: 'JSON'; value: unknown; text?: string };

/**
 * Reads a request to its end even when it is too large: a client that is still writing when the connection closes would
 * see a reset instead of the answer.
 */
export async function readBody(request: IncomingMessage, limit = maxBodyBytes): Promise<Body> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
    else chunks.length = 0;
  }
  if (size > limit) return { kind: 'too large' };
  const unpacked = unpackedBody(Buffer.concat(chunks), request.headers['content-encoding'], limit);
  if ('bytes' in unpacked) return parseBody(unpacked.bytes);
  const { problem, coding } = unpacked;
  if (problem === 'too large') return { kind: 'too large' };
  if (problem === 'unknown') return { kind: 'unknown coding', coding };
  return { kind: 'not JSON', because: `it is not the ${coding} that its Content-Encoding says` };
}

/** A byte order mark before the JSON is ignored, as RFC 8259 (8.1) allows. */
export function parseBody(bytes: Buffer): Body {
  if (bytes.length === 0) return { kind: 'empty' };
  let value: unknown;
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    value = JSON.parse(text);
  } catch (error) {
    const because = error instanceof SyntaxError ? 'it is not well-formed' : 'it is not UTF-8';
    return { kind: 'not JSON', because };
  }
  if (isDeeperThan(value, maxNesting)) {
    return { kind: 'not JSON', because: `it is nested deeper than ${maxNesting} levels` };
  }
  return { kind: 'JSON', value, text };
}

/** Whether it is JSON that is written over several lines. */
export function isOverLines(body: Body): boolean {
  return body.kind === 'JSON' && body.text?.includes('\n') === true;
}

/** Goes level by level, not recursively: the sender decides how deep the value is. */
function isDeeperThan(value: unknown, levels: number): boolean {
  let level = [value].filter(isContainer);
  for (let depth = 0; level.length > 0; depth++) {
    if (depth === levels) return true;
    level = level.flatMap((container) => Object.values(container).filter(isContainer));
  }
  return false;
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
