// Which requirement the refusal of a transfer breaks, by its answer. Pure.
import { type Answer, isRefusal, parseJson } from '../answers.ts';
import type { RequirementId } from '../catalogue.ts';
import { isObject } from '../requests.ts';
import { type TransferControl, withoutTheOneNamedIn } from './assignment-forms.ts';

/**
 * What an answer says plainly; undefined when it may be about anything in the request. A 404 may be about an id.
 * @param others whether the tenant has accepted another transfer, which came to the same path
 */
export function namedByTheAnswer({ status }: Answer, others: boolean): RequirementId | undefined {
  if (status === 401) return 'ASSIGN-AUTH-04';
  if (status === 415) return 'ASSIGN-REQ-01';
  const isElsewhere = status === 405 || (status >= 300 && status < 400);
  return isElsewhere && !others ? 'ASSIGN-REQ-01' : undefined;
}

/**
 * The control that shows whether a refusal is about the one parameter that its words name. A tenant that misses something names
 * that, too, so it has to be a parameter that the request has.
 * @param parameters of the refused transfer
 */
export function controlByWords(answer: Answer, parameters: object): TransferControl | undefined {
  if (!isRefusal(answer)) return undefined;
  const json = parseJson(answer.body);
  return withoutTheOneNamedIn(json === undefined ? answer.body : textsOf(json).join('\n'), parameters);
}

/** The names of members are left out: they may only repeat what was sent. */
function textsOf(json: unknown): string[] {
  if (typeof json === 'string') return [json];
  if (Array.isArray(json)) return json.flatMap(textsOf);
  return isObject(json) ? Object.values(json).flatMap(textsOf) : [];
}
