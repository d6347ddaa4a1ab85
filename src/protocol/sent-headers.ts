// Checks of the headers that a sender sent. Never quotes a token or a part of one.

import { shown } from '../text/shown-value.ts';
import type { RequirementId } from './catalogue.ts';
import { type SenderFinding, senderFinding } from './lifecycle/lifecycle.ts';
import { isRedacted } from './redacted.ts';
import { isObject } from './requests.ts';

/** HOOKS-HDR-01 */
export function contentTypeFindings(
  headers: Readonly<Record<string, string>>,
  id: RequirementId,
): SenderFinding[] {
  const type = headers['content-type'];
  if (type === undefined) {
    return isComplete(headers) ? [senderFinding(id, 'The Content-Type header is missing')] : [];
  }
  return /^\s*application\/json\s*(;|$)/i.test(type)
    ? []
    : [senderFinding(id, `The Content-Type is ${shown(type)}, not application/json`)];
}

/**
 * Whether all headers of a request were recorded, so that a missing one was not sent. A request with a body says how long
 * it is; without that, the headers are those that somebody has chosen to record, such as Host and User-Agent.
 */
export function isComplete(headers: Readonly<Record<string, string>>): boolean {
  return [':authority', 'content-length', 'transfer-encoding'].some((name) => name in headers);
}

/**
 * HOOKS-AUTH-01 and -02, ASSIGN-AUTH-01. A token that was redacted before it was recorded is not judged.
 * @param names of the header
 * @param missing the requirement that a request without a token breaks
 * @param wrong the requirement that a token of another kind breaks
 */
export function tokenFindings(
  headers: Readonly<Record<string, string>>,
  names: readonly string[],
  missing: RequirementId,
  wrong: RequirementId,
): SenderFinding[] {
  const sent = names.filter((one) => headers[one] !== undefined);
  if (sent.length === 0) {
    return isComplete(headers) || headers.token !== undefined
      ? [senderFinding(missing, noToken(headers, names))]
      : [];
  }
  const name = sent.find((one) => headers[one]!.trim() !== '');
  if (name === undefined) return [senderFinding(missing, `The ${sent[0]} header is empty`)];
  const found = tokenProblem(headers[name]!.trim(), isComplete(headers));
  return found ? [senderFinding(wrong, `The ${name} header ${found}`)] : [];
}

/**
 * What a recorder writes in place of a token that is not as documented, so that it is judged as if it were still there:
 * `<holds a JWT without an appId>`.
 */
export function tokenRemark(token: string): string | undefined {
  const value = token.trim();
  const content = value === '' || bearer.test(value) ? undefined : wrongContent(value, true);
  return content && `<holds ${content}>`;
}

const remark = /^<holds (.*)>$/;
const bearer = /^Bearer /i;

function noToken(headers: Readonly<Record<string, string>>, names: readonly string[]): string {
  if (names.length > 1) return `There is no token: neither the ${names.join(' nor the ')} header was sent`;
  const [only] = names;
  return headers.token === undefined
    ? `There is no token: the ${only} header was not sent`
    : `The token is in the header token; this API reads it in the header ${only}`;
}

/** @param isUnredacted whether all headers were recorded as they were sent, as far as can be seen */
function tokenProblem(value: string, isUnredacted: boolean): string | undefined {
  if (bearer.test(value)) return 'begins with Bearer; it holds the JWT alone';
  const content = wrongContent(value, isUnredacted);
  return content && `holds ${content}`;
}

/** @param isUnredacted whether all headers were recorded as they were sent, as far as can be seen */
function wrongContent(value: string, isUnredacted: boolean): string | undefined {
  const [, remarked] = remark.exec(value) ?? [];
  if (remarked) return remarked;
  const parts = value.split('.');
  if (parts.length !== 3) return isUnredacted && !isRedactedToken(value) ? 'no JWT' : undefined;
  const header = decoded(parts[0]!);
  const payload = decoded(parts[1]!);
  if (!header || !payload) return isRedactedToken(value) ? undefined : 'no JWT: it cannot be decoded';
  if (header.alg !== 'HS256') return 'a JWT that is not signed with HS256';
  if (typeof payload.appId !== 'string' || payload.appId === '') return 'a JWT without an appId';
  return undefined;
}

function isRedactedToken(value: string): boolean {
  // Or the start of a JWT that was cut off.
  return isRedacted(value) || /^eyJ[\w-]*(\.[\w-]*)?$/.test(value);
}

function decoded(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
