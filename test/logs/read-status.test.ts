// The status of an answer, in the forms that logs have: under other names, in words, in a text, in an error.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { foundIn, requestOf, requestsIn } from './logs.ts';

const body = { conversationId: 'c-1', botId: 'st-1', events: [{ name: 'TRIGGER_SUMMARY_EVENT' }] };

suite('A status beside a body that lies anywhere', () => {
  for (const [given, status] of [
    [{ status: '200 OK' }, 200],
    [{ status: '503 Service Unavailable' }, 503],
    [{ status: '503.0' }, 503],
    [{ status: { $numberInt: '503' } }, 503],
    [{ status: '503 SERVICE_UNAVAILABLE' }, 503],
    [{ httpStatus: 'SERVICE_UNAVAILABLE' }, 503],
    [{ StatusCode: 'ServiceUnavailable' }, 503],
    [{ StatusCode: 'OK' }, 200],
    [{ status: 'Unauthorized' }, 401],
    [{ status: 'Bad Gateway', status_code: 503 }, 503],
    [{ call: { status: 'OK' }, response: { status: 503 } }, 503],
    [{ status: [503] }, 503],
    [{ http: { status: 'HTTP 503' } }, 503],
    [{ response: 'HTTP/1.1 503 Service Unavailable\r\nDate: x\r\n\r\n{}' }, 503],
    [{ statusLine: 'HTTP/1.1 503 Service Unavailable' }, 503],
    [{ HttpStatus: { Value: 503, Name: 'x' } }, 503],
    [{ status: { int: 503 } }, 503],
    [{ status: { N: '503' } }, 503],
    [{ status: '\\N' }, 0],
    [{ response: { status: 'Not Found' } }, 404],
    [{ status: 'ok' }, undefined],
    [{ status: 'conflict' }, undefined],
    [{ status: 'Not found' }, undefined],
    // As a telephone has it.
    [{ call: { status: 'Service Unavailable' } }, undefined],
    [{ status: -1 }, 0],
    [{ status: '-1' }, 0],
    [{ status: '000' }, 0],
    [{ status: '-' }, 0],
    [{ status: 'timeout' }, 0],
    [{ status: '' }, undefined],
    [{ status: 'failed' }, undefined],
    [{ status: 'timeouts: 3' }, undefined],
    // The sender hung up: nginx, and the load balancer of AWS.
    [{ status: 499 }, 0],
    [{ elb_status_code: '460', target_status_code: '-' }, 0],
    [{ target_status_code: '503', elb_status_code: '502' }, 502],
    [{ OriginResponseStatus: 200, EdgeResponseStatus: 503 }, 503],
    [{ http_code: 503 }, 503],
    [{ httpResponseCode: '503' }, 503],
    [{ webhookStatusCode: 503 }, 503],
    [{ call: { upstream_status_code: 503 } }, 503],
    [{ resultCode: '503' }, 503],
    [{ hook_status: 503 }, 503],
    [{ code: 40100 }, undefined],
    [{ code: 'E-200' }, undefined],
    [{ code: 0 }, undefined],
    [{ hook_status: 'sent' }, undefined],
    [{ agent: { code: 503 } }, undefined],
    [{ code: 301, status: 200 }, 200],
    [{ code: 301, response: { status: 200 } }, 200],
    [{ code: 200 }, 200],
    [{ statusCode: 200, error: { code: 404, message: 'no such customer in the CRM' } }, 200],
    [{ res: { statusCode: 200 }, error: 'Not found in the CRM' }, 200],
    [{ response: { status: 200 }, failure: { status: 404 } }, 200],
    [{ statusCode: 200, error: { message: 'first attempt failed with 503' } }, 200],
    [{ error: 'Not found in the CRM: customer' }, 0],
    [{ err: { message: 'Forbidden word in the name of a customer' } }, 0],
    [{ error: 'Not found' }, 404],
    [{ response: { status: 'Accepted' } }, 202],
    [{ httpStatus: 'CREATED' }, 201],
    [{ responseStatus: 'NoContent' }, 204],
    // Of a record, as "OK" is.
    [{ status: 'created' }, undefined],
    // The time of the sender was up, and no answer came.
    [{ error: { message: 'Request timeout' } }, 0],
    [{ error: 'Request Timeout' }, 0],
    [{ err: { code: 'RequestTimeout' } }, 0],
    // Of which side is not known.
    [{ status: 'RequestTimeout' }, undefined],
    [{ status: 'HTTP/1.1 408 Request Timeout' }, 408],
    [{ error: { message: 'Request timeout', response: { status: 408 } } }, 408],
  ] as const) {
    test(JSON.stringify(given), async () => {
      const {
        refusal: _,
        failuresBefore: __,
        ...read
      } = await requestOf({ level: 'info', req: { body }, ...given });
      assert.deepEqual(read, status === undefined ? { body } : { body, status });
    });
  }

  // A telephone has statuses with the numbers of HTTP.
  for (const given of [
    { code: 503 },
    { rc: 503 },
    { code: 401, error: 'rejected' },
    { sipStatus: 486 },
    { agentStatus: 404 },
    { crm_status_code: 404 },
    { result: '302' },
  ]) {
    test(`${JSON.stringify(given)} may be that of something else, so the line is not read`, async () => {
      const lines = `${JSON.stringify({ level: 'info', req: { body }, ...given })}\n`;
      const [entry] = await foundIn(lines);
      assert.equal(entry?.kind, 'skipped');
    });
  }

  test('the code of a message is none when what it came in has a status', async () => {
    const read = await requestOf({ level: 'info', status: 200, payload: { code: 301, body } });
    assert.equal(read.status, 200);
  });
});

suite('A status in the text around a body', () => {
  const text = JSON.stringify(body);
  for (const [line, status] of [
    [`hook ${text} HTTP 503`, 503],
    [`POST /x HTTP/1.1" 503 12 ${text}`, 503],
    [`hook ${text} responded 503 Service Unavailable`, 503],
    [`hook ${text} failed with 503`, 503],
    [`hook ${text} was answered with status 409`, 409],
    [`hook ${text} -> 503`, 503],
    [`timeout after 5000ms sending ${text}`, 0],
    [`sending ${text} failed: connect ECONNREFUSED 10.0.0.1:443`, 0],
    [`sending ${text}: read timed out`, 0],
    [`hook (timeout=5000) ${text}`, undefined],
    [`hook, request timeout: 500 ms ${text}`, undefined],
    [`hook ${text} returned 200 bytes`, undefined],
    [`hook ${text} failed 3 times in 300 s`, undefined],
    [`hook to http://h:443 ${text}`, undefined],
    [`call answered by 401 ${text}`, undefined],
    [`caller connection closed, sending ${text}`, undefined],
    [`ring no answer at the desk ${text}`, undefined],
    [`crm status 503, hooks call: ${text} -> 200`, 200],
  ] as const) {
    test(line.replace(text, '{…}'), async () => {
      const [found] = requestsIn(await foundIn(`${line}\n`));
      const { refusal: _, failuresBefore: __, ...read } = found!;
      assert.deepEqual(read, status === undefined ? { body } : { body, status });
    });
  }
});

test('What the words before a body tell may be of the try before: a status of the record is that of the request', async () => {
  for (const words of [
    'retrying, the one before failed with 503',
    'again, since it timed out',
    'after ECONNRESET',
  ]) {
    const read = await requestOf({ level: 'warn', msg: `${words}: ${JSON.stringify(body)}`, status: 200 });
    assert.equal(read.status, 200, words);
  }
  const { status } = await requestOf({
    level: 'info',
    msg: `status=409 ${JSON.stringify(body)}`,
    status: 200,
  });
  assert.equal(status, 409);
});

suite('An error beside a body that lies anywhere', () => {
  const level = 'error';
  for (const [error, status] of [
    [{ err: { message: 'Request failed with status code 401' } }, 401],
    [{ error: { cause: { response: { status: 409 } } } }, 409],
    [{ exception: 'Unauthorized' }, 401],
    [{ err: { message: 'socket hang up', code: 'ECONNRESET' } }, 0],
  ] as const) {
    test(JSON.stringify(error), async () => {
      const { refusal: _, ...read } = await requestOf({ level, req: { body }, ...error });
      assert.deepEqual(read, { body, status });
    });
  }
});
