// Redacts tokens and passwords in a record: by value wherever they occur, and by name where they have one.
import type { Redact } from '../../evidence/redaction.ts';
import { tokenRemark } from '../../protocol/sent-headers.ts';
import type { Exchange } from '../../tenant/exchange.ts';
import { Signer } from '../../tenant/signer.ts';
import { Spellings } from '../../tenant/spellings.ts';
import { withoutNamedSecrets } from './named-secrets.ts';
import { isOfProtocol } from './public-values.ts';
import { placeholder as hidden, isSecretName } from './secret-names.ts';

/** The headers whose content the check judges. */
const tokenHeaders = ['token', 'auth'];

/** A shorter value cannot be distinguished from other text, and gives access to nothing. */
const minSecretLength = 8;

/**
 * Redacts the secrets in the texts of one exchange. What the check looks at stays: the scheme before a token, and what is
 * wrong with the token.
 * @param known redacts the secrets that were known beforehand
 */
export function redactFor({ request, answer }: Exchange, known: Redact): Redact {
  const { headers, url } = request;
  const found = new Map<string, string>();
  const hide = (value: string, placeholder: string) => {
    if (value.length >= minSecretLength && !found.has(value)) found.set(value, placeholder);
  };
  const hideUnlessPublic = (value: string) => {
    if (value.length >= minSecretLength && !isOfProtocol(value, request)) hide(value, hidden);
  };
  for (const name of tokenHeaders) {
    const header = headers[name]?.trim() ?? '';
    const remark = tokenRemark(header);
    if (remark !== undefined) hide(header, remark);
    for (const value of valuesOf(header)) hide(value, placeholderOf(value));
  }
  for (const value of inQuery(url)) hide(value, placeholderOf(value));
  for (const [name, header] of [...Object.entries(headers), ...Object.entries(answer?.headers ?? {})]) {
    if (!isSecretName(name) || /cookie$/.test(name)) continue;
    for (const value of valuesOf(header)) hideUnlessPublic(value);
  }
  for (const value of cookiesOf(headers.cookie, ';')) hideUnlessPublic(value);
  for (const value of cookiesOf(answer?.headers['set-cookie'], ',')) hideUnlessPublic(value);
  const spellings = spellingsOf(found);
  const byValue = (text: string) => spellings.replacedIn(text, (placeholder) => placeholder);
  return (text) => withoutNamedSecrets(known(byValue(text)));
}

/** Of the last exchange: a sender uses a token for an hour. */
let last = { key: '', spellings: new Spellings<string>() };

function spellingsOf(found: ReadonlyMap<string, string>): Spellings<string> {
  const key = JSON.stringify([...found]);
  if (key === last.key) return last.spellings;
  last = { key, spellings: new Spellings<string>() };
  for (const [value, placeholder] of found) last.spellings.add(value, placeholder);
  return last.spellings;
}

/** @param secret of the client app, if it is known; anything shaped like a JWT is redacted in any case */
export function knownSecrets(secret = ''): Redact {
  const signer = new Signer('', secret);
  return (text) => signer.redact(text);
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
  return tokenRemark(token) ?? '$TENANT_JWT';
}

function inQuery(url: string): string[] {
  const at = url.indexOf('?');
  if (at < 0) return [];
  return [...new URLSearchParams(url.slice(at))].flatMap(([name, value]) =>
    isSecretName(name) ? [value] : [],
  );
}
