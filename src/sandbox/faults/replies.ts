// Tenants that decide rightly and say it wrongly: the answer of the documented behaviour, put in other words.
import type { Answer } from '../../protocol/answers.ts';
import type { Behaviour } from '../behaviour.ts';
import { documentedHooksChecks, documentedSuccess } from '../hooks.ts';
import { unknownBot } from '../refusal.ts';
import { anyRequest, type HooksCase } from './requests.ts';

type Change = (answer: Answer) => Answer;

/** Successes of the hooks are changed, where this is so. */
export function succeedingWith(change: Change, when = anyRequest): Partial<Behaviour> {
  return changing(change, (answer) => answer.status === 200, when);
}

/** Refusals of what is no request as documented are changed, where this is so; those of a botId are not. */
export function refusingWith(change: Change, when = anyRequest): Partial<Behaviour> {
  const malformed = ({ status, body }: Answer) => [400, 415].includes(status) && body !== unknownBot().body;
  return changing(change, malformed, when);
}

/** What is refused as documented is answered like a success, where this is so; its conversation does not move on. */
export function acceptingAnyway(when: HooksCase): Partial<Behaviour> {
  return refusingWith(documentedSuccess, when);
}

/** Refusals of an unknown botId are changed, where this is so. */
export function refusingTheBotWith(change: Change, when = anyRequest): Partial<Behaviour> {
  return changing(change, ({ body }) => body === unknownBot().body, when);
}

/** The botId is not looked at, where this is so. */
export function knowingAnyBot(when: HooksCase): Partial<Behaviour> {
  const ofThePath = documentedHooksChecks['botId of the path'];
  const ofTheBody = documentedHooksChecks['botId of the body'];
  return {
    hooksChecks: {
      ...documentedHooksChecks,
      'botId of the path': (request, identity) => (when(request) ? undefined : ofThePath(request, identity)),
      'botId of the body': (request, identity) => (when(request) ? undefined : ofTheBody(request, identity)),
    },
  };
}

export function withStatus(status: number): Change {
  return (answer) => ({ ...answer, status });
}

export function withText(body: string, contentType = 'application/json'): Change {
  return ({ status }) => ({ status, headers: { 'content-type': contentType }, body });
}

export function withJson(value: unknown): Change {
  return withText(JSON.stringify(value));
}

export function withPage(title: string): Change {
  return withText(`<!doctype html><title>${title}</title><h1>${title}</h1>`, 'text/html');
}

/** The end of the body is lost. */
export const cutOff: Change = (answer) => ({ ...answer, body: answer.body.slice(0, -1) });

function changing(change: Change, applies: (answer: Answer) => boolean, when: HooksCase): Partial<Behaviour> {
  return {
    aroundHooks: (request, answer) => {
      const documented = answer();
      return applies(documented) && when(request) ? change(documented) : documented;
    },
  };
}
