// The reference tenant as the real one is said to be: who sends must be known and send JSON to a bot that exists, and
// then everything is answered with 200, in whatever order and form. What is wrong, the findings tell.

import { hooksBodyProblems, isObject } from '../protocol/requests.ts';
import type { Behaviour } from '../sandbox/behaviour.ts';
import { jsonOf } from '../sandbox/body-checks.ts';
import { documentedHooksChecks, type HooksCheck } from '../sandbox/hooks.ts';
import { malformed } from '../sandbox/refusal.ts';

/** What is no object names no conversation. */
const anObject: HooksCheck = ({ body }) =>
  isObject(jsonOf(body)) ? undefined : malformed(hooksBodyProblems(jsonOf(body)));

export const permissiveBehaviour: Partial<Behaviour> = {
  hooksChecks: { ...documentedHooksChecks, 'envelope and payload': anObject },
  order: {},
};
