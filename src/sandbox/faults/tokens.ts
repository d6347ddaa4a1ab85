// Faults of the hooks about the JWT: HOOKS-AUTH-01 to -03.
import { documentedHooksChecks } from '../hooks.ts';
import { jsonAnswer, refusal } from '../refusal.ts';
import type { Fault } from './fault.ts';
import { aChat, aMessage, an, aVoiceCall, conversationOf } from './requests.ts';
import {
  algorithmOf,
  claimsOf,
  hooksTokens,
  isExpired,
  isSigned,
  isSignedWithNothing,
  mistrusting,
  tokenOf,
  trusting,
} from './trust.ts';

const letIn: Fault[] = [
  {
    name: 'verifies-against-an-empty-secret-too',
    breaks: 'HOOKS-AUTH-01',
    says: 'An app whose secret is not found has an empty one, so anybody can sign for it.',
    behaviour: () => trusting(isSignedWithNothing),
  },
  {
    name: 'accepts-a-request-without-a-token',
    breaks: 'HOOKS-AUTH-01',
    says: 'A token is verified where there is one; a request without the header is let through.',
    behaviour: () => trusting(({ headers }) => headers.token === undefined && headers.auth === undefined),
  },
  {
    name: 'accepts-an-empty-token',
    breaks: 'HOOKS-AUTH-01',
    says: 'That the header is there is checked, and what stands in it only when it is not empty.',
    behaviour: () => trusting(({ headers }) => headers.token === '' || headers.auth === ''),
  },
  {
    name: 'checks-only-that-a-token-is-there',
    breaks: 'HOOKS-AUTH-01',
    says: 'Any text in the header will do.',
    behaviour: () => trusting((request) => tokenOf(request) !== ''),
  },
  {
    name: 'checks-only-the-shape-of-a-token',
    breaks: 'HOOKS-AUTH-01',
    says: 'Whatever has three parts with dots between them is taken for a good token.',
    behaviour: () => trusting((request) => /^eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+$/.test(tokenOf(request))),
  },
  {
    name: 'takes-a-text-without-dots-for-an-api-key',
    breaks: 'HOOKS-AUTH-01',
    says: 'What has not the shape of a JWT goes to an older check, which lets everything through.',
    behaviour: () => trusting((request) => /^[^.]+$/.test(tokenOf(request))),
  },
  {
    name: 'reads-a-token-without-verifying-it',
    breaks: 'HOOKS-AUTH-01',
    says: 'Algorithm, appId and expiry of the token are checked, its signature is not.',
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
    says: 'Once a token was good, every token that ends in its signature is, whatever it claims.',
    behaviour: () => {
      const good = new Set<string | undefined>();
      return trusting((request, identity) => {
        const signature = tokenOf(request).split('.')[2];
        if (!isSigned(request, identity, {})) return good.has(signature);
        good.add(signature);
        return false;
      });
    },
  },
  {
    name: 'checks-the-first-token-of-a-conversation-only',
    breaks: 'HOOKS-AUTH-01',
    says: 'Once a conversation was authorised, its later requests are not asked for a token.',
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
    name: 'checks-no-token-of-a-message',
    breaks: 'HOOKS-AUTH-01',
    says: 'Events need a token, messages do not.',
    behaviour: () => trusting(aMessage),
  },
  {
    name: 'checks-no-token-of-a-redial',
    breaks: 'HOOKS-AUTH-01',
    says: 'The entry after a dropped call is accepted with any token and with none.',
    behaviour: () => trusting(an('redial entry')),
  },
  {
    name: 'checks-no-signature-of-a-summary-trigger',
    breaks: 'HOOKS-AUTH-01',
    says: 'For a summary trigger the appId of a token is enough.',
    behaviour: () =>
      trusting((request, { clientId }) => {
        return an('TRIGGER_SUMMARY_EVENT')(request) && claimsOf(request).appId === clientId;
      }),
  },
  {
    name: 'checks-no-token-in-a-chat',
    breaks: 'HOOKS-AUTH-01',
    says: 'The tokens of voice conversations are verified, those of chats are not.',
    behaviour: () => trusting(aChat),
  },
  {
    name: 'fails-on-a-text-that-is-no-token',
    breaks: 'HOOKS-AUTH-01',
    says: 'A text that cannot be decoded as a JWT is answered with 500 in place of a 4xx.',
    behaviour: () =>
      hooksTokens((request, identity) => {
        const undecodable = tokenOf(request) !== '' && algorithmOf(request) === undefined;
        return undecodable ? refusal(500, 'jwt malformed') : documentedHooksChecks.token(request, identity);
      }),
  },
  {
    name: 'tells-of-a-bad-token-under-200',
    breaks: 'HOOKS-AUTH-01',
    says: 'The refusal of a token stands in the body, under HTTP 200.',
    behaviour: () =>
      hooksTokens((request, identity) => {
        const refused = documentedHooksChecks.token(request, identity);
        return refused && jsonAnswer(200, { code: 401, message: 'The token is not valid' });
      }),
  },
  {
    name: 'shows-who-has-no-token-a-login-page',
    breaks: 'HOOKS-AUTH-01',
    says: 'A request without a token is sent to a page to log in at, with HTTP 302.',
    behaviour: () =>
      hooksTokens((request, identity) => {
        if (tokenOf(request) !== '') return documentedHooksChecks.token(request, identity);
        return { status: 302, headers: { location: '/login' }, body: '' };
      }),
  },
];

const keptOut: Fault[] = [
  {
    name: 'demands-an-expiry',
    breaks: 'HOOKS-AUTH-02',
    says: 'A token without exp is refused, although the documents show none with it.',
    behaviour: () => mistrusting((request) => claimsOf(request).exp === undefined, 'exp is missing'),
  },
  {
    name: 'demands-the-time-of-issue',
    breaks: 'HOOKS-AUTH-02',
    says: 'A token without iat is refused.',
    behaviour: () => mistrusting((request) => claimsOf(request).iat === undefined, 'iat is missing'),
  },
  {
    name: 'demands-an-expiry-of-a-message',
    breaks: 'HOOKS-AUTH-02',
    says: 'A token without exp authorises events, but no message.',
    behaviour: () => {
      const wrong = 'exp is missing';
      return mistrusting((request) => aMessage(request) && claimsOf(request).exp === undefined, wrong);
    },
  },
  {
    name: 'binds-a-token-to-its-first-conversation',
    breaks: 'HOOKS-AUTH-02',
    says: 'A token that has authorised one conversation is refused in every other one.',
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

const outdated: Fault[] = [
  {
    name: 'ignores-the-expiry-of-a-token',
    breaks: 'HOOKS-AUTH-03',
    says: 'A signed token is good for ever.',
    behaviour: () =>
      trusting((request, identity) => {
        return isSigned(request, identity) && claimsOf(request).appId === identity.clientId;
      }),
  },
  {
    name: 'forgives-a-day-of-expiry',
    breaks: 'HOOKS-AUTH-03',
    says: 'The tolerance for clocks that differ is a day, so that a token lives a day too long.',
    behaviour: () =>
      trusting((request, identity) => {
        const tolerant = { clockTolerance: 86_400 };
        return isSigned(request, identity, tolerant) && claimsOf(request).appId === identity.clientId;
      }),
  },
  {
    name: 'ignores-the-expiry-of-a-token-in-a-voice-conversation',
    breaks: 'HOOKS-AUTH-03',
    says: 'A call may take longer than its token lives, so the expiry is not looked at in one.',
    behaviour: () =>
      trusting((request, identity) => {
        return aVoiceCall(request) && isSigned(request, identity) && isExpired(request);
      }),
  },
  {
    name: 'looks-at-the-expiry-of-the-first-token-only',
    breaks: 'HOOKS-AUTH-03',
    says: 'Within a conversation that has begun, an expired token is accepted.',
    behaviour: () => {
      const begun = new Set<string>();
      return trusting((request, identity) => {
        if (isSigned(request, identity, {})) begun.add(conversationOf(request));
        return isSigned(request, identity) && isExpired(request) && begun.has(conversationOf(request));
      });
    },
  },
  {
    name: 'takes-the-algorithm-from-the-token',
    breaks: 'HOOKS-AUTH-03',
    says: 'The token says how it is to be verified, so one with alg none is accepted without a signature.',
    behaviour: () =>
      trusting((request, { clientId }) => {
        return algorithmOf(request) === 'none' && claimsOf(request).appId === clientId;
      }),
  },
  {
    name: 'accepts-a-token-for-any-app',
    breaks: 'HOOKS-AUTH-03',
    says: 'The signature is verified, and the appId not looked at.',
    behaviour: () => trusting((request, identity) => isSigned(request, identity, {})),
  },
  {
    name: 'compares-the-start-of-the-appId-only',
    breaks: 'HOOKS-AUTH-03',
    says: 'A token for an app whose id begins with that of the right one is accepted.',
    behaviour: () =>
      trusting((request, identity) => {
        const { appId = '' } = claimsOf(request);
        return isSigned(request, identity, {}) && appId.startsWith(identity.clientId);
      }),
  },
];

export const tokenFaults: readonly Fault[] = [...letIn, ...keptOut, ...outdated];
