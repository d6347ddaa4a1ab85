// Faults of tenants that leave a token to others when it does not come in the header where it belongs.
import type { AssignRequest } from '../assign-conversation.ts';
import type { HooksRequest } from '../hooks.ts';
import type { Fault } from './fault.ts';
import { claimsOf, mistrusting, mistrustingTransfers, trusting, trustingTransfers } from './trust.ts';

type Sent = Pick<HooksRequest | AssignRequest, 'headers'>;

function isBare({ headers }: Sent): boolean {
  return headers.token === undefined && headers.auth === undefined;
}

const hasBearer = ({ headers }: Sent) => /^Bearer \S/i.test(headers.authorization ?? '');

/** Seconds since the token was issued; 0 when it does not say. */
const ageOf = (request: Sent) => {
  const { iat } = claimsOf(request);
  return iat === undefined ? 0 : Date.now() / 1000 - iat;
};

const tooOld = 'The JWT is too old';

export const tokenCarrierFaults: readonly Fault[] = [
  {
    name: 'leaves-a-bearer-token-to-a-gateway',
    breaks: 'HOOKS-AUTH-01',
    description: 'A request without a token is accepted when it has a bearer token, whoever signed that.',
    behaviour: () => trusting((request) => isBare(request) && hasBearer(request)),
  },
  {
    name: 'leaves-a-password-to-a-gateway',
    breaks: 'HOOKS-AUTH-01',
    description: 'A request without a token is accepted when it has a user name and any password.',
    behaviour: () =>
      trusting((request) => isBare(request) && /^Basic \S/i.test(request.headers.authorization ?? '')),
  },
  {
    name: 'takes-a-cookie-for-a-session',
    breaks: 'HOOKS-AUTH-01',
    description: 'A request without a token is accepted when it has a cookie.',
    behaviour: () => trusting((request) => isBare(request) && request.headers.cookie !== undefined),
  },
  {
    name: 'verifies-one-of-the-documented-headers',
    breaks: 'HOOKS-AUTH-01',
    description:
      'A token in the header auth is accepted without being verified, when the header token is missing.',
    behaviour: () =>
      trusting(({ headers }) => headers.token === undefined && `${headers.auth}`.startsWith('eyJ')),
  },
  {
    name: 'verifies-no-token-behind-the-word-bearer',
    breaks: 'HOOKS-AUTH-01',
    description: 'What follows the word Bearer in the header token is not verified.',
    behaviour: () => trusting(({ headers }) => `${headers.token ?? headers.auth}`.startsWith('Bearer ')),
  },
  {
    name: 'limits-the-age-of-a-token-to-an-hour',
    breaks: 'HOOKS-AUTH-02',
    description: 'A token that was issued more than an hour ago is refused, even when it has not expired.',
    behaviour: () => mistrusting((request) => ageOf(request) > 3600, tooOld),
  },
  {
    name: 'expires-a-token-without-exp-after-a-day',
    breaks: 'HOOKS-AUTH-02',
    description: 'A token without exp is refused a day after it was issued.',
    behaviour: () =>
      mistrusting((request) => claimsOf(request).exp === undefined && ageOf(request) > 86_400, tooOld),
  },
  {
    name: 'refuses-a-token-that-expires-in-a-month',
    breaks: 'HOOKS-AUTH-02',
    description: 'A token is refused that expires more than a month from now.',
    behaviour: () =>
      mistrusting(
        (request) => Number(claimsOf(request).exp ?? 0) > Date.now() / 1000 + 30 * 86_400,
        'The JWT lives too long',
      ),
  },
  {
    name: 'limits-the-lifetime-of-a-token-to-a-day',
    breaks: 'HOOKS-AUTH-02',
    description: 'A token is refused that expires more than a day after it was issued.',
    behaviour: () =>
      mistrusting((request) => {
        const { iat, exp } = claimsOf(request);
        return iat !== undefined && exp !== undefined && exp - iat > 86_400;
      }, 'The JWT lives too long'),
  },
  {
    name: 'leaves-a-bearer-token-of-a-transfer-to-a-gateway',
    breaks: 'ASSIGN-AUTH-01',
    description: 'A transfer without a token is carried out when it has a bearer token, whoever signed that.',
    behaviour: () => trustingTransfers((request) => isBare(request) && hasBearer(request)),
  },
  {
    name: 'transfers-with-any-token-in-the-header-of-the-hooks',
    breaks: 'ASSIGN-AUTH-01',
    description: 'A transfer with a token in the header token, and none in auth, is carried out unverified.',
    behaviour: () =>
      trustingTransfers(({ headers }) => headers.auth === undefined && headers.token !== undefined),
  },
  {
    name: 'transfers-with-any-token-in-the-query',
    breaks: 'ASSIGN-AUTH-01',
    description: 'A transfer with a token in its query is carried out unverified.',
    behaviour: () => trustingTransfers(({ headers, query }) => headers.auth === undefined && 'auth' in query),
  },
  {
    name: 'limits-the-age-of-a-token-for-a-transfer',
    breaks: 'ASSIGN-AUTH-04',
    description: 'A token that was issued more than an hour ago authorises no transfer.',
    behaviour: () => mistrustingTransfers((request) => ageOf(request) > 3600, tooOld),
  },
];
