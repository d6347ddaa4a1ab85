// Which names announce a secret: by how they end, however their words are joined.

const endings =
  /(?:tokens?|secrets?|passw(?:or)?ds?|passwort|kennwort|pwd|pswd|passwrd|pass(?:code|phrase|key)s?|jwt|credentials?|authorization|cookies?|(?:amz|goog)signature|sharedaccesssignature)$/;
/** A key alone may be that of a record or of a table. */
const keys =
  /(?:api|access|secret|private|auth|sign(?:ing|ature)?|hmac|encrypt(?:ion)?|shared|subscription|functions?|account|master|session|ssh|storage|client|app|webhook|licen[cs]e)keys?$/;
/** Ends of longer words too, so they have to be words of their own. */
const words = new Set([
  'auth',
  'bearer',
  'pass',
  'psw',
  'csrf',
  'xsrf',
  'otp',
  'totp',
  'jsessionid',
  'phpsessid',
]);
/** "passwordConfirmation", "token_value", "secret2" */
const additions =
  /(?:value|string|text|raw|plain|encoded|hash|pem|base|confirm(?:ation|ed)?|again|repeat|\d+)$/;
/** A signature opens a URL; elsewhere it is ordinary, as is a key. */
const inQueryOnly = /^key$|(?:^|[^a-z]|amz|goog)(?:sig|sign|sas|signature|hmac)$/;

/** Whether a member, an element, a field of a form or a header of this name holds a secret. */
export function isSecretName(name: string): boolean {
  const before = judged.get(name);
  if (before !== undefined) return before;
  const found = endsLikeSecret(name);
  if (judged.size >= maxJudged) judged.clear();
  if (name.length <= maxName) judged.set(name, found);
  return found;
}

/** The same few names come in every request. */
const judged = new Map<string, boolean>();
const [maxJudged, maxName] = [1000, 100];

function endsLikeSecret(name: string): boolean {
  const last = lastWord(name);
  const squashed = plain(name).replace(additions, '');
  return words.has(last) || endings.test(squashed) || keys.test(squashed);
}

export function isSecretInQuery(name: string): boolean {
  return isSecretName(name) || inQueryOnly.test(name.toLowerCase());
}

/** Counts of tokens are everywhere, lists of them are not. */
export function isPlural(name: string): boolean {
  return plain(name).endsWith('s') && !/pass$/i.test(name);
}

/** Shorter than this, the value of a plural is ordinary. */
export const minOfPlural = 8;

/** { "name": "token", "value": … }: what says the name, and what it is a name of. */
export function saysName(name: string): boolean {
  return /^(?:name|key|k|id|label|property|type|(?:field|header|param|parameter)(?:name)?)$/i.test(name);
}

export function saysValue(name: string): boolean {
  return /^(?:(?:field|header|param|parameter)?values?|val|v|content|default)$/i.test(name);
}

export const placeholder = '<redacted>';

/** A placeholder of an earlier redaction stays: it may say what is wrong with a token. */
export function isPlaceholder(value: string): boolean {
  return value === '' || value === '$TENANT_JWT' || /^<[\w ,:;-]{1,80}>$/.test(value);
}

/** Whether there is nothing to hide in the text under a secret name. */
export function isOrdinary(name: string, value: string): boolean {
  return isPlaceholder(value) || (isPlural(name) && value.length < minOfPlural);
}

function plain(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}

function lastWord(name: string): string {
  return (
    name
      .split(/[^A-Za-z]+|(?<=[a-z])(?=[A-Z])/)
      .filter(Boolean)
      .at(-1)
      ?.toLowerCase() ?? ''
  );
}
