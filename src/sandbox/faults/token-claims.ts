// Faults about what a JWT of the hooks claims, its time and its app: HOOKS-AUTH-03.
import type { Behaviour } from '../behaviour.ts';
import type { Fault } from './fault.ts';
import { aVoiceCall, conversationOf } from './requests.ts';
import { claimsOf, isExpired, isSigned, trusting } from './trust.ts';

export const tokenClaimFaults: readonly Fault[] = [
  {
    name: 'ignores-the-expiry-of-a-token',
    breaks: 'HOOKS-AUTH-03',
    description: 'The expiry of a token is not checked.',
    behaviour: () => trustingIf(({ appId }, clientId) => appId === clientId),
  },
  {
    name: 'compares-the-appId-without-regard-to-case',
    breaks: 'HOOKS-AUTH-03',
    description: 'A token whose appId differs from the client id in upper and lower case is accepted.',
    behaviour: () =>
      trustingIf(({ appId }, clientId) => String(appId).toLowerCase() === clientId.toLowerCase(), {}),
  },
  {
    name: 'takes-an-expiry-of-0-for-none',
    breaks: 'HOOKS-AUTH-03',
    description: 'A token whose exp is 0 never expires.',
    behaviour: () => trustingIf(({ exp, appId }, clientId) => exp === 0 && appId === clientId),
  },
  {
    name: 'allows-spaces-around-the-appId',
    breaks: 'HOOKS-AUTH-03',
    description: 'A token is accepted when its appId has spaces around the right one.',
    behaviour: () => trustingIf(({ appId }, clientId) => String(appId).trim() === clientId, {}),
  },
  {
    name: 'looks-for-the-app-in-other-claims',
    breaks: 'HOOKS-AUTH-03',
    description: 'A token without an appId is accepted when its sub is the client id.',
    behaviour: () => trustingIf(({ sub, appId }, clientId) => appId === undefined && sub === clientId, {}),
  },
  {
    name: 'allows-half-an-hour-before-and-after',
    breaks: 'HOOKS-AUTH-03',
    description: 'A token is accepted half an hour before it is valid, and after it has expired.',
    behaviour: () => trustingIf(({ appId }, clientId) => appId === clientId, { clockTolerance: 1800 }),
  },
  {
    name: 'ignores-the-expiry-of-a-token-in-a-voice-conversation',
    breaks: 'HOOKS-AUTH-03',
    description: 'An expired token is accepted in a voice conversation.',
    behaviour: () =>
      trusting((request, identity) => {
        return aVoiceCall(request) && isSigned(request, identity) && isExpired(request);
      }),
  },
  {
    name: 'checks-only-the-expiry-of-the-first-token',
    breaks: 'HOOKS-AUTH-03',
    description: 'An expired token is accepted once a conversation has begun.',
    behaviour: () => {
      const begun = new Set<string>();
      return trusting((request, identity) => {
        if (isSigned(request, identity, {})) begun.add(conversationOf(request));
        return isSigned(request, identity) && isExpired(request) && begun.has(conversationOf(request));
      });
    },
  },
  {
    name: 'accepts-a-token-for-any-app',
    breaks: 'HOOKS-AUTH-03',
    description: 'The signature of a token is verified, but not its appId.',
    behaviour: () => trustingIf(() => true, {}),
  },
  {
    name: 'accepts-a-token-without-an-app',
    breaks: 'HOOKS-AUTH-03',
    description: 'A token without an appId is accepted when its signature is valid.',
    behaviour: () => trustingIf(({ appId }) => appId === undefined, {}),
  },
  {
    name: 'compares-only-the-start-of-the-appId',
    breaks: 'HOOKS-AUTH-03',
    description: 'A token is accepted when its appId begins with the right one.',
    behaviour: () => trustingIf(({ appId }, clientId) => String(appId).startsWith(clientId), {}),
  },
];

/**
 * Accepts these tokens when their signature verifies.
 * @param when called with the claims of such a token
 * @param options what is verified of its times: all but the expiry when left out
 */
function trustingIf(
  when: (claims: ReturnType<typeof claimsOf>, clientId: string) => boolean,
  options?: Parameters<typeof isSigned>[2],
): Partial<Behaviour> {
  return trusting(
    (request, identity) => isSigned(request, identity, options) && when(claimsOf(request), identity.clientId),
  );
}
