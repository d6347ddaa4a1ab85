// The AsyncAPI file is one by the published schema, and its messages are those that the project judges to be well-formed.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite, test } from 'node:test';
import { Ajv, type AnySchema } from 'ajv';
import { parse } from 'yaml';
import { asyncapi } from '../../src/export/asyncapi.ts';
import { hooksPaths } from '../../src/protocol/endpoints.ts';
import { eventNames } from '../../src/protocol/event-table.ts';
import { withDefect } from '../../src/protocol/mutations.ts';
import { hooksBodyProblems } from '../../src/protocol/requests.ts';
import { runCommand } from '../commands.ts';
import { exampleBody } from '../protocol/examples.ts';
import { lint } from './redocly.ts';

interface Described {
  channels: Record<string, { address?: string; messages: object }>;
  components: { messages: Record<string, { examples: { payload: object }[] }> };
}

const description = JSON.parse(JSON.stringify(asyncapi())) as Described;
const published = createRequire(import.meta.url)(
  '@asyncapi/specs/schemas/3.0.0-without-$id.json',
) as AnySchema;

const isAsyncapi = new Ajv({ strict: false, validateFormats: false, logger: false }).compile(published);

/** As AsyncAPI has it, by JSON schema draft 7. */
function accepts(message: string): (body: unknown) => boolean {
  const ajv = new Ajv({ strict: false });
  ajv.addSchema(description, 'api');
  return ajv.getSchema(`api#/components/messages/${message}/payload`) as (body: unknown) => boolean;
}

suite('The AsyncAPI file', () => {
  test('is one by the published schema, which would find a mistake', () => {
    assert.ok(isAsyncapi(description), JSON.stringify(isAsyncapi.errors));
    assert.ok(!isAsyncapi({ ...description, operations: { send: { action: 'emit' } } }));
  });

  test('has no reference that leads nowhere, and no other fault that redocly knows', async (context) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'asyncapi-'));
    context.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
    const { code, stdout, stderr } = await lint(folder, description);
    assert.equal(code, 0, stdout + stderr);
  });

  test('has every path of the hooks with every event and message, and the callback', () => {
    const addresses = Object.values(hooksPaths).map((path) => `${path}/{botId}`);
    const { outcome, ...hooks } = description.channels;
    assert.ok(!('address' in outcome!));
    assert.deepEqual(
      Object.values(hooks).map(({ address }) => address),
      addresses,
    );
    for (const { messages } of Object.values(hooks))
      assert.deepEqual(Object.keys(messages), [...eventNames, 'Message']);
  });

  for (const name of [...eventNames, 'message'] as const) {
    test(`${name}: its examples are well-formed, a defect is not`, () => {
      const message = name === 'message' ? 'Message' : name;
      const isValid = accepts(message);
      const { examples } = description.components.messages[message]!;
      assert.ok(examples.length > 0);
      for (const { payload } of [...examples, { payload: exampleBody(name) }]) {
        assert.deepEqual(hooksBodyProblems(payload), []);
        assert.ok(isValid(payload), JSON.stringify(payload));
        assert.ok(!isValid(withDefect(payload, 'conversationId', { kind: 'left out' })));
      }
      const others = [...eventNames, 'message' as const].filter((other) => other !== name);
      for (const other of others) assert.ok(!isValid(exampleBody(other)), other);
    });
  }

  test('is written by npm run export -- asyncapi', async () => {
    const { code, stdout, stderr } = await runCommand(['src/cli/export.ts', 'asyncapi']);
    assert.equal(code, 0, stderr);
    assert.deepEqual(parse(stdout), description);
  });
});
