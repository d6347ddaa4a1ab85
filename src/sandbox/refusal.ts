// The answers of the sandbox, as plain data. Unaware of how an answer is sent.
import type { Answer } from '../protocol/answers.ts';
import { citingSentence, type Problem } from '../protocol/problems.ts';

/** How many problems are spelled out; a body of a megabyte can have a hundred thousand. */
const maxProblems = 100;

export function jsonAnswer(status: number, value: object, headers: Record<string, string> = {}): Answer {
  return {
    status,
    // Stryker disable next-line ObjectLiteral,StringLiteral: no document names the content type of an answer
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  };
}

/** An error in the documented form (CE, Responses): the number as `code`, the reason as `message`. */
export function refusal(status: number, message: string, headers: Record<string, string> = {}): Answer {
  return jsonAnswer(status, { code: status, message }, headers);
}

/** CE, Responses, Error (Invalid botId); HTTP 400 by X-15, HOOKS-ERR-01. */
export function unknownBot(): Answer {
  return refusal(
    400,
    'Linked bot details could not be found. Please verify that the botId provided in the request body is correct.',
  );
}

/** HOOKS-ERR-02, ASSIGN-ERR-01: every problem as a sentence, with the requirement that it breaks. */
export function malformed(problems: Problem[]): Answer {
  // Stryker disable all: the words of a refusal are the tenant's own
  const sentences = problems.slice(0, maxProblems).map(citingSentence);
  const others = problems.length - sentences.length;
  if (others > 0) sentences.push(`and ${others} more`);
  return refusal(400, sentences.join('; '));
  // Stryker restore all
}
