// `npm run --silent token`: the value of TENANT_JWT, for the curl lines of a report.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, suite, test } from 'node:test';
import jwt from 'jsonwebtoken';
import { repository, runNode } from '../processes.ts';

const command = path.join(repository, 'src/cli/token.ts');
const secret = 'a-secret-of-the-client-that-is-long-enough';
const settings = (client: string) =>
  [
    'TENANT_URL=https://tenant.example',
    'TENANT_BOT_ID=st-1a2b3c4d-0000-5111-8222-333344445555',
    `TENANT_CLIENT_ID=${client}`,
    `TENANT_CLIENT_SECRET=${secret}`,
  ].join('\n');

suite('The token for curl', () => {
  const cwd = mkdtempSync(path.join(tmpdir(), 'token-'));
  after(() => rmSync(cwd, { recursive: true, maxRetries: 3 }));
  writeFileSync(path.join(cwd, '.env'), settings('cs-1a2b3c4d-0000-5111-8222-333344445555'));
  writeFileSync(path.join(cwd, '.env.staging'), settings('cs-9a2b3c4d-0000-5111-8222-333344445555'));
  const ours = /^(TENANT|CALLBACK|CONVERSATION)_/;
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));

  const token = (...args: string[]) => runNode([command, ...args], { cwd, env });

  test('is a valid one, alone on a line', async () => {
    const { code, stdout, stderr } = await token();
    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
    assert.match(stdout, /^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    const claims = jwt.verify(stdout.trim(), secret, { algorithms: ['HS256'] }) as jwt.JwtPayload;
    assert.equal(claims.appId, 'cs-1a2b3c4d-0000-5111-8222-333344445555');
  });

  test('is of the profile that is named', async () => {
    const { stdout } = await token('--tenant', 'staging');
    const claims = jwt.verify(stdout.trim(), secret) as jwt.JwtPayload;
    assert.equal(claims.appId, 'cs-9a2b3c4d-0000-5111-8222-333344445555');
  });

  test('is missing when something is wrong: there is an exit code, and nothing on standard output', async () => {
    for (const args of [['--tenant', 'nobody'], ['--nonsense']]) {
      const { code, stdout, stderr } = await token(...args);
      assert.deepEqual({ code, stdout }, { code: 2, stdout: '' });
      assert.match(stderr, /\.env\.nobody|--nonsense/);
      assert.doesNotMatch(stderr, /\n +at /);
    }
  });
});
