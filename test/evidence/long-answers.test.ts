// Long answers wait in a file, not in memory, and are read as they were.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, suite, test } from 'node:test';
import { LongAnswers } from '../../src/evidence/long-answers.ts';
import type { Exchange } from '../../src/tenant/exchange.ts';

const long = (n: number) => `{"n":${n},"text":"${'ü€𝄞x'.repeat(30_000)}"}`;

function answered(body: string): Exchange {
  return {
    ...{ request: { method: 'POST', url: 'http://tenant/', headers: {} }, startedAt: 1, durationMs: 1 },
    ...{ attempts: 1, answer: { status: 200, headers: { via: 'x' }, body } },
  };
}

suite('LongAnswers', () => {
  const { TMPDIR, TEMP } = process.env;
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'long-answers-'));
    Object.assign(process.env, { TMPDIR: folder, TEMP: folder });
  });
  afterEach(() => {
    for (const [name, value] of Object.entries({ TMPDIR, TEMP })) {
      delete process.env[name];
      if (value !== undefined) process.env[name] = value;
    }
    rmSync(folder, { recursive: true, force: true });
  });

  test('give each answer back whole, as often as it is read, and keep none of them', () => {
    const answers = new LongAnswers();
    const kept = [1, 2, 3].map((n) => answers.keep(answered(long(n))).answer!);
    for (const [index, answer] of [...kept.entries(), ...kept.entries()]) {
      assert.deepEqual({ ...answer }, { status: 200, headers: { via: 'x' }, body: long(index + 1) });
      assert.equal(typeof Object.getOwnPropertyDescriptor(answer, 'body')!.get, 'function');
    }
    answers.close();
    assert.throws(() => kept[0]!.body, /The scenario has ended/);
    assert.throws(() => answers.keep(answered(long(4))).answer!.body, /The scenario has ended/);
    assert.deepEqual(readdirSync(folder), []);
  });

  test('are the same however often they are read, and whatever was read before', () => {
    const answers = new LongAnswers();
    const texts = ['a', 'ü', '𝄞'].map((letter) => letter.repeat(3_000_000));
    const kept = texts.map((text) => answers.keep(answered(text)).answer!);
    for (let round = 1; round <= 3; round++) {
      for (const [index, { body }] of kept.entries()) assert.ok(body === texts[index], `${round}: ${index}`);
    }
    answers.close();
  });

  test('leave nothing behind when the process dies', { skip: process.platform === 'win32' }, () => {
    const answers = new LongAnswers();
    answers.keep(answered(long(1)));
    assert.deepEqual(readdirSync(folder), []);
    answers.close();
  });

  test('leave a short one, and an exchange without an answer, as they are', () => {
    const { answer, ...lost } = answered('OK');
    for (const exchange of [{ ...lost, answer: answer! }, lost])
      assert.equal(new LongAnswers().keep(exchange), exchange);
  });

  test('keep an answer in memory when there is no place for a file', () => {
    Object.assign(process.env, { TMPDIR: path.join(folder, 'none'), TEMP: path.join(folder, 'none') });
    const exchange = answered(long(1));
    assert.equal(new LongAnswers().keep(exchange), exchange);
  });
});
