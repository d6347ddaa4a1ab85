// A request and its answer without personal data, so that every rule judges them as before.
import { parseJson } from '../protocol/answers.ts';
import type { Exchange } from '../tenant/exchange.ts';
import { bodyWithout } from './body.ts';
import { headersWithout } from './headers.ts';
import type { Pseudonyms } from './pseudonyms.ts';
import { answerShape, requestShape } from './shape.ts';
import { urlWithout } from './url.ts';

/** @param paths of the tenant's settings, which may be shown */
export function exchangeWithout(
  exchange: Exchange,
  paths: readonly string[],
  pseudonyms: Pseudonyms,
): Exchange {
  const { request, answer } = exchange;
  const { body } = request;
  return {
    ...exchange,
    request: {
      ...request,
      url: urlWithout(request.url, body === undefined ? undefined : parseJson(body), paths, pseudonyms),
      headers: headersWithout(request.headers, pseudonyms),
      ...(body === undefined ? {} : { body: bodyWithout(body, requestShape, pseudonyms) }),
    },
    ...(answer
      ? {
          answer: {
            ...answer,
            headers: headersWithout(answer.headers, pseudonyms),
            body: bodyWithout(answer.body, answerShape, pseudonyms),
          },
        }
      : {}),
  };
}
