// Languages by kind: what a profile names is sent, and what it does not name is not applicable.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { allExchanges } from '../../src/verdict/left-open.ts';
import { run, temporaryFolder } from './harness.ts';
import { sandboxWith } from './tenants.ts';

const features = 'features/conversation-events/languages.feature';

test('Spanish is sent where it is the other language of a bot', async () => {
  const env = { ...(await sandboxWith({})), TENANT_LANGUAGES: 'en,es' };
  const ended = await run([features], { env, measured: true });
  assert.equal(ended.code, 0, ended.output);
  assert.match(
    ended.output,
    /TENANT_LANGUAGES with a language of other letters \(1 scenario is not applicable\)/,
  );
  const bodies = ended.collected.results.flatMap(allExchanges).map(({ request }) => request.body ?? '');
  for (const text of ['"language":"es"', '"language":"Spanish","locale":"es"'])
    assert.ok(
      bodies.some((body) => body.includes(text)),
      text,
    );
});

test('without another language than English there is one reason', async () => {
  const env = { ...(await sandboxWith({})), TENANT_LANGUAGES: 'en' };
  const { output } = await run([features], { env, measured: true });
  assert.match(
    output,
    /TENANT_LANGUAGES with another language than English \(5 scenarios are not applicable\)/,
  );
});

test('"in that language" needs a sentence that names one', async () => {
  const feature = path.join(temporaryFolder(), 'own.feature');
  const lines = ['@HOOKS-MSG-08', 'Rule: R', 'Example: E', 'Given a chat conversation answered by Agent 1'];
  const steps = ['When the customer says "OK" in that language', 'Then the tenant has accepted every event'];
  writeFileSync(feature, ['Feature: F', ...lines, ...steps].join('\n'));
  const { code, output } = await run([feature], { env: await sandboxWith({}), measured: true });
  assert.equal(code, 2, output);
  assert.match(output, /No language has been named: "in that language" needs a sentence before it/);
});
