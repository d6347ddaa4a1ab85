// An exchange in Allure's own format, which its report shows as request and response.
import { ALLURE_HTTP_EXCHANGE_SCHEMA_VERSION, type HttpExchange } from 'allure-js-commons';
import type { Exchange } from '../tenant/exchange.ts';
import { curl } from './curl.ts';

/** @param exchange redacted */
export function httpExchange(exchange: Exchange): HttpExchange {
  const { request, answer, failure, startedAt, durationMs } = exchange;
  return {
    schemaVersion: ALLURE_HTTP_EXCHANGE_SCHEMA_VERSION,
    start: startedAt,
    stop: Math.round(startedAt + durationMs),
    request: {
      method: request.method,
      url: request.url,
      headers: [...pairs(request.headers), { name: '(repeat with)', value: curl(request) }],
      ...(request.body === undefined ? {} : { body: body(request.body, request.headers['content-type']) }),
    },
    ...(answer
      ? {
          response: {
            status: answer.status,
            headers: pairs(answer.headers),
            body: body(answer.body, answer.headers['content-type']),
          },
        }
      : {}),
    ...(failure ? { error: { name: failure.code, message: failure.message } } : {}),
  };
}

function pairs(headers: Record<string, string>): { name: string; value: string }[] {
  return Object.entries(headers).map(([name, value]) => ({ name, value }));
}

/** As JSON or plain text: Allure would render any other content type that the tenant claims, such as an image. */
function body(value: string, contentType = '') {
  const shownAs = /^application\/([\w.-]+\+)?json\b/i.test(contentType) ? 'application/json' : 'text/plain';
  return { contentType: shownAs, encoding: 'utf8' as const, value, size: Buffer.byteLength(value) };
}
