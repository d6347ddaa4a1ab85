// The OpenAPI file says what the project itself judges by, in a form that tools of others accept.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, suite, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { documentText } from '../../src/export/document.ts';
import { openapi } from '../../src/export/openapi.ts';
import { assignmentExamples, hooksExamples, outcomeExamples } from '../../src/export/samples.ts';
import { catalogue } from '../../src/protocol/catalogue.ts';
import { hooksDefects, parts } from '../../src/protocol/defects.ts';
import { hooksPaths } from '../../src/protocol/endpoints.ts';
import { eventNames } from '../../src/protocol/event-table.ts';
import { defaultDialect } from '../../src/protocol/events.ts';
import { type Defect, withDefect } from '../../src/protocol/mutations.ts';
import { assignmentProblems, hooksBodyProblems } from '../../src/protocol/requests.ts';
import { runCommand } from '../commands.ts';
import { repository } from '../processes.ts';
import { exampleBody } from '../protocol/examples.ts';
import { lint } from './redocly.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'openapi-'));
after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));

interface Described {
  paths: Record<string, { post: Operation }>;
  components: { schemas: Record<string, object> };
}

interface Operation {
  requestBody: { content: { 'application/json': { examples: Record<string, { value: object }> } } };
  callbacks?: { outcome: Record<string, { post: Operation }> };
}

const description = openapi() as Described;

const ajv = new Ajv2020({ strict: false });
ajv.addSchema(description, 'api');

function validator(schema: string): (value: unknown) => boolean {
  return ajv.getSchema(`api#/components/schemas/${schema}`) as (value: unknown) => boolean;
}

suite('What the export calls valid is what the project finds no problem with', () => {
  const dialect = { ...defaultDialect, customFields: 'sent' } as const;

  for (const where of ['message', ...eventNames] as const) {
    test(`${where}, and each defect of it`, () => {
      const isValid = validator('HooksRequest');
      const body = exampleBody(where, dialect);
      assert.ok(isValid(body));
      const defects = parts.flatMap((part) => hooksDefects(body, part)).flat();
      assert.ok(defects.length > 50);
      for (const { field, words, defect } of defects) {
        assert.ok(!isValid(withDefect(body, field, defect)), `${field}: ${words}`);
      }
    });
  }

  const message = exampleBody('message');
  const end = exampleBody('END_OF_CONVERSATION');
  const transfer = exampleBody('INTERNAL_TRANSFER_EVENT');
  const bodies: Record<string, unknown> = {
    'no object': 'text',
    'an empty object': {},
    'a message with an empty list of events': { ...message, events: [] },
    'events and a message': { ...message, ...end },
    'several events': { ...end, events: [...(transfer.events ?? []), ...(end.events ?? [])] },
    'events with the agentId of a message': { ...end, agentId: 'agent-1' },
    'an incomplete message beside an event': { ...end, query: 'Hello' },
    'a message without a query': { ...message, query: undefined },
    'an event of another name': { ...end, events: [{ name: 'OTHER_EVENT' }] },
    'an event without a name': { ...end, events: [{}] },
    'a list of texts': { ...end, events: ['END_OF_CONVERSATION'] },
    'a redial as its sample prints it': withDefect(
      withDefect(transfer, 'transfertype', { kind: 'set to', value: 'redial' }),
      'reason',
      { kind: 'added', value: 'agent_initiated' },
    ),
  };
  for (const [name, body] of Object.entries(bodies)) {
    test(name, () => {
      const value = JSON.parse(JSON.stringify(body));
      assert.equal(validator('HooksRequest')(value), hooksBodyProblems(value).length === 0);
    });
  }

  test('a transfer to an agent or a queue, and each defect of it', () => {
    const isValid = validator('AssignConversationRequest');
    const common = { callbackUrl: 'https://localhost:8009', orgId: 'o-1', botSessionId: '65' };
    const toAgent = { ...common, aId: 'a-1' };
    const toQueue = { ...common, queueId: 'qu-1', transferredType: 'QUEUE' };
    const kinds: Defect[] = [{ kind: 'left out' }, { kind: 'empty' }, { kind: 'of the wrong type' }];
    const wrong = [toAgent, toQueue].flatMap((body) =>
      Object.keys(body).flatMap((field) => kinds.map((defect) => withDefect(body, field, defect))),
    );
    for (const body of [toAgent, toQueue, { ...toAgent, ...toQueue }, common, [], ...wrong]) {
      assert.equal(isValid(body), assignmentProblems(body).length === 0, JSON.stringify(body));
    }
  });
});

suite('The export is complete', () => {
  test('every event, and every requirement of the documents', () => {
    const text = documentText(description, 'json');
    for (const { id } of catalogue) assert.match(text, new RegExp(`\\b${id} \\(`), id);
    for (const name of eventNames) assert.ok(text.includes(`"const": "${name}"`), name);
  });

  test('every path of the hooks, and the printed samples that are well-formed', () => {
    for (const path of Object.values(hooksPaths)) {
      const { examples } = description.paths[`${path}/{botId}`]!.post.requestBody.content['application/json'];
      assert.ok(Object.keys(examples).length > 0, path);
    }
    const all = [hooksExamples(), assignmentExamples(), outcomeExamples()];
    assert.deepEqual(
      all.map((examples) => Object.keys(examples).length),
      [19, 3, 3],
    );
  });
});

suite('npm run export -- openapi', () => {
  const script = path.join(repository, 'src/cli/export.ts');
  const run = (...args: string[]) => runCommand([script, 'openapi', ...args], { cwd: folder });

  test('writes YAML, or JSON for a file of that ending or when asked to', async () => {
    const [yaml, json] = await Promise.all([run(), run('--format', 'json')]);
    assert.deepEqual([yaml.code, json.code], [0, 0], yaml.stderr + json.stderr);
    assert.deepEqual(parse(yaml.stdout), JSON.parse(json.stdout));
    assert.deepEqual(await run('--output', 'api.JSON'), { code: 0, stdout: '', stderr: '' });
    assert.equal(readFileSync(path.join(folder, 'api.JSON'), 'utf8'), json.stdout);
  });

  const wrong: Record<string, [args: string[], message: RegExp]> = {
    'an ending that says no form': [['--output', 'api.txt'], /"api\.txt" ends neither in \.yaml nor/],
    'a form that there is not': [['--format', 'xml'], /'xml' is invalid\. Allowed choices are yaml, json/],
    'a word too many': [['all'], /too many arguments/],
  };
  for (const [name, [args, message]] of Object.entries(wrong)) {
    test(`${name} is an error`, async () => {
      const { code, stdout, stderr } = await run(...args);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, /^OPTION_INVALID {2}/);
      assert.match(stderr, message);
    });
  }

  test('a form of another tool that there is not is an error, with a guess', async () => {
    const { code, stderr } = await runCommand([script, 'opnapi'], { cwd: folder });
    assert.equal(code, 2);
    assert.match(stderr, /^OPTION_INVALID {2}unknown command 'opnapi'\n\(Did you mean openapi\?\)/);
  });
});

suite('redocly lint', () => {
  test('finds nothing', async () => {
    const { code, stdout, stderr } = await lint(folder, description);
    assert.equal(code, 0, stdout + stderr);
  });

  test('would find an example that breaks its schema, and a component that is missing', async () => {
    const copy = structuredClone(description);
    const { content } = copy.paths[`${hooksPaths['End of Conversation']}/{botId}`]!.post.requestBody;
    for (const one of Object.values(content['application/json'].examples))
      one.value = withDefect(one.value, 'reason', { kind: 'left out' });
    delete copy.components.schemas.Participant;
    const { code, stdout, stderr } = await lint(folder, copy);
    assert.equal(code, 1);
    assert.match(stdout + stderr, /no-invalid-media-type-examples/);
    assert.match(stdout + stderr, /no-unresolved-refs/);
  });
});
