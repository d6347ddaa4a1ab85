import { parseJson } from '../protocol/answers.ts';
import type { WireRequest } from '../tenant/exchange.ts';

/**
 * A command for a POSIX shell that repeats a redacted request, in one line unless its lines matter.
 * $TENANT_JWT, which stands for the token, is in double quotes; everything else is in single quotes.
 */
export function curl(request: WireRequest, { isExact = false }: { isExact?: boolean } = {}): string {
  const parts = ['curl', '-i', '-X', request.method, single(request.url)];
  for (const [name, value] of Object.entries(request.headers)) {
    if (name === 'user-agent' || name === 'accept') continue;
    parts.push('-H', value === '$TENANT_JWT' ? `"${name}: $TENANT_JWT"` : single(headerLine(name, value)));
  }
  // Otherwise curl would send the content type of a form.
  if (request.body !== undefined && request.headers['content-type'] === undefined)
    parts.push('-H', "'content-type:'");
  if (request.body !== undefined)
    parts.push('--data-raw', single(isExact ? request.body : inOneLine(request.body)));
  return parts.join(' ');
}

/** JSON that is written over several lines says the same in one; anything else stays as it is. */
function inOneLine(body: string): string {
  if (!body.includes('\n')) return body;
  const value = parseJson(body);
  return JSON.stringify(value, null, 2) === body ? JSON.stringify(value) : body;
}

/** curl sends an empty header only when it ends in a semicolon. */
function headerLine(name: string, value: string): string {
  return value === '' ? `${name};` : `${name}: ${value}`;
}

function single(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
