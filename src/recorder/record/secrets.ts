// What must not stand in a record: tokens and passwords, by value wherever they are, and by name where they have one.
import type { Redact } from '../../evidence/redaction.ts';
import { tokenFindings } from '../../protocol/sent-headers.ts';
import type { Exchange } from '../../tenant/exchange.ts';
import { encodings, Signer } from '../../tenant/signer.ts';
import { withoutNamedSecrets } from './named-secrets.ts';

/** Of these the check says what is wrong with them. */
const tokens = ['token', 'auth'];
const carriers = [...tokens, 'authorization', 'proxy-authorization', 'x-api-key', 'api-key', 'apikey'];

/** A shorter value could not be told from other text, and opens nothing. */
const minSecretLength = 8;
const hidden = '<redacted>';

/**
 * Takes the secrets out of the texts of one exchange. What a check asks of a token stays: the scheme before it, and
 * what is wrong with it.
 * @param known redacts what is known beforehand
 */
export function redactFor({ request: { headers, url }, answer }: Exchange, known: Redact): Redact {
  const found = new Map<string, string>();
  const hide = (value: string, placeholder: string) => {
    if (value.length < minSecretLength) return;
    for (const form of formsOf(value)) if (!found.has(form)) found.set(form, placeholder);
  };
  for (const name of tokens) {
    const given = headers[name]?.trim() ?? '';
    const says = whatIsWrong(given);
    if (says !== undefined) hide(given, says);
    for (const value of valuesOf(given)) hide(value, placeholderOf(value));
  }
  for (const value of inQuery(url)) hide(value, placeholderOf(value));
  for (const name of carriers) for (const value of valuesOf(headers[name] ?? '')) hide(value, hidden);
  for (const value of cookiesOf(headers.cookie, ';')) hide(value, hidden);
  for (const value of cookiesOf(answer?.headers['set-cookie'], ',')) hide(value, hidden);
  const inOrder = longestFirst(found);
  return (text) => withoutNamedSecrets(known(replaced(text, inOrder)));
}

/** @param secret of the client app, where it is known; what is shaped like a JWT is one in any case */
export function knownSecrets(secret = ''): Redact {
  const signer = new Signer('', secret);
  const values = longestFirst(new Map([...formsOf(secret)].map((form) => [form, '<client secret>'])));
  return (text) => signer.redact(replaced(text, values));
}

/** JSON may also be written with \/ for each slash. */
function formsOf(value: string): Set<string> {
  const forms = encodings(value);
  for (const form of [...forms]) if (form.includes('/')) forms.add(form.replaceAll('/', '\\/'));
  return forms;
}

/** So that none leaves a part of another. */
function longestFirst(values: Map<string, string>): [value: string, placeholder: string][] {
  return [...values].sort(([one], [other]) => other.length - one.length);
}

function replaced(text: string, values: readonly [string, string][]): string {
  let clean = text;
  for (const [value, placeholder] of values) {
    if (clean.includes(value)) clean = clean.replaceAll(value, () => placeholder);
  }
  return clean;
}

/**
 * The secrets that a header may hold: all of it, what stands behind its scheme, its parts when it was sent several
 * times, the values of its parameters (RFC 9110, 11.4), and the password of Basic.
 */
function valuesOf(header: string): string[] {
  return header.split(',').flatMap((part) => {
    const whole = part.trim();
    const [, scheme = '', credentials = whole] = /^([A-Za-z][\w-]*)\s+(.+)$/.exec(whole) ?? [];
    const [, name = '', value = ''] = /^([\w-]+)\s*=\s*"?(.*?)"?$/.exec(credentials) ?? [];
    const parameter = noSecrets.has(name.toLowerCase()) ? '' : value;
    const basic = /^basic$/i.test(scheme) ? Buffer.from(credentials, 'base64').toString() : '';
    return [credentials, parameter, basic, basic.slice(basic.indexOf(':') + 1)];
  });
}

/** Parameters of Digest that also stand elsewhere, as the path of the request. */
const noSecrets = new Set(['username', 'realm', 'uri', 'algorithm', 'qop', 'nc']);

function cookiesOf(header: string | undefined, separator: string): string[] {
  return (header ?? '').split(separator).map((pair) => /^[^=;]*=\s*"?([^;"]*)/.exec(pair)?.[1]?.trim() ?? '');
}

/** As a curl line has it; for a JWT that will not do, `<holds a JWT without an appId>`, as the check words it. */
function placeholderOf(token: string): string {
  return whatIsWrong(token) ?? '$TENANT_JWT';
}

function whatIsWrong(token: string): string | undefined {
  // With a host, so that nothing counts as left out of the record.
  const [wrong] = tokenFindings({ host: '', token }, ['token'], 'HOOKS-AUTH-01', 'HOOKS-AUTH-02');
  const says = wrong && /^The token header (holds .*)$/.exec(wrong.message)?.[1];
  return says && `<${says}>`;
}

function inQuery(url: string): string[] {
  const at = url.indexOf('?');
  if (at < 0) return [];
  const parameters = new URLSearchParams(url.slice(at));
  return [...carriers, 'jwt', 'access_token', 'api_key', 'secret', 'client_secret', 'password'].flatMap(
    (name) => parameters.getAll(name),
  );
}
