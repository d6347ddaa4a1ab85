// Faults about the JWT of the hooks: HOOKS-AUTH-01 and -02. Those about its time and its app are in token-claims.ts.
import { documentedHooksChecks } from '../hooks.ts';
import { jsonAnswer, refusal } from '../refusal.ts';
import type { Fault } from './fault.ts';
import { aChat, aMessage, an, conversationOf } from './requests.ts';
import {
  algorithmOf,
  claimsOf,
  hooksTokens,
  isExpired,
  isSigned,
  isSignedInLowerCase,
  isSignedWithNothing,
  mistrusting,
  tokenOf,
  trusting,
} from './trust.ts';

const acceptsInvalid: Fault[] = [
  {
    name: 'takes-the-algorithm-from-the-token',
    breaks: 'HOOKS-AUTH-01',
    description: 'A token with alg none is accepted without a signature.',
    behaviour: () =>
      trusting((request, { clientId }) => {
        return algorithmOf(request) === 'none' && claimsOf(request).appId === clientId;
      }),
  },
  {
    name: 'also-verifies-against-an-empty-secret',
    breaks: 'HOOKS-AUTH-01',
    description: 'A token that is signed with an empty secret is accepted.',
    behaviour: () => trusting(isSignedWithNothing),
  },
  {
    name: 'also-verifies-against-the-secret-in-lower-case',
    breaks: 'HOOKS-AUTH-01',
    description: 'A token that is signed with the client secret in lower case is accepted.',
    behaviour: () => trusting(isSignedInLowerCase),
  },
  {
    name: 'accepts-a-request-without-a-token',
    breaks: 'HOOKS-AUTH-01',
    description: 'A request without a token is accepted; a token that was sent is verified.',
    behaviour: () => trusting(({ headers }) => headers.token === undefined && headers.auth === undefined),
  },
  {
    name: 'accepts-an-empty-token',
    breaks: 'HOOKS-AUTH-01',
    description: 'A request with an empty token is accepted.',
    behaviour: () => trusting(({ headers }) => headers.token === '' || headers.auth === ''),
  },
  {
    name: 'checks-only-that-a-token-is-present',
    breaks: 'HOOKS-AUTH-01',
    description: 'Any text is accepted as a token.',
    behaviour: () => trusting((request) => tokenOf(request) !== ''),
  },
  {
    name: 'checks-only-the-form-of-a-token',
    breaks: 'HOOKS-AUTH-01',
    description: 'A token is accepted when it has the three parts of a JWT.',
    behaviour: () => trusting((request) => /^eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+$/.test(tokenOf(request))),
  },
  {
    name: 'accepts-a-text-without-dots-as-an-api-key',
    breaks: 'HOOKS-AUTH-01',
    description: 'A token without dots is accepted, as if it were an API key.',
    behaviour: () => trusting((request) => /^[^.]+$/.test(tokenOf(request))),
  },
  {
    name: 'reads-a-token-without-verifying-it',
    breaks: 'HOOKS-AUTH-01',
    description: 'The algorithm, appId and expiry of a token are checked, but not its signature.',
    behaviour: () =>
      trusting((request, { clientId }) => {
        return (
          algorithmOf(request) === 'HS256' && claimsOf(request).appId === clientId && !isExpired(request)
        );
      }),
  },
  {
    name: 'remembers-a-verified-token-by-its-signature',
    breaks: 'HOOKS-AUTH-01',
    description: 'Every token with the signature of a token that was valid before is accepted.',
    behaviour: () => {
      const good = new Set<string | undefined>();
      return trusting((request, identity) => {
        const [, , signature, ...more] = tokenOf(request).split('.');
        if (!isSigned(request, identity, {})) return more.length === 0 && good.has(signature);
        good.add(signature);
        return false;
      });
    },
  },
  {
    name: 'checks-only-the-first-token-of-a-conversation',
    breaks: 'HOOKS-AUTH-01',
    description: 'Once a conversation has been authorised, its later requests need no valid token.',
    behaviour: () => {
      const authorised = new Set<string>();
      return trusting((request, identity) => {
        if (!isSigned(request, identity)) return authorised.has(conversationOf(request));
        authorised.add(conversationOf(request));
        return false;
      });
    },
  },
  {
    name: 'does-not-check-the-token-of-a-message',
    breaks: 'HOOKS-AUTH-01',
    description: 'A message needs no valid token.',
    behaviour: () => trusting(aMessage),
  },
  {
    name: 'does-not-check-the-token-of-a-redial',
    breaks: 'HOOKS-AUTH-01',
    description: 'A redial needs no valid token.',
    behaviour: () => trusting(an('redial entry')),
  },
  {
    name: 'does-not-check-the-signature-for-a-summary-trigger',
    breaks: 'HOOKS-AUTH-01',
    description: 'The token of a summary trigger needs the right appId, but no valid signature.',
    behaviour: () =>
      trusting((request, { clientId }) => {
        return an('TRIGGER_SUMMARY_EVENT')(request) && claimsOf(request).appId === clientId;
      }),
  },
  {
    name: 'does-not-check-the-token-in-a-chat',
    breaks: 'HOOKS-AUTH-01',
    description: 'A chat needs no valid token.',
    behaviour: () => trusting(aChat),
  },
  {
    name: 'takes-the-word-undefined-for-a-token',
    breaks: 'HOOKS-AUTH-01',
    description: 'The token "undefined" is accepted, as a header that is not there is elsewhere.',
    behaviour: () => trusting((request) => tokenOf(request) === 'undefined'),
  },
  {
    name: 'fails-on-a-token-that-is-not-a-jwt',
    breaks: 'HOOKS-AUTH-01',
    description: 'A token that is not a JWT is answered with HTTP 500 instead of a 4xx.',
    behaviour: () =>
      hooksTokens((request, identity) => {
        const token = tokenOf(request);
        const isNoJwt = token !== '' && token.split('.').length < 3;
        return isNoJwt ? refusal(500, 'jwt malformed') : documentedHooksChecks.token(request, identity);
      }),
  },
  {
    name: 'answers-200-to-a-bad-token',
    breaks: 'HOOKS-AUTH-01',
    description: 'An invalid token is refused in the body, with HTTP 200.',
    behaviour: () =>
      hooksTokens((request, identity) => {
        const refused = documentedHooksChecks.token(request, identity);
        return refused && jsonAnswer(200, { code: 401, message: 'The token is not valid' });
      }),
  },
  {
    name: 'redirects-to-a-login-page-without-a-token',
    breaks: 'HOOKS-AUTH-01',
    description: 'A request without a token is answered with HTTP 302 to a login page.',
    behaviour: () =>
      hooksTokens((request, identity) => {
        if (tokenOf(request) !== '') return documentedHooksChecks.token(request, identity);
        return { status: 302, headers: { location: '/login' }, body: '' };
      }),
  },
];

const refusesValid: Fault[] = [
  {
    name: 'requires-an-expiry',
    breaks: 'HOOKS-AUTH-02',
    description: 'A token without exp is refused, although the tokens in the documents have none.',
    behaviour: () => mistrusting((request) => claimsOf(request).exp === undefined, 'exp is missing'),
  },
  {
    name: 'requires-the-time-of-issue',
    breaks: 'HOOKS-AUTH-02',
    description: 'A token without iat is refused.',
    behaviour: () => mistrusting((request) => claimsOf(request).iat === undefined, 'iat is missing'),
  },
  {
    name: 'requires-an-expiry-for-a-message',
    breaks: 'HOOKS-AUTH-02',
    description: 'A token without exp authorises events, but not messages.',
    behaviour: () => {
      const wrong = 'exp is missing';
      return mistrusting((request) => aMessage(request) && claimsOf(request).exp === undefined, wrong);
    },
  },
  {
    name: 'binds-a-token-to-its-first-conversation',
    breaks: 'HOOKS-AUTH-02',
    description: 'A token is accepted in one conversation only.',
    behaviour: () => {
      const conversations = new Map<string, string>();
      return mistrusting((request) => {
        const first = conversations.get(tokenOf(request)) ?? conversationOf(request);
        conversations.set(tokenOf(request), first);
        return first !== conversationOf(request);
      }, 'This token belongs to another conversation');
    },
  },
];

const anEntry = an('NA entry');

const carriesOut: Fault = {
  name: 'carries-out-what-a-bad-token-asks-for',
  breaks: 'HOOKS-AUTH-01',
  description:
    'Refuses an entry without a valid token, but takes the agent in: the same entry is a second one then.',
  behaviour: () => {
    const entered = new Set<string>();
    return {
      hooksChecks: {
        ...documentedHooksChecks,
        token: (request, identity) => {
          const refused = documentedHooksChecks.token(request, identity);
          if (refused && anEntry(request)) entered.add(conversationOf(request));
          return refused;
        },
        'a rule of this tenant': (request) =>
          anEntry(request) && entered.has(conversationOf(request))
            ? refusal(409, 'The agent is in the conversation already')
            : undefined,
      },
    };
  },
};

export const tokenFaults: readonly Fault[] = [carriesOut, ...acceptsInvalid, ...refusesValid];
