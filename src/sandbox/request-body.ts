// Reads the body of a request to its end and parses it; a defect becomes part of the result, not an error.
import type { IncomingMessage } from 'node:http';

export const maxBodyBytes = 1024 * 1024;
/** Far more than any documented body has, and far less than a recursive check could survive. */
const maxNesting = 100;

export type Body =
  | { kind: 'empty' }
  | { kind: 'too large' }
  | { kind: 'not JSON'; because: string }
  | { kind: 'JSON'; value: unknown };

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
  return size > limit ? { kind: 'too large' } : parseBody(Buffer.concat(chunks));
}

export function parseBody(bytes: Buffer): Body {
  if (bytes.length === 0) return { kind: 'empty' };
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    const text = error instanceof SyntaxError ? 'it is not well-formed' : 'it is not UTF-8';
    return { kind: 'not JSON', because: text };
  }
  if (isDeeperThan(value, maxNesting)) {
    return { kind: 'not JSON', because: `it is nested deeper than ${maxNesting} levels` };
  }
  return { kind: 'JSON', value };
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
