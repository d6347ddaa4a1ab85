// Redacts tokens and passwords in a record: by value wherever they occur, and by name where they have one.
import type { Redact } from '../../evidence/redaction.ts';
import { tokenFindings } from '../../protocol/sent-headers.ts';
import type { Exchange } from '../../tenant/exchange.ts';
import { encodings, Signer } from '../../tenant/signer.ts';
import { withoutNamedSecrets } from './named-secrets.ts';

/** The headers whose content the check judges. */
const tokenHeaders = ['token', 'auth'];
const secretHeaders = [
  ...tokenHeaders,
  'authorization',
  'proxy-authorization',
  'x-api-key',
  'api-key',
  'apikey',
];

/** A shorter value cannot be distinguished from other text, and gives access to nothing. */
const minSecretLength = 8;
const hidden = '<redacted>';

/**
 * Redacts the secrets in the texts of one exchange. What the check looks at stays: the scheme before a token, and what is
 * wrong with the token.
 * @param known redacts the secrets that were known beforehand
 */
export function redactFor({ request: { headers, url }, answer }: Exchange, known: Redact): Redact {
  const found = new Map<string, string>();
  const hide = (value: string, placeholder: string) => {
    if (value.length < minSecretLength) return;
    for (const form of formsOf(value)) if (!found.has(form)) found.set(form, placeholder);
  };
  for (const name of tokenHeaders) {
    const header = headers[name]?.trim() ?? '';
    const defect = defectOf(header);
    if (defect !== undefined) hide(header, defect);
    for (const value of valuesOf(header)) hide(value, placeholderOf(value));
  }
  for (const value of inQuery(url)) hide(value, placeholderOf(value));
  for (const name of secretHeaders) for (const value of valuesOf(headers[name] ?? '')) hide(value, hidden);
  for (const value of cookiesOf(headers.cookie, ';')) hide(value, hidden);
  for (const value of cookiesOf(answer?.headers['set-cookie'], ',')) hide(value, hidden);
  const inOrder = longestFirst(found);
  return (text) => withoutNamedSecrets(known(replaced(text, inOrder)));
}

/** @param secret of the client app, if it is known; anything shaped like a JWT is redacted in any case */
export function knownSecrets(secret = ''): Redact {
  const signer = new Signer('', secret);
  const values = longestFirst(new Map([...formsOf(secret)].map((form) => [form, '<client secret>'])));
  return (text) => signer.redact(replaced(text, values));
}

/** JSON may escape each slash as \/. */
function formsOf(value: string): Set<string> {
  const forms = encodings(value);
  for (const form of [...forms]) if (form.includes('/')) forms.add(form.replaceAll('/', '\\/'));
  return forms;
}

/** Longest first, so that replacing one value leaves no part of another. */
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
 * The secrets that a header may hold: each part, when it was sent several times, without its scheme; the value of its
 * parameter (RFC 9110, 11.4); and the password of Basic.
 */
function valuesOf(header: string): string[] {
  return header.split(',').flatMap((part) => {
    const whole = part.trim();
    const [, scheme = '', credentials = whole] = /^([A-Za-z][\w-]*)\s+(.+)$/.exec(whole) ?? [];
    const [, name = '', value = ''] = /^([\w-]+)\s*=\s*"?(.*?)"?$/.exec(credentials) ?? [];
    const parameter = publicParameters.has(name.toLowerCase()) ? '' : value;
    const basic = /^basic$/i.test(scheme) ? Buffer.from(credentials, 'base64').toString() : '';
    return [credentials, parameter, basic, basic.slice(basic.indexOf(':') + 1)];
  });
}

/** Parameters of Digest that are not secret and occur elsewhere too, as the path of the request. */
const publicParameters = new Set(['username', 'realm', 'uri', 'algorithm', 'qop', 'nc']);

function cookiesOf(header: string | undefined, separator: string): string[] {
  return (header ?? '').split(separator).map((pair) => /^[^=;]*=\s*"?([^;"]*)/.exec(pair)?.[1]?.trim() ?? '');
}

/** As in a curl line; for a JWT that breaks a rule, the words of the check: `<holds a JWT without an appId>`. */
function placeholderOf(token: string): string {
  return defectOf(token) ?? '$TENANT_JWT';
}

function defectOf(token: string): string | undefined {
  // The host shows that the record has all headers.
  const [finding] = tokenFindings({ host: '', token }, ['token'], 'HOOKS-AUTH-01', 'HOOKS-AUTH-02');
  const defect = finding && /^The token header (holds .*)$/.exec(finding.message)?.[1];
  return defect && `<${defect}>`;
}

function inQuery(url: string): string[] {
  const at = url.indexOf('?');
  if (at < 0) return [];
  const parameters = new URLSearchParams(url.slice(at));
  return [...secretHeaders, 'jwt', 'access_token', 'api_key', 'secret', 'client_secret', 'password'].flatMap(
    (name) => parameters.getAll(name),
  );
}
