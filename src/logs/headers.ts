// The headers of a request, in any of the forms that logs have.
import { headersByName } from '../protocol/header-folding.ts';
import { isObject } from '../protocol/requests.ts';

/**
 * By name in lower case.
 * @param given an object, the list of a HAR, pairs of name and value, or alternating names and values (Node's rawHeaders)
 */
export function headersOf(given: object): Record<string, string> {
  return headersByName(pairsOf(given));
}

function pairsOf(given: object): unknown[][] {
  if (!Array.isArray(given)) return Object.entries(given);
  if (typeof given[0] === 'string') {
    return given.flatMap((name, index) => (index % 2 === 0 ? [[name, given[index + 1]]] : []));
  }
  return given.flatMap((one) => {
    if (Array.isArray(one)) return [one];
    return isObject(one) ? [[one.name, one.value]] : [];
  });
}
