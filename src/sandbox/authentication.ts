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
  const token = accepted.map((name) => headers[name]).find((value) => value !== undefined);
  if (typeof token !== 'string' || token === '') {
    return refusal(401, `No JWT: send it in the header ${accepted.join(' or ')}`);
  }
  const wrong = tokenProblem(token, identity);
  return wrong === undefined ? undefined : refusal(401, `The JWT does not authorise this request: ${wrong}`);
}

function tokenProblem(token: string, identity: SandboxIdentity): string | undefined {
  try {
    const claims = jwt.verify(token, identity.clientSecret, { algorithms: ['HS256'] });
    const appId = typeof claims === 'string' ? undefined : claims.appId;
    if (appId === undefined || appId === '') return 'it has no appId';
    return appId === identity.clientId ? undefined : 'its appId is not the client id of this tenant';
  } catch (error) {
    // jsonwebtoken throws its own errors and, for a header that is not JSON, a SyntaxError that quotes the token.
    return error instanceof jwt.JsonWebTokenError ? error.message : 'it is not a JWT';
  }
}
