// Faults of assign-conversation about the JWT: ASSIGN-AUTH-01.
import { documentedAssignChecks } from '../assign-conversation.ts';
import { refusal } from '../refusal.ts';
import type { Fault } from './fault.ts';
import { parametersOf } from './requests.ts';
import {
  algorithmOf,
  claimsOf,
  isExpired,
  isSigned,
  isSignedWithNothing,
  mistrustingTransfers,
  tokenOf,
  trustingTransfers,
} from './trust.ts';

export const transferTokenFaults: readonly Fault[] = [
  {
    name: 'transfers-without-a-token',
    breaks: 'ASSIGN-AUTH-01',
    says: 'A transfer is carried out without the header, and a token that is there is verified.',
    behaviour: () => trustingTransfers(({ headers }) => headers.auth === undefined),
  },
  {
    name: 'transfers-with-a-token-of-an-empty-secret',
    breaks: 'ASSIGN-AUTH-01',
    says: 'An app whose secret is not found has an empty one, so anybody can have a conversation transferred.',
    behaviour: () => trustingTransfers(isSignedWithNothing),
  },
  {
    name: 'transfers-with-any-token',
    breaks: 'ASSIGN-AUTH-01',
    says: 'Any text in the header will do for a transfer.',
    behaviour: () => trustingTransfers((request) => tokenOf(request) !== ''),
  },
  {
    name: 'transfers-to-a-queue-with-any-token',
    breaks: 'ASSIGN-AUTH-01',
    says: 'Only a transfer to an agent needs a good token.',
    behaviour: () => trustingTransfers((request) => 'queueId' in parametersOf(request)),
  },
  {
    name: 'transfers-without-verifying-the-signature',
    breaks: 'ASSIGN-AUTH-01',
    says: 'Algorithm, appId and expiry of a token are checked, its signature is not.',
    behaviour: () =>
      trustingTransfers((request, { clientId }) => {
        return (
          algorithmOf(request) === 'HS256' && claimsOf(request).appId === clientId && !isExpired(request)
        );
      }),
  },
  {
    name: 'transfers-with-an-expired-token',
    breaks: 'ASSIGN-AUTH-01',
    says: 'A token that has expired authorises a transfer.',
    behaviour: () =>
      trustingTransfers((request, identity) => isSigned(request, identity) && isExpired(request)),
  },
  {
    name: 'transfers-with-an-unsigned-token',
    breaks: 'ASSIGN-AUTH-01',
    says: 'A token with alg none authorises a transfer.',
    behaviour: () => trustingTransfers((request) => algorithmOf(request) === 'none'),
  },
  {
    name: 'transfers-with-a-token-for-another-app',
    breaks: 'ASSIGN-AUTH-01',
    says: 'The appId of a token is not looked at.',
    behaviour: () => trustingTransfers((request, identity) => isSigned(request, identity, {})),
  },
  {
    name: 'remembers-that-a-session-was-authorised',
    breaks: 'ASSIGN-AUTH-01',
    says: 'After one good token for a session, its transfers need none.',
    behaviour: () => {
      const authorised = new Set<unknown>();
      return trustingTransfers((request, identity) => {
        const session = parametersOf(request).botSessionId;
        if (!isSigned(request, identity)) return authorised.has(session);
        authorised.add(session);
        return false;
      });
    },
  },
  {
    name: 'looks-for-the-token-of-a-transfer-in-another-header',
    breaks: 'ASSIGN-AUTH-01',
    says: 'The token of a transfer is read from the header token, as for the hooks, and the one in auth not seen.',
    behaviour: () =>
      mistrustingTransfers(({ headers }) => headers.token === undefined, 'The header token is missing'),
  },
  {
    name: 'demands-an-expiry-for-a-transfer',
    breaks: 'ASSIGN-AUTH-01',
    says: 'A token without exp authorises no transfer, although the documents show none with it.',
    behaviour: () => mistrustingTransfers((request) => claimsOf(request).exp === undefined, 'exp is missing'),
  },
  {
    name: 'fails-on-a-bad-token-of-a-transfer',
    breaks: 'ASSIGN-AUTH-01',
    says: 'A transfer whose token does not verify is answered with HTTP 500.',
    behaviour: () => ({
      assignChecks: {
        ...documentedAssignChecks,
        token: (request, identity) =>
          documentedAssignChecks.token(request, identity) && refusal(500, 'invalid signature'),
      },
    }),
  },
];
