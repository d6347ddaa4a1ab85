// Checks of the answers of the hooks. Pure: an answer and its request go in, decided requirements and findings come out.

import { oneLine } from '../text/one-line.ts';
import { shown } from '../text/shown-value.ts';
import { truncateWithNote } from '../text/truncate.ts';
import { catalogue, type RequirementId } from './catalogue.ts';
import { broken, type Finding, finding, holds, type Judgement, together } from './finding.ts';
import { problems, sentence } from './problems.ts';
import { isObject } from './requests.ts';

/** An HTTP response, its body as text. Header names are lower case. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** The requirements that any successful answer decides, whatever the scenario is about. */
export const decidedByTheAnswer: readonly RequirementId[] = catalogue
  .filter(({ decidedBy }) => decidedBy?.includes('answer'))
  .map(({ id }) => id);

/**
 * The request satisfies the documents, so it must be accepted.
 * @param claim the requirement that a refusal breaks
 * @param what was in the request, for the reader
 */
export function judgeAccepted(answer: Answer, claim: RequirementId, what: string): Judgement {
  if (!isSuccess(answer)) {
    return broken(finding(claim, notAccepted(answer, what), 'HTTP 200', brief(answer)));
  }
  const findings = [...statusFindings(answer), ...bodyFindings(answer)];
  const checked: RequirementId[] = ['HOOKS-RESP-01', 'HOOKS-RESP-02'];
  return { checked: [...new Set(findings.length === 0 ? [claim, ...checked] : checked)], findings };
}

/** "refused with 400: NA entry with language "fr"" */
export function notAccepted(answer: Answer, what: string): string {
  return `${isRefusal(answer) ? 'refused' : 'answered'} with ${answer.status}: ${what}`;
}

function statusFindings(answer: Answer): Finding[] {
  if (answer.status === 200) return [];
  const text = `success is HTTP 200, the tenant answered ${answer.status}`;
  return [finding('HOOKS-RESP-01', text, 'HTTP 200', brief(answer))];
}

/** Checked for any 2xx: a known deviation in the status must not hide another one in the body. */
function bodyFindings(answer: Answer): Finding[] {
  const expected = 'an empty body, the text OK, or {"STATUS":"OK"}';
  return successOf(answer).problems.map((text) => finding('HOOKS-RESP-02', text, expected, brief(answer)));
}

interface Success {
  /** Why the body has none of the three forms of a success (X-14); empty when it has one. */
  problems: readonly string[];
  isError: boolean;
}

/** Several checks ask about the same answer, which may have megabytes. */
const successes = new WeakMap<Answer, Success>();

function successOf(answer: Answer): Success {
  const known = successes.get(answer);
  if (known) return known;
  const success = readSuccess(answer.body.trim());
  successes.set(answer, success);
  return success;
}

function readSuccess(text: string): Success {
  if (text === '' || text === 'OK') return { problems: [], isError: false };
  const json = parseJson(text);
  if (json === undefined) {
    return { problems: ['the body of the success is neither empty, nor OK, nor JSON'], isError: false };
  }
  const contradiction = isContradictory(json) ? ['the body of the success says OK, and has an error'] : [];
  return {
    problems: [...problems('hooksSuccess', json, 'the body of the success').map(sentence), ...contradiction],
    isError: isError(json),
  };
}

/** More than STATUS may be in it, but not what the documented error has. */
function isContradictory(json: unknown): boolean {
  if (!isObject(json) || json.STATUS !== 'OK') return false;
  const { code, error } = json;
  const hasError =
    error === true || (typeof error === 'string' && error !== '') || isErrorWithMessage({ error });
  return hasError || (typeof code === 'number' && code >= 400);
}

function isError(json: unknown): boolean {
  if (!isObject(json) || json.STATUS === 'OK' || json.status === 'transferred') return false;
  return problems('error', json, 'answer').length === 0;
}

/**
 * The claim asks only for a 4xx: a bad token, or a botId that is unknown in the body alone.
 * @param wrong what is wrong with the request, for the reader: "it is sent with no token"
 */
export function judgeRefused(answer: Answer, claim: RequirementId, wrong: string): Judgement {
  if (isRefusal(answer)) return holds(claim);
  const text = `the tenant answered ${answer.status} although ${wrong}`;
  return broken(finding(claim, text, 'HTTP 4xx', brief(answer)));
}

/**
 * A 4xx with a JSON error that has a message (HOOKS-ERR-02, ASSIGN-ERR-01).
 * @param wrong what is wrong with the request, for the reader: "END_OF_CONVERSATION: reason is missing"
 */
export function judgeRefusedWithReason(answer: Answer, claim: RequirementId, wrong: string): Judgement {
  const expected = 'HTTP 4xx and a JSON error with a message';
  if (!isRefusal(answer)) {
    const text = `the tenant answered ${answer.status} although ${wrong}`;
    return broken(finding(claim, text, expected, brief(answer)));
  }
  if (!isErrorWithMessage(parseJson(answer.body))) {
    const text = `the tenant refused, but its answer is not a JSON error with a message (${wrong})`;
    return broken(finding(claim, text, expected, brief(answer)));
  }
  return holds(claim);
}

/** Nothing says whether the error stands at the top or as `error`. */
function isErrorWithMessage(json: unknown): boolean {
  const forms = isObject(json) ? [json, json.error] : [json];
  return forms.some((form) => problems('error', form, 'error').length === 0);
}

/**
 * CE, Responses, Error (Invalid botId): the number 400 as code, a message that the bot could not be found (HOOKS-ERR-01).
 * That the HTTP status is 400, too, is inferred (X-15, HOOKS-ERR-03).
 */
export function judgeUnknownBot(answer: Answer): Judgement {
  const expected = 'HTTP 4xx and {"code":400,"message":"… bot … could not be found …"}';
  const wrong = unknownBotProblem(answer);
  const body = wrong
    ? broken(finding('HOOKS-ERR-01', wrong, expected, brief(answer)))
    : holds('HOOKS-ERR-01');
  if (!isRefusal(answer)) return body;
  const text = `the tenant answered ${answer.status} to an unknown botId; the documented error has the code 400`;
  const status =
    answer.status === 400
      ? holds('HOOKS-ERR-03')
      : broken(finding('HOOKS-ERR-03', text, 'HTTP 400', brief(answer)));
  return together([body, status]);
}

/** Whether it is the documented error for an unknown botId. */
export function isUnknownBot(answer: Answer): boolean {
  return unknownBotProblem(answer) === undefined;
}

function unknownBotProblem(answer: Answer): string | undefined {
  if (!isRefusal(answer)) return `the tenant answered ${answer.status} to an unknown botId`;
  const json = parseJson(answer.body);
  if (!isObject(json)) return 'the error for an unknown botId is not a JSON object';
  const [first] = problems('unknownBotError', json, 'the error for an unknown botId');
  if (first) return sentence(first);
  // Without the limit, matching a very long message takes minutes.
  const message = String(json.message).slice(0, 1000);
  if (message.split(/[.!?;](?:\s|$)|,?\s\bbut\b/).some(saysBotNotFound)) return undefined;
  return `the error for an unknown botId says ${shown(message)}, not that the bot could not be found`;
}

/** The tenant chooses the wording (X-15), but one clause has to mention the bot and that it was not found. */
function saysBotNotFound(text: string): boolean {
  return (
    /\bbots?(\s?ids?)?\b/i.test(text) &&
    /\b(no (\w+ )?bots?|not|cannot|unable|\w+n['’]t)\b.*\bf(ou|i)nd\b/is.test(text)
  );
}

/**
 * Whether the tenant accepted a request that is not checked itself: a prerequisite, or the twin of a refused one.
 * Any 2xx and any form of success will do, since other checks judge those; an error with HTTP 200 is not an acceptance.
 */
export function isAccepted(answer: Answer): boolean {
  return isSuccess(answer) && !successOf(answer).isError;
}

export function isSuccess(answer: Answer): boolean {
  return answer.status >= 200 && answer.status <= 299;
}

export function isRefusal(answer: Answer): boolean {
  return answer.status >= 400 && answer.status <= 499;
}

/** The value of a JSON text, with or without a byte order mark; undefined when the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch {
    return undefined;
  }
}

/** Status and start of the body, in one line. */
export function brief({ status, body }: Answer): string {
  return `${status} ${startOf(body) || 'with an empty body'}`;
}

/** The start of an untrusted text, in one line and without control characters that a terminal would obey. */
export function startOf(text: string): string {
  const line = oneLine(text);
  return truncateWithNote(line, 300, ` (${line.length} characters)`);
}
