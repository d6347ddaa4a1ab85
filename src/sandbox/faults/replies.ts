// Builds tenants that decide rightly but answer wrongly: they change the answer of the documented behaviour.
import type { Answer } from '../../protocol/answers.ts';
import type { Behaviour } from '../behaviour.ts';
import { documentedHooksChecks, documentedSuccess } from '../hooks.ts';
import type { SandboxIdentity } from '../identity.ts';
import { unknownBot } from '../refusal.ts';
import { anyRequest, fieldOf, type HooksCase } from './requests.ts';

type Change = (answer: Answer) => Answer;

/** Changes the successes of the hooks. @param when for which requests */
export function succeedingWith(change: Change, when = anyRequest): Partial<Behaviour> {
  return changing(change, (answer) => answer.status === 200, when);
}

/** Changes the refusals of malformed requests, not those of an unknown botId. @param when for which requests */
export function refusingWith(change: Change, when = anyRequest): Partial<Behaviour> {
  const malformed = ({ status, body }: Answer) => [400, 415].includes(status) && body !== unknownBot().body;
  return changing(change, malformed, when);
}

/** Answers malformed requests with a success, but does not take their steps. @param when for which requests */
export function acceptingAnyway(when: HooksCase): Partial<Behaviour> {
  return refusingWith(documentedSuccess, when);
}

/** Changes the refusals of an unknown botId. @param when for which requests */
export function refusingTheBotWith(change: Change, when = anyRequest): Partial<Behaviour> {
  return changing(change, ({ body }) => body === unknownBot().body, when);
}

/** Does not look at the botId. @param when for which requests */
export function knowingAnyBot(when: HooksCase): Partial<Behaviour> {
  const pathCheck = documentedHooksChecks['botId of the path'];
  const bodyCheck = documentedHooksChecks['botId of the body'];
  return {
    hooksChecks: {
      ...documentedHooksChecks,
      'botId of the path': (request, identity) => (when(request) ? undefined : pathCheck(request, identity)),
      'botId of the body': (request, identity) => (when(request) ? undefined : bodyCheck(request, identity)),
    },
  };
}

/** Compares only a part of a botId. */
export function knowingABotBy(part: (botId: string) => string): Partial<Behaviour> {
  const { 'botId of the path': path, 'botId of the body': body } = documentedHooksChecks;
  const isKnown = (given: unknown, { botId }: SandboxIdentity) => part(String(given)) === part(botId);
  return {
    hooksChecks: {
      ...documentedHooksChecks,
      'botId of the path': (request, known) =>
        isKnown(request.botId, known) ? undefined : path(request, known),
      'botId of the body': (request, known) =>
        isKnown(fieldOf(request, 'botId'), known) ? undefined : body(request, known),
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

/** Drops the last character of the body. */
export const cutOff: Change = (answer) => ({ ...answer, body: answer.body.slice(0, -1) });

function changing(change: Change, applies: (answer: Answer) => boolean, when: HooksCase): Partial<Behaviour> {
  return {
    aroundHooks: (request, answer) => {
      const documented = answer();
      return applies(documented) && when(request) ? change(documented) : documented;
    },
  };
}
