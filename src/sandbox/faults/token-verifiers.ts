// Faults in verifying a JWT: trusting the key it names, checking only part of it, or insisting on what is not required.
import type { SandboxIdentity } from '../identity.ts';
import type { Fault } from './fault.ts';
import { an } from './requests.ts';
import {
  claimsOf,
  headerOf,
  isSigned,
  isSignedWith,
  mistrusting,
  signatureWith,
  tokenOf,
  trusting,
  trustingTransfers,
  type WithToken,
} from './trust.ts';

function partsOf(request: WithToken): [header: string, claims: string, signature: string, ...more: string[]] {
  const [header = '', claims = '', signature = '', ...more] = tokenOf(request).split('.');
  return [header, claims, signature, ...more];
}

/** Whether the claims are those of an app of this tenant, whoever wrote them. */
function isForThisApp(request: WithToken, { clientId }: SandboxIdentity): boolean {
  return claimsOf(request).appId === clientId;
}

/** Whether nothing but the signature of a token may be wrong. */
function fitsButForItsSignature(request: WithToken, identity: SandboxIdentity): boolean {
  const [header, claims, , ...more] = partsOf(request);
  const token = `${header}.${claims}.${signatureWith(identity.clientSecret, request)}`;
  return (
    more.length === 0 && isSigned({ headers: { token } }, identity, {}) && isForThisApp(request, identity)
  );
}

function bringsItsSecret(request: WithToken): boolean {
  const { jwk } = headerOf(request) as { jwk?: { k?: string } };
  return jwk?.k !== undefined && isSignedWith(Buffer.from(jwk.k, 'base64url').toString(), request);
}

/** None, NONE …, but not none. */
function hasOddlyWrittenNone(request: WithToken): boolean {
  const { alg } = headerOf(request);
  return String(alg).toLowerCase() === 'none' && alg !== 'none';
}

const believed: Fault[] = [
  {
    name: 'accepts-a-token-signed-with-the-client-id',
    breaks: 'HOOKS-AUTH-01',
    description: 'A token signed with the client id, which is not secret, is accepted.',
    behaviour: () => trusting((request, { clientId }) => isSignedWith(clientId, request)),
  },
  {
    name: 'accepts-a-key-that-a-token-brings',
    breaks: 'HOOKS-AUTH-01',
    description: 'A token is verified with the secret in its own header.',
    behaviour: () => trusting(bringsItsSecret),
  },
  {
    name: 'reads-its-key-from-a-path-in-the-token',
    breaks: 'HOOKS-AUTH-01',
    description: 'The key id of a token is read as a path, and an empty file counts as a key.',
    behaviour: () =>
      trusting((request) => String(headerOf(request).kid).endsWith('/dev/null') && isSignedWith('', request)),
  },
  {
    name: 'finds-an-empty-key-for-an-unknown-app',
    breaks: 'HOOKS-AUTH-01',
    description: 'A token of an app that it does not know is verified with an empty key.',
    behaviour: () =>
      trusting((request, { clientId }) => claimsOf(request).appId !== clientId && isSignedWith('', request)),
  },
  {
    name: 'accepts-a-public-key-that-a-token-brings',
    breaks: 'HOOKS-AUTH-01',
    description: 'A token with a public key in its header is verified with that.',
    behaviour: () => trusting((request) => headerOf(request).alg === 'ES256' && 'jwk' in headerOf(request)),
  },
  {
    name: 'skips-algorithms-that-it-does-not-know',
    breaks: 'HOOKS-AUTH-01',
    description: 'The signature of a token is verified for HS256 only.',
    behaviour: () =>
      trusting((request, identity) => headerOf(request).alg === 'RS256' && isForThisApp(request, identity)),
  },
  {
    name: 'knows-none-in-small-letters-only',
    breaks: 'HOOKS-AUTH-01',
    description: 'The algorithm none is refused, but not None and NONE.',
    behaviour: () => trusting(hasOddlyWrittenNone),
  },
];

const looksAtAPart: Fault[] = [
  {
    name: 'compares-only-the-start-of-a-signature',
    breaks: 'HOOKS-AUTH-01',
    description: 'A token with the beginning of its signature is accepted.',
    behaviour: () =>
      trusting((request, identity) => {
        const [, , signature] = partsOf(request);
        return (
          signature !== '' &&
          signatureWith(identity.clientSecret, request).startsWith(signature) &&
          fitsButForItsSignature(request, identity)
        );
      }),
  },
  {
    name: 'ignores-what-follows-a-signature',
    breaks: 'HOOKS-AUTH-01',
    description: 'Characters after the signature are ignored.',
    behaviour: () =>
      trusting(
        (request, identity) =>
          partsOf(request)[2].startsWith(signatureWith(identity.clientSecret, request)) &&
          fitsButForItsSignature(request, identity),
      ),
  },
  {
    name: 'ignores-the-case-of-a-signature',
    breaks: 'HOOKS-AUTH-01',
    description: 'A signature is compared without regard to upper and lower case.',
    behaviour: () =>
      trusting(
        (request, identity) =>
          partsOf(request)[2].toLowerCase() === signatureWith(identity.clientSecret, request).toLowerCase() &&
          fitsButForItsSignature(request, identity),
      ),
  },
  {
    name: 'accepts-an-empty-signature',
    breaks: 'HOOKS-AUTH-01',
    description: 'An HS256 token with an empty signature is accepted.',
    behaviour: () =>
      trusting(
        (request, identity) =>
          /^[^.]+\.[^.]+\.$/.test(tokenOf(request)) &&
          headerOf(request).alg === 'HS256' &&
          isForThisApp(request, identity),
      ),
  },
  {
    name: 'accepts-claims-without-a-signature',
    breaks: 'HOOKS-AUTH-01',
    description: 'A token of two parts is accepted.',
    behaviour: () => trusting((request) => tokenOf(request).split('.').length === 2),
  },
  {
    name: 'remembers-a-verified-token-by-its-claims',
    breaks: 'HOOKS-AUTH-01',
    description: 'Claims that came with a valid signature once are accepted with any other.',
    behaviour: () => {
      const good = new Set<string>();
      return trusting((request, identity) => {
        const [, claims] = partsOf(request);
        if (!isSigned(request, identity, {})) return partsOf(request)[2] !== '' && good.has(claims);
        good.add(claims);
        return false;
      });
    },
  },
  {
    name: 'accepts-half-a-signature-for-a-redial-entry',
    breaks: 'HOOKS-AUTH-01',
    description: 'For a redial entry only the first half of the signature is compared.',
    behaviour: () =>
      trusting((request, identity) => {
        const [, , signature] = partsOf(request);
        return (
          an('redial entry')(request) &&
          signature !== '' &&
          signatureWith(identity.clientSecret, request).slice(0, 22).startsWith(signature.slice(0, 20)) &&
          fitsButForItsSignature(request, identity)
        );
      }),
  },
  {
    name: 'accepts-a-token-with-a-fourth-part',
    breaks: 'HOOKS-AUTH-03',
    description: 'A token with a fourth part is accepted.',
    behaviour: () =>
      trusting((request, { clientSecret }) => {
        return partsOf(request).length > 3 && isSignedWith(clientSecret, request);
      }),
  },
];

const fitting: Fault[] = [
  {
    name: 'compares-the-appId-loosely',
    breaks: 'HOOKS-AUTH-03',
    description: 'A token whose appId is a list with the right one only is accepted.',
    behaviour: () =>
      trusting((request, identity) => {
        return isSigned(request, identity, {}) && String(claimsOf(request).appId) === identity.clientId;
      }),
  },
  {
    name: 'accepts-an-appId-of-null',
    breaks: 'HOOKS-AUTH-03',
    description: 'A token whose appId is null is accepted for any app.',
    behaviour: () =>
      trusting((request, identity) => isSigned(request, identity, {}) && claimsOf(request).appId === null),
  },
  {
    name: 'accepts-an-appId-that-ends-in-the-right-one',
    breaks: 'HOOKS-AUTH-03',
    description: 'A token is accepted when its appId ends in the right one.',
    behaviour: () =>
      trusting((request, identity) => {
        return isSigned(request, identity, {}) && String(claimsOf(request).appId).endsWith(identity.clientId);
      }),
  },
  {
    name: 'ignores-when-a-token-begins-to-be-valid',
    breaks: 'HOOKS-AUTH-03',
    description: 'A token is accepted before the time in its nbf.',
    behaviour: () =>
      trusting((request, identity) => {
        return isSigned(request, identity, { ignoreNotBefore: true }) && isForThisApp(request, identity);
      }),
  },
  {
    name: 'ignores-an-expiry-that-is-a-fraction',
    breaks: 'HOOKS-AUTH-03',
    description: 'An exp that is not a whole number is not checked.',
    behaviour: () =>
      trusting((request, identity) => {
        const { exp = 0, appId } = claimsOf(request);
        return isSigned(request, identity) && appId === identity.clientId && !Number.isInteger(exp);
      }),
  },
];

const insists: Fault[] = [
  {
    name: 'refuses-claims-that-it-does-not-know',
    breaks: 'HOOKS-AUTH-02',
    description: 'A token with an issuer (iss) is refused.',
    behaviour: () => mistrusting((request) => claimsOf(request).iss !== undefined, 'iss is not a claim'),
  },
  {
    name: 'insists-on-the-order-of-the-claims',
    breaks: 'HOOKS-AUTH-02',
    description: 'A token whose first claim is exp or iat is refused.',
    behaviour: () =>
      mistrusting(
        (request) => ['exp', 'iat'].includes(Object.keys(claimsOf(request))[0] ?? ''),
        'appId is missing',
      ),
  },
  {
    name: 'insists-on-a-typ',
    breaks: 'HOOKS-AUTH-02',
    description: 'A token whose header has no typ is refused.',
    behaviour: () => mistrusting((request) => headerOf(request).typ === undefined, 'not a JWT'),
  },
  {
    name: 'insists-on-JSON-without-white-space',
    breaks: 'HOOKS-AUTH-02',
    description: 'A token whose header has white space after its opening brace is refused.',
    behaviour: () => mistrusting((request) => !tokenOf(request).startsWith('eyJ'), 'jwt malformed'),
  },
];

const ofTransfers: Fault[] = [
  {
    name: 'transfers-with-a-key-that-the-token-brings',
    breaks: 'ASSIGN-AUTH-01',
    description: 'The token of a transfer is verified with the secret in its own header.',
    behaviour: () => trustingTransfers(bringsItsSecret),
  },
  {
    name: 'transfers-with-none-in-capitals',
    breaks: 'ASSIGN-AUTH-01',
    description: 'An unsigned token with the algorithm None or NONE authorises a transfer.',
    behaviour: () => trustingTransfers(hasOddlyWrittenNone),
  },
  {
    name: 'transfers-for-an-appId-that-ends-in-the-right-one',
    breaks: 'ASSIGN-AUTH-02',
    description: 'A token authorises a transfer when its appId ends in the right one.',
    behaviour: () =>
      trustingTransfers((request, identity) => {
        return isSigned(request, identity, {}) && String(claimsOf(request).appId).endsWith(identity.clientId);
      }),
  },
];

export const tokenVerifierFaults: readonly Fault[] = [
  ...believed,
  ...looksAtAPart,
  ...fitting,
  ...insists,
  ...ofTransfers,
];
