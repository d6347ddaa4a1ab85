// What the sandbox is started with, in words and as one tenant.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deviatingTenant, deviationText, faultsOf, variationsOf } from '../../src/cli/deviating-tenants.ts';

test('each fault and variation is named, a line each', () => {
  const faults = faultsOf('accepts-an-empty-token', faultsOf('answers-202-to-a-message'));
  const variations = variationsOf('compresses-with-gzip');
  assert.deepEqual(
    deviationText(faults, variations)
      .split('\n')
      .map((line) => line.slice(0, line.indexOf(':'))),
    [
      'Faulty on purpose, by answers-202-to-a-message, which breaks HOOKS-RESP-01',
      'Faulty on purpose, by accepts-an-empty-token, which breaks HOOKS-AUTH-01',
      'Conformant, but different, by compresses-with-gzip',
    ],
  );
});

test('the settings of all variations, and the front of one, belong to the tenant', () => {
  const names = ['reads-only-the-auth-header', 'compresses-with-gzip'];
  const tenant = deviatingTenant(
    [],
    names.flatMap((name) => variationsOf(name)),
  );
  assert.deepEqual(tenant.settings, { TENANT_AUTH_HEADER: 'auth' });
  assert.equal(typeof tenant.front, 'function');
  assert.deepEqual(Object.keys(tenant.behaviour).sort(), ['assignChecks', 'hooksChecks']);
  assert.deepEqual(deviatingTenant([], []), { behaviour: {}, settings: {} });
});

test('two that exclude each other are a wrong option', () => {
  const both = (...names: string[]) => names.flatMap((name) => variationsOf(name));
  assert.throws(() => deviatingTenant([], both('compresses-with-gzip', 'answers-in-chunks')), {
    code: 'OPTION_INVALID',
  });
  assert.throws(() => deviatingTenant([], both('says-more-in-a-success', 'answers-with-an-empty-body')), {
    code: 'OPTION_INVALID',
  });
});
