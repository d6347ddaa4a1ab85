// The reference tenant, as permissive as the real one is described: it asks for a known sender, for JSON and for a bot that
// exists, and then answers 200, whatever the order and form of the events. The findings show what is wrong.

import { hooksBodyProblems, isObject } from '../protocol/requests.ts';
import type { Behaviour } from '../sandbox/behaviour.ts';
import { jsonOf } from '../sandbox/body-checks.ts';
import { documentedHooksChecks, type HooksCheck } from '../sandbox/hooks.ts';
import { malformed } from '../sandbox/refusal.ts';

/** A body that is not an object cannot name a conversation. */
const anObject: HooksCheck = ({ body }) =>
  isObject(jsonOf(body)) ? undefined : malformed(hooksBodyProblems(jsonOf(body)));

export const permissiveBehaviour: Partial<Behaviour> = {
  hooksChecks: { ...documentedHooksChecks, 'envelope and payload': anObject },
  order: {},
};
