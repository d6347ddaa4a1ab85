// What must not stand in a record: tokens, by value and by form, wherever they are.
import type { Redact } from '../evidence/redaction.ts';
import { tokenFindings } from '../protocol/sent-headers.ts';
import { encodings, Signer } from '../tenant/signer.ts';

const carriers = ['token', 'auth', 'authorization'];

/** A shorter value could not be told from other text, and opens nothing. */
const shortest = 8;

/**
 * Takes the secrets out of the texts of one exchange. What a check asks of a token stays: the scheme before it, and
 * what is wrong with it.
 * @param headers names in lower case
 * @param known redacts what is known beforehand: the secret of the client app, and whatever is shaped like a JWT
 */
export function redactFor(headers: Readonly<Record<string, string>>, url: string, known: Signer): Redact {
  const found = new Map<string, string>();
  const given = [...carriers.map((name) => headers[name] ?? ''), ...inQuery(url)];
  for (const value of given) {
    const token = value.trim().replace(/^(?:Bearer|Basic)\s+/i, '');
    if (token.length < shortest) continue;
    const placeholder = placeholderOf(token);
    for (const form of encodings(token)) found.set(form, placeholder);
  }
  // The longest first, so that none leaves a part of another.
  const values = [...found].sort(([one], [other]) => other.length - one.length);
  return (text) => {
    let clean = text;
    for (const [value, placeholder] of values) {
      if (clean.includes(value)) clean = clean.replaceAll(value, () => placeholder);
    }
    return known.redact(clean);
  };
}

/** @param secret of the client app, where it is known */
export function knownSecrets(secret = ''): Signer {
  return new Signer('', secret);
}

/** As a curl line has it; for a JWT that will not do, `<holds a JWT without an appId>`, as the check words it. */
function placeholderOf(token: string): string {
  const [wrong] = tokenFindings({ token }, ['token'], 'HOOKS-AUTH-01', 'HOOKS-AUTH-02');
  const says = wrong && /^The token header (holds .*)$/.exec(wrong.message)?.[1];
  return says ? `<${says}>` : '$TENANT_JWT';
}

function inQuery(url: string): string[] {
  const at = url.indexOf('?');
  if (at < 0) return [];
  const parameters = new URLSearchParams(url.slice(at));
  return [...carriers, 'jwt', 'access_token'].flatMap((name) => parameters.getAll(name));
}
