// The headers of a message without personal data. What the check judges stays: the media type, and what is wrong with a token.
import { isComplete, tokenRemark } from '../protocol/sent-headers.ts';
import { isPlaceholder, type Pseudonyms } from './pseudonyms.ts';

type Headers = Readonly<Record<string, string>>;

/** About the message and its connection, in the words of HTTP. */
const technical = new Map<string, RegExp>(
  Object.entries({
    'content-length': /^\d{1,9}$/,
    'content-encoding': /^(?:gzip|br|deflate|zstd|identity)$/i,
    'transfer-encoding': /^chunked$/i,
    connection: /^(?:close|keep-alive)$/i,
    date: /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/,
    'retry-after': /^\d{1,6}$/,
  }),
);
/** Longer digits may be those of a person. */
const nameOfSoftware = /^(?!.*\d{3})[a-z][a-z\d-]{0,60}$/;

export function headersWithout(headers: Headers, pseudonyms: Pseudonyms): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      nameOfSoftware.test(name) || name.startsWith(':') ? name : pseudonyms.of(name),
      valueWithout(name, value, headers, pseudonyms),
    ]),
  );
}

function valueWithout(name: string, value: string, headers: Headers, pseudonyms: Pseudonyms): string {
  if (isPlaceholder(value)) return value;
  if (name === 'token' || name === 'auth') return tokenWithout(value.trim(), headers);
  if (name === 'host' || name === ':authority') return '<redacted>';
  if (name === 'content-type') return mediaType(value) ?? pseudonyms.of(value);
  return technical.get(name)?.test(value) ? value : pseudonyms.of(value);
}

function tokenWithout(value: string, headers: Headers): string {
  if (/^(?:<[^<>]{1,80}>|\$\w+)$/.test(value)) return value;
  const scheme = /^Bearer /i.exec(value)?.[0];
  if (scheme !== undefined) return `${scheme}<redacted>`;
  const isJudged = isComplete(headers) || value.split('.').length === 3;
  return (isJudged ? tokenRemark(value) : undefined) ?? '<redacted>';
}

const mediaTypes =
  /^\s*((?:application\/(?:json|xml|(?:problem|ld|hal)\+json|x-www-form-urlencoded|octet-stream)|text\/(?:plain|html|xml|csv|json)|multipart\/form-data))\s*(?:;|$)/i;

/** One in use, without its parameters, except the charset. */
function mediaType(value: string): string | undefined {
  const type = mediaTypes.exec(value)?.[1];
  const charset = /;\s*charset\s*=\s*"?(utf-?8|us-ascii|iso-8859-\d{1,2}|utf-16(?:le|be)?)\b/i.exec(
    value,
  )?.[1];
  return type === undefined ? undefined : charset === undefined ? type : `${type}; charset=${charset}`;
}
