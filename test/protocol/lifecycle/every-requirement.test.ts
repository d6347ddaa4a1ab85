// Each requirement that binds the sender has a test that keeps it and one that breaks it.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { catalogue, type RequirementId } from '../../../src/protocol/catalogue.ts';
import { assignmentCases } from './assignment-cases.ts';
import { orderCases } from './order-cases.ts';
import { hooksCases } from './request-cases.ts';

/** A redial opens a conversation, or it does not: order.test.ts keeps it, and no sender can break it. */
const cannotBeBroken: RequirementId[] = ['HOOKS-RDL-04'];

/** The scope of a client app is granted on the platform: no request shows it. */
const notInRequests: RequirementId[] = ['ASSIGN-AUTH-03'];

/** Requirements that only several requests or conversations show are judged, and tested, in check. */
const judgedAcrossRequests: RequirementId[] = ['HOOKS-EP-03', 'HOOKS-ENV-02', 'HOOKS-RDL-02'];

test('each requirement that binds the sender has a pair', () => {
  const paired = [...Object.keys(orderCases), ...Object.keys(hooksCases), ...Object.keys(assignmentCases)];
  const bindsSender = catalogue.filter(({ binds }) => binds !== 'tenant').map(({ id }) => id);
  assert.deepEqual(
    [...paired, ...cannotBeBroken, ...notInRequests, ...judgedAcrossRequests].sort(),
    bindsSender.toSorted(),
    'once each, and no other',
  );
});

test('the tests of check name what is judged across requests', async () => {
  const folder = new URL('../../check/', import.meta.url);
  const files = (await readdir(folder)).filter((name) => name.endsWith('.test.ts'));
  const tests = await Promise.all(files.map((name) => readFile(new URL(name, folder), 'utf8')));
  for (const id of judgedAcrossRequests) {
    assert.ok(
      tests.some((text) => text.includes(id)),
      id,
    );
  }
});
