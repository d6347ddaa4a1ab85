// What a run gives to others: nothing to a server that a feature names, no secret to the programs that it starts, no token to a
// tenant whose certificate nobody checks.
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { checkForward } from '../../src/recorder/options.ts';
import { suite } from '../../src/run/suite.ts';
import { withoutSecret } from '../../src/tenant/secret-in-environment.ts';
import { settingsProblems } from '../../src/tenant/settings.ts';
import { noBrowser, openPage } from '../report/browser.ts';
import { reportCommand, run, secret, settingsFor, temporaryFolder } from './harness.ts';

test('an image in the description of a feature is not loaded', { skip: noBrowser }, async () => {
  const feature = path.join(temporaryFolder(), 'summary.feature');
  const images = ['http://elsewhere.example/md.png', 'http://elsewhere.example/tag.png'];
  const described = `Feature: Summary\n  ![x](${images[0]}) <img src="${images[1]}"> of elsewhere\n`;
  const own = readFileSync('features/conversation-events/summary.feature', 'utf8');
  writeFileSync(feature, own.replace('Feature: Summary\n', described));
  const { code, output, reports } = await run([feature, '--tags', '@HOOKS-SUM-03']);
  assert.equal(code, 0, output);
  const html = readFileSync(path.join(reports, 'cucumber.html'), 'utf8');
  assert.ok(html.includes(images[0]!));
  const shown = await openPage(html);
  await shown.page.locator('[aria-expanded=false]').first().click();
  await shown.page.getByText('of elsewhere').waitFor();
  assert.deepEqual(
    shown.asked.filter((url) => !url.startsWith('data:')),
    [],
  );
  const blocked = shown.said.filter((text) => /Content Security Policy/.test(text));
  for (const text of blocked) assert.match(text, /elsewhere\.example/, 'the page itself needs nothing else');
});

test('a program that a run starts does not get the secret, under any name', (context) => {
  const env = { TENANT_CLIENT_SECRET: secret, COPY: `x${secret}`, HOME: '/home/x' };
  assert.deepEqual(withoutSecret(env), { HOME: '/home/x' });
  assert.deepEqual(withoutSecret({ HOME: '/home/x', TENANT_CLIENT_PASSPHRASE: 'sesame', COPY: 'sesame' }), {
    HOME: '/home/x',
  });
  assert.deepEqual(withoutSecret({ HOME: '/home/x' }), { HOME: '/home/x' });
  if (process.platform === 'win32') return;
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 'git'), '#!/bin/sh\nenv\n');
  chmodSync(path.join(folder, 'git'), 0o700);
  const before = { ...process.env };
  context.after(() => {
    process.env = before;
  });
  Object.assign(process.env, env, { PATH: `${folder}${path.delimiter}${process.env.PATH}` });
  const { commit } = suite(process.env);
  assert.match(commit ?? '', /^HOME=/m);
  assert.ok(!commit?.includes(secret));
});

test('a tenant whose certificate is not checked gets no token', () => {
  const off = { NODE_TLS_REJECT_UNAUTHORIZED: '0' };
  const problems = (url: string, env: object) =>
    settingsProblems({ ...settingsFor(url), ...env }).map(({ setting }) => setting);
  assert.deepEqual(problems('https://tenant.example', off), ['NODE_TLS_REJECT_UNAUTHORIZED']);
  assert.deepEqual(problems('https://tenant.example', { NODE_TLS_REJECT_UNAUTHORIZED: '1' }), []);
  assert.deepEqual(problems('http://127.0.0.1:1', off), []);
  assert.throws(() => checkForward('https://tenant.example', off), /NODE_TLS_REJECT_UNAUTHORIZED is 0/);
  checkForward('http://127.0.0.1:1', off);
});

test('npm run report empties no folder that a link leads to', async () => {
  const [reports, elsewhere] = [temporaryFolder(), temporaryFolder()];
  writeFileSync(path.join(elsewhere, 'kept'), '');
  mkdirSync(path.join(reports, 'allure-results'));
  symlinkSync(elsewhere, path.join(reports, 'allure-report'), 'junction');
  const { code, stderr } = await run([], { command: reportCommand, reports });
  assert.equal(code, 2);
  assert.match(stderr, /^REPORTS_DIR_UNUSABLE .*allure-report is a link/);
  assert.equal(readFileSync(path.join(elsewhere, 'kept'), 'utf8'), '');
});
