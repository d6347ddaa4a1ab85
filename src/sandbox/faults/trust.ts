// Builds tenants that trust a JWT which they should not, or mistrust one which they should trust.
import { createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import jwt, { type JwtHeader, type JwtPayload, type VerifyOptions } from 'jsonwebtoken';
import { type AssignRequest, documentedAssignChecks } from '../assign-conversation.ts';
import type { Behaviour } from '../behaviour.ts';
import { documentedHooksChecks, type HooksRequest } from '../hooks.ts';
import type { SandboxIdentity } from '../identity.ts';
import { refusal } from '../refusal.ts';

export interface WithToken {
  headers: IncomingHttpHeaders;
}

type Case<Request> = (request: Request, identity: SandboxIdentity) => boolean;

/** The hooks authorise these requests, and verify the token of every other one as documented. */
export function trusting(trusted: Case<HooksRequest>): Partial<Behaviour> {
  const { token } = documentedHooksChecks;
  return hooksTokens((request, identity) =>
    trusted(request, identity) ? undefined : token(request, identity),
  );
}

/** assign-conversation authorises these requests, and verifies the token of every other one as documented. */
export function trustingTransfers(trusted: Case<AssignRequest>): Partial<Behaviour> {
  const { token } = documentedAssignChecks;
  return transferTokens((request, identity) =>
    trusted(request, identity) ? undefined : token(request, identity),
  );
}

/** The hooks refuse these requests even with a valid token. */
export function mistrusting(mistrusted: Case<HooksRequest>, message: string): Partial<Behaviour> {
  const { token } = documentedHooksChecks;
  return hooksTokens(
    (request, identity) =>
      token(request, identity) ?? (mistrusted(request, identity) ? refusal(401, message) : undefined),
  );
}

/** assign-conversation refuses these requests even with a valid token. */
export function mistrustingTransfers(mistrusted: Case<AssignRequest>, message: string): Partial<Behaviour> {
  const { token } = documentedAssignChecks;
  return transferTokens(
    (request, identity) =>
      token(request, identity) ?? (mistrusted(request, identity) ? refusal(401, message) : undefined),
  );
}

export function hooksTokens(token: Behaviour['hooksChecks'][string]): Partial<Behaviour> {
  return { hooksChecks: { ...documentedHooksChecks, token } };
}

function transferTokens(token: Behaviour['assignChecks'][string]): Partial<Behaviour> {
  return { assignChecks: { ...documentedAssignChecks, token } };
}

/** The content of the authentication header; an empty text when there is none. */
export function tokenOf({ headers }: WithToken): string {
  return String(headers.token ?? headers.auth ?? '');
}

/** The claims of a token; its signature is not verified. */
export function claimsOf(request: WithToken): JwtPayload {
  const payload = decoded(request)?.payload;
  return typeof payload === 'object' ? payload : {};
}

export function algorithmOf(request: WithToken): string | undefined {
  return decoded(request)?.header.alg;
}

/** Empty when it cannot be decoded; a token may have any member there. */
export function headerOf(request: WithToken): Record<string, unknown> {
  return { ...decoded(request)?.header };
}

function decoded(request: WithToken): { header: JwtHeader; payload: string | JwtPayload } | undefined {
  try {
    return jwt.decode(tokenOf(request), { complete: true }) ?? undefined;
  } catch {
    return undefined;
  }
}

export function isExpired(request: WithToken): boolean {
  return (claimsOf(request).exp ?? Number.POSITIVE_INFINITY) * 1000 < Date.now();
}

/** The signature that the token would have with this key. */
export function signatureWith(key: string, request: WithToken): string {
  const [header, payload] = tokenOf(request).split('.');
  return createHmac('sha256', key).update(`${header}.${payload}`).digest('base64url');
}

export function isSignedWith(key: string, request: WithToken): boolean {
  return tokenOf(request).split('.')[2] === signatureWith(key, request);
}

/** Whether a token is signed with an empty secret, as on a tenant where the client secret was never set. */
export function isSignedWithNothing(request: WithToken): boolean {
  return isSignedWith('', request);
}

/** Whether a token is signed with the client secret in lower case, as on a tenant that compares without regard to case. */
export function isSignedInLowerCase(request: WithToken, { clientSecret }: SandboxIdentity): boolean {
  return isSignedWith(clientSecret.toLowerCase(), request);
}

/** Whether the signature of a token is valid; the options say whether its expiry counts. The appId is not checked. */
export function isSigned(
  request: WithToken,
  { clientSecret }: SandboxIdentity,
  options: Pick<VerifyOptions, 'ignoreExpiration' | 'ignoreNotBefore' | 'clockTolerance'> = {
    ignoreExpiration: true,
  },
): boolean {
  try {
    jwt.verify(tokenOf(request), clientSecret, { algorithms: ['HS256'], ...options });
    return true;
  } catch {
    return false;
  }
}
