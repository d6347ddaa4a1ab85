// Faults about the JWT of assign-conversation.
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
    description: 'A transfer without a token is carried out; a token that was sent is verified.',
    behaviour: () => trustingTransfers(({ headers }) => headers.auth === undefined),
  },
  {
    name: 'transfers-with-a-token-of-an-empty-secret',
    breaks: 'ASSIGN-AUTH-01',
    description: 'A token that is signed with an empty secret authorises a transfer.',
    behaviour: () => trustingTransfers(isSignedWithNothing),
  },
  {
    name: 'transfers-with-any-token',
    breaks: 'ASSIGN-AUTH-01',
    description: 'Any text is accepted as the token of a transfer.',
    behaviour: () => trustingTransfers((request) => tokenOf(request) !== ''),
  },
  {
    name: 'transfers-to-a-queue-with-any-token',
    breaks: 'ASSIGN-AUTH-01',
    description: 'A transfer to a queue needs no valid token.',
    behaviour: () => trustingTransfers((request) => 'queueId' in parametersOf(request)),
  },
  {
    name: 'transfers-without-verifying-the-signature',
    breaks: 'ASSIGN-AUTH-01',
    description: 'The algorithm, appId and expiry of a token are checked, but not its signature.',
    behaviour: () =>
      trustingTransfers((request, { clientId }) => {
        return (
          algorithmOf(request) === 'HS256' && claimsOf(request).appId === clientId && !isExpired(request)
        );
      }),
  },
  {
    name: 'transfers-with-an-expired-token',
    breaks: 'ASSIGN-AUTH-02',
    description: 'A token that has expired authorises a transfer.',
    behaviour: () =>
      trustingTransfers((request, identity) => isSigned(request, identity) && isExpired(request)),
  },
  {
    name: 'transfers-with-an-unsigned-token',
    breaks: 'ASSIGN-AUTH-01',
    description: 'A token with alg none authorises a transfer.',
    behaviour: () => trustingTransfers((request) => algorithmOf(request) === 'none'),
  },
  {
    name: 'transfers-with-a-token-for-another-app',
    breaks: 'ASSIGN-AUTH-02',
    description: 'The appId of a token is not checked.',
    behaviour: () => trustingTransfers((request, identity) => isSigned(request, identity, {})),
  },
  {
    name: 'remembers-that-a-session-was-authorised',
    breaks: 'ASSIGN-AUTH-01',
    description: 'Once a transfer of a session was authorised, its later transfers need no valid token.',
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
    name: 'transfers-without-a-signature-when-no-account-is-named',
    breaks: 'ASSIGN-AUTH-01',
    description:
      'Without the header accountid the token of a transfer needs the right appId, but no signature.',
    behaviour: () =>
      trustingTransfers((request, { clientId }) => {
        return request.headers.accountid === undefined && claimsOf(request).appId === clientId;
      }),
  },
  {
    name: 'transfers-with-any-token-when-the-body-is-empty',
    breaks: 'ASSIGN-AUTH-01',
    description: 'The token of a transfer is not verified when its parameters are in the query.',
    behaviour: () => trustingTransfers(({ query }) => 'queueId' in query || 'aId' in query),
  },
  {
    name: 'looks-for-the-token-of-a-transfer-in-another-header',
    breaks: 'ASSIGN-AUTH-04',
    description: 'The token of a transfer is expected in the header token, as for the hooks, not in auth.',
    behaviour: () =>
      mistrustingTransfers(({ headers }) => headers.token === undefined, 'The header token is missing'),
  },
  {
    name: 'requires-an-expiry-for-a-transfer',
    breaks: 'ASSIGN-AUTH-04',
    description:
      'A token without exp authorises no transfer, although the tokens in the documents have none.',
    behaviour: () => mistrustingTransfers((request) => claimsOf(request).exp === undefined, 'exp is missing'),
  },
  {
    name: 'fails-on-a-bad-token-of-a-transfer',
    breaks: 'ASSIGN-AUTH-01',
    description: 'A transfer with an invalid token is answered with HTTP 500.',
    behaviour: () => ({
      assignChecks: {
        ...documentedAssignChecks,
        token: (request, identity) =>
          documentedAssignChecks.token(request, identity) && refusal(500, 'invalid signature'),
      },
    }),
  },
];
