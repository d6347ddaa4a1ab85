// Logs of the products in use, in their real shape: the calls are found, with what is recorded beside them.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { readLog } from '../../src/logs/read-log.ts';
import { all, fileOf, foundIn, inShort, requestsIn, skippedIn } from './logs.ts';

const path = '/agentassist/api/v1/hooks/st-1';
const url = `https://platform.kore.ai${path}`;
const start = Date.UTC(2026, 4, 4, 9, 30);

interface Sent {
  body: string;
  /** Epoch milliseconds. */
  ms: number;
  iso: string;
  status: number;
}

const sent: Sent[] = [200, 401, 200].map((status, index) => {
  const event = { name: 'TRIGGER_SUMMARY_EVENT', note: `a "quoted" {wörd 字} ${index}` };
  const body = JSON.stringify({ conversationId: 'c-1', botId: 'st-1', events: [event] });
  const ms = start + index * 1000;
  return { body, ms, iso: new Date(ms).toISOString(), status };
});

function lines(of: (one: Sent) => unknown): string {
  return sent.map((one) => `${asText(of(one))}\n`).join('');
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const parsedBody = ({ body }: Sent) => JSON.parse(body);
const inner = ({ body, iso, status }: Sent) =>
  JSON.stringify({
    timestamp: iso,
    msg: 'sent',
    request: { method: 'POST', url, body },
    response: { status },
  });

/** As nginx writes a variable by default. */
function hexEscaped(text: string): string {
  const isPlain = (byte: number) => byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c;
  const written = (byte: number) =>
    isPlain(byte) ? String.fromCharCode(byte) : `\\x${byte.toString(16).toUpperCase()}`;
  return [...Buffer.from(text)].map(written).join('');
}

const unescapedForJson = ({ body, iso, status }: Sent) =>
  `{"time":"${iso}","request":"POST ${path} HTTP/1.1","request_body":"${hexEscaped(body)}","status":"${status}"}`;

/** The log, and which parts it has beside the bodies: time, method, URL, status. */
const formats: Record<string, [log: string, parts: string]> = {
  'nginx, escape=json': [
    lines(({ body, iso, status }) => ({
      time_iso8601: iso,
      remote_addr: '10.0.0.1',
      request: `POST ${path} HTTP/1.1`,
      request_uri: path,
      request_method: 'POST',
      status: String(status),
      request_time: '0.012',
      request_body: body,
    })),
    'time method url status',
  ],
  'nginx, JSON without escape=json': [lines(unescapedForJson), 'time method url status'],
  'nginx, JSON without escape=json, sent to syslog': [
    lines((one) => `<190>May  4 09:30:00 host nginx: ${unescapedForJson(one)}`),
    'time method url status',
  ],
  'nginx, a text with the body': [
    lines(
      ({ body, iso, status }) =>
        `10.0.0.1 - - [${iso}] "POST ${path} HTTP/1.1" ${status} 33 "-" "okhttp" "${hexEscaped(body)}"`,
    ),
    'time method url status',
  ],
  'docker json-file': [
    lines((one) => ({ log: `${inner(one)}\n`, stream: 'stdout', time: one.iso })),
    'time method url status',
  ],
  'docker json-file with bodies alone': [
    lines(({ body, iso }) => ({ log: `INFO sent ${body}\n`, stream: 'stdout', time: iso })),
    'time',
  ],
  'kubectl logs --timestamps': [lines((one) => `${one.iso} ${inner(one)}`), 'time method url status'],
  'kubectl logs --timestamps with bodies alone': [lines(({ iso, body }) => `${iso} ${body}`), 'time'],
  CRI: [lines((one) => `${one.iso} stdout F ${inner(one)}`), 'time method url status'],
  'journalctl -o json': [
    lines((one) => ({
      __REALTIME_TIMESTAMP: `${one.ms}000`,
      MESSAGE: `sending ${one.body}`,
      _HOSTNAME: 'adapter-1',
      PRIORITY: '6',
    })),
    'time',
  ],
  'journalctl -o json with bytes': [
    lines((one) => ({ __REALTIME_TIMESTAMP: `${one.ms}000`, MESSAGE: [...Buffer.from(one.body)] })),
    'time',
  ],
  'CloudWatch filter-log-events': [
    JSON.stringify(
      {
        events: sent.map((one) => ({
          logStreamName: 'adapter',
          timestamp: one.ms,
          message: inner(one),
          ingestionTime: one.ms + 9000,
          eventId: '36',
        })),
        searchedLogStreams: [],
      },
      null,
      4,
    ),
    'time method url status',
  ],
  'CloudWatch filter-log-events on one line': [
    JSON.stringify({ events: sent.map(({ ms, body }) => ({ timestamp: ms, message: body })) }),
    'time',
  ],
  'API Gateway execution log': [
    lines(
      ({ iso, body }) =>
        `${iso} (7d1c) Method request body before transformations: ${body}\n${iso} (7d1c) Endpoint request body after transformations: ${body}\n${iso} (7d1c) Method completed with status: 200`,
    ),
    'time',
  ],
  'Lambda, its event': [
    lines(({ ms, body, status }) => ({
      event: {
        httpMethod: 'POST',
        path,
        headers: { token: 't' },
        requestContext: { requestTimeEpoch: ms, httpMethod: 'POST', stage: 'prod' },
        body: Buffer.from(body).toString('base64'),
        isBase64Encoded: true,
      },
      result: { statusCode: status, body: '{}' },
    })),
    'time method url status headers',
  ],
  'Kong file-log': [
    lines(({ ms, body, status }) => ({
      started_at: ms,
      client_ip: '10.0.0.1',
      request: { method: 'POST', uri: path, url, size: 512, body, headers: { token: 't' } },
      response: { status, size: 20, headers: {} },
      latencies: { request: 12, kong: 1 },
      upstream_uri: '/x',
    })),
    'time method url status headers',
  ],
  'Envoy JSON access log': [
    lines(({ iso, body, status }) => ({
      start_time: iso,
      method: 'POST',
      path,
      response_code: status,
      response_flags: '-',
      duration: 12,
      request_body: body,
    })),
    'time method url status',
  ],
  Apigee: [
    lines(({ ms, body, status }) => ({
      'client.received.start.timestamp': String(ms),
      'request.verb': 'POST',
      'request.url': url,
      'request.content': body,
      'response.status.code': String(status),
    })),
    'time method url status',
  ],
  'Elastic, ECS': [
    lines((one) => ({
      '@timestamp': one.iso,
      ecs: { version: '8.11.0' },
      log: { level: 'info' },
      url: { full: url, path },
      http: {
        request: { method: 'POST', body: { content: one.body } },
        response: { status_code: one.status },
      },
    })),
    'time method url status',
  ],
  'Elastic, the hits of a search': [
    JSON.stringify({
      took: 3,
      status: 200,
      hits: {
        total: { value: 3 },
        hits: sent.map((one) => ({
          _index: 'logs',
          _source: {
            '@timestamp': one.iso,
            payload: parsedBody(one),
            'http.response.status_code': one.status,
          },
        })),
      },
    }),
    'time status',
  ],
  'Splunk, export as JSON': [
    lines((one) => ({ preview: false, result: { _time: one.iso.replace('Z', '+00:00'), _raw: inner(one) } })),
    'time method url status',
  ],
  'Splunk, export as CSV': [
    `"_time","_raw"\n${lines((one) => `"${one.iso}","sent ${one.body.replaceAll('"', '""')}"`)}`,
    'time',
  ],
  'Loki, query_range': [
    JSON.stringify({
      status: 'success',
      data: {
        resultType: 'streams',
        result: [{ stream: { app: 'adapter' }, values: sent.map((one) => [`${one.ms}000000`, one.body]) }],
      },
    }),
    'time',
  ],
  'Loki, logcli': [lines((one) => `${one.iso} {app="adapter", level="info"} ${one.body}`), 'time'],
  Datadog: [
    lines((one) => ({
      id: 'AQ',
      attributes: {
        timestamp: one.iso,
        status: 'info',
        service: 'adapter',
        attributes: { http: { status_code: one.status, method: 'POST', url }, payload: parsedBody(one) },
      },
    })),
    'time method url status',
  ],
  'pino-http': [
    lines((one) => ({
      level: 30,
      time: one.ms,
      pid: 7,
      req: { id: 1, method: 'POST', url: path, headers: { host: 'h' }, body: parsedBody(one) },
      res: { statusCode: one.status, headers: { 'content-type': 'application/json' } },
      responseTime: 4,
      msg: 'request completed',
    })),
    'time method url status headers',
  ],
  winston: [
    lines((one) => ({
      level: 'info',
      message: 'event sent',
      timestamp: one.iso,
      payload: parsedBody(one),
      statusCode: one.status,
      error: {},
    })),
    'time status',
  ],
  'log4j2 JsonLayout': [
    lines((one) => ({
      instant: { epochSecond: one.ms / 1000, nanoOfSecond: 0 },
      thread: 'main',
      level: 'INFO',
      loggerName: 'adapter',
      message: `POST ${url} ${one.body}`,
    })),
    'time method url',
  ],
  'logback with a prefix': [
    lines(
      ({ iso, body, status }) =>
        `${iso.replace('T', ' ').replace('.', ',').replace('Z', ' +0000')} INFO  [http-1] c.e.Adapter - POST ${url} ${body} -> ${status}`,
    ),
    'time method url status',
  ],
  logfmt: [
    lines(
      (one) => `time=${one.iso} level=info msg=sent status=${one.status} body=${JSON.stringify(one.body)}`,
    ),
    'time status',
  ],
  'newman, its JSON report': [
    JSON.stringify(
      {
        collection: { info: { name: 'calls' } },
        run: {
          executions: sent.map((one) => ({
            item: { name: 'event', request: { method: 'POST', body: { mode: 'raw', raw: one.body } } },
            request: { method: 'POST', body: { mode: 'raw', raw: one.body } },
            response: { code: one.status, status: 'OK', responseTime: 12 },
          })),
        },
      },
      null,
      2,
    ),
    'method status',
  ],
  'WireMock, its journal': [
    JSON.stringify({
      requests: sent.map((one) => ({
        id: '1',
        request: {
          url: path,
          absoluteUrl: url,
          method: 'POST',
          headers: { token: 't' },
          body: one.body,
          bodyAsBase64: Buffer.from(one.body).toString('base64'),
          loggedDate: one.ms,
          loggedDateString: one.iso,
        },
        responseDefinition: { status: one.status, body: one.body },
        response: { status: one.status, body: one.body },
      })),
      meta: { total: 3 },
    }),
    'time method url status headers',
  ],
  OTLP: [
    JSON.stringify({
      resourceLogs: [
        {
          resource: { attributes: [{ key: 'service.name', value: { stringValue: 'adapter' } }] },
          scopeLogs: [
            {
              logRecords: sent.map((one) => ({
                timeUnixNano: `${one.ms}000000`,
                severityText: 'INFO',
                body: { stringValue: one.body },
                attributes: [
                  { key: 'http.response.status_code', value: { intValue: String(one.status) } },
                  { key: 'url.full', value: { stringValue: url } },
                ],
              })),
            },
          ],
        },
      ],
    }),
    'time url status',
  ],
  'a bare list of HAR entries': [
    JSON.stringify(
      sent.map((one) => ({
        startedDateTime: one.iso,
        request: { method: 'POST', url, headers: [], postData: { text: one.body } },
        response: { status: one.status },
      })),
    ),
    'time method url status headers',
  ],
  'objects over several lines': [
    sent
      .map((one) =>
        JSON.stringify({ time: one.iso, body: parsedBody(one), res: { statusCode: one.status } }, null, 2),
      )
      .join('\n'),
    'time status',
  ],
  'gzip in base64': [
    lines((one) => ({
      ts: one.ms / 1000,
      url,
      data: gzipSync(one.body).toString('base64'),
      status: one.status,
    })),
    'time url status',
  ],
  'a Buffer of Node': [
    lines((one) => ({ ts: one.ms, payload: Buffer.from(one.body).toJSON(), status: one.status })),
    'time status',
  ],
  'a JSON text in a JSON text in a JSON text': [
    lines((one) => ({ a: JSON.stringify({ b: JSON.stringify({ c: one.body, '@timestamp': one.iso }) }) })),
    'time',
  ],
};

for (const [name, [log, parts]] of Object.entries(formats)) {
  test(name, async () => {
    const found = await foundIn(log);
    assert.deepEqual(skippedIn(found), []);
    const expected = sent.map((one) => ({
      ...(parts.includes('method') ? { method: 'POST' } : {}),
      ...(parts.includes('time') ? { time: one.ms } : {}),
      body: parsedBody(one),
      ...(parts.includes('status') ? { status: one.status } : {}),
    }));
    const read = requestsIn(found).map(({ url: _, headers: __, ...record }) => record);
    assert.deepEqual(read, expected);
    for (const record of requestsIn(found)) {
      assert.equal(record.url?.endsWith(path) ?? false, parts.includes('url'), `URL ${record.url}`);
      assert.equal(record.headers !== undefined, parts.includes('headers'));
    }
  });
}

suite('Other lines of the log of an application', () => {
  const other = [
    'Starting the adapter …',
    '2026-05-04 09:30:00 WARN  pool is empty {main}',
    '\tat com.example.Adapter.send(Adapter.java:42)',
    '{"level":"info","conversationId":"c-1","msg":"call began"}',
    '{"level":30,"time":1,"msg":"hooks are up"}',
    `2026-05-04T09:30:00Z response: {"conversationId":"c-1","botId":"st-1","events":[]}`,
    '[1,2,3]',
    '"a text"',
  ];

  test('are counted, and nothing more', async () => {
    const found = await foundIn([other[0], inner(sent[0]!), ...other.slice(1), inner(sent[2]!)].join('\n'));
    assert.deepEqual(skippedIn(found), []);
    assert.equal(requestsIn(found).length, 2);
    assert.equal(found.length, 2 + other.length);
  });

  test('do not hide a call that was cut, or that cannot be read', async () => {
    const whole = `INFO sent ${sent[0]!.body}`;
    for (const [line, id] of [
      [whole.slice(0, -20), 'c-1'],
      [whole.slice(60), undefined],
      [whole.slice(-60), undefined],
      [JSON.stringify({ level: 30, req: { method: 'POST', url, body: '\ufffd\u0000' } }), undefined],
      [JSON.stringify({ level: 30, req: { method: 'POST', url, body: null } }), undefined],
      [JSON.stringify({ level: 30, req: { method: 'POST', url, body: sent[0]!.body.slice(0, 60) } }), 'c-1'],
    ] as const) {
      const found = await foundIn(`${inner(sent[0]!)}\n${line}\n${inner(sent[2]!)}\n`);
      assert.equal(requestsIn(found).length, 2, line);
      assert.deepEqual(
        skippedIn(found).map(({ line, conversationId }) => [line, conversationId]),
        [[2, id]],
        line,
      );
    }
  });

  test('a record with two different bodies is not guessed at', async () => {
    const [one, other] = [parsedBody(sent[0]!), parsedBody(sent[1]!)];
    const found = await foundIn(JSON.stringify({ before: one, after: other }));
    assert.deepEqual(inShort(found), [
      '1 skipped it holds 2 different bodies, and it is not known which one was sent',
    ]);
  });

  test('calls without a body are named once, when no body is in the log', async () => {
    const access = `10.0.0.1 - - [04/May/2026:09:30:00 +0000] "POST ${path} HTTP/1.1" 200 15`;
    const found = await foundIn(`${access}\n${access}\n`);
    assert.deepEqual(skippedIn(found).length, 1);
    assert.match(skippedIn(found)[0]!.reason, /^2 calls to the hooks are in it without a body/);
    assert.deepEqual(skippedIn(await foundIn(`${access}\n${inner(sent[0]!)}\n`)), []);
  });
});

test('what was found in a log is said in a sentence', async () => {
  const forms: string[] = [];
  const file = fileOf(formats['pino-http']![0]);
  await all(readLog(file, { onForms: (found) => forms.push(...found) }));
  assert.deepEqual(forms, ['bodies in .req.body, order by .time, status in .res.statusCode']);
});

suite('What answered a call', () => {
  const body = parsedBody(sent[0]!);
  for (const [beside, status] of [
    [{ response: { status: 401 } }, 401],
    [{ res: { statusCode: 409 } }, 409],
    [{ response: { statusCode: null } }, 0],
    [{ response: { status: 200 }, error: {} }, 200],
    [{ response: { status: 200 }, error: '' }, 200],
    [{ error: {}, level: 'info' }, undefined],
    [{ err: { code: 'ECONNRESET' }, level: 'error' }, 0],
    [{ response: { body: '{"code":400,"message":"Bad Request"}' } }, 400],
    [{ http_status: '503', level: 'info' }, 503],
    [{ status: 'info', job: { progress: 200 } }, undefined],
  ] as const) {
    test(JSON.stringify(beside), async () => {
      const [read] = requestsIn(await foundIn(JSON.stringify({ data: body, ...beside })));
      assert.equal(read?.status, status);
    });
  }
});
