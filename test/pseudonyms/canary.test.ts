// The second canary: personal data is sent to a recorder, and none of it is in any file, in what the terminal shows or in what
// the recorder tells; nor in any report of a check.
import assert from 'node:assert/strict';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { after, test } from 'node:test';
import { formats } from '../../src/check/report/formats.ts';
import { runCommand } from '../commands.ts';
import { repository } from '../processes.ts';
import { run, started } from '../recorder/recorder-process.ts';
import { asTenant, ends, newFolder } from '../recorder/recorders.ts';
import { goodToken, hooksPath } from '../sandbox/client.ts';
import { assertCleanFolder, assertNothingPlanted, planted } from './planted.ts';

after(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const { customer, agent, email, phone, number, address, said } = planted;

function transfer(transfertype: string, transition: string, who: string): object {
  return {
    ...{ name: 'INTERNAL_TRANSFER_EVENT', transfertype, transition, isExtAD: false, language: 'en' },
    experience: 'voice',
    participant: { identity: who, name: agent, type: agent, customFields: { agentEmail: email, phone } },
  };
}

const end = {
  name: 'END_OF_CONVERSATION',
  reason: said,
  language: agent,
  experience: 'voice',
  participant: phone,
};
const message = { query: said, agentId: email, author: { type: customer }, source: agent, address, number };

/** Sends a conversation in which much is wrong, so that much is reported. */
async function send(url: string, settings: Record<string, string>): Promise<void> {
  const tenant = asTenant({ url, settings } as never);
  const post = (body: unknown, headers: Record<string, string> = {}, at = hooksPath(tenant)) =>
    fetch(url + at, {
      method: 'POST',
      headers: { token: goodToken(tenant), 'content-type': 'application/json', 'x-agent': email, ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const ids = { conversationId: `${customer} ${phone}`, botId: settings.TENANT_BOT_ID };
  await post({ ...ids, events: [transfer('NA', 'entry', email)] });
  await post({ ...ids, ...message });
  await post({ ...ids, events: [transfer('COLD', 'entry', phone)] });
  await post({ ...ids, events: [transfer(said, customer, agent)] });
  await post({ ...ids, events: [end] }, { 'content-type': `text/${agent.split(' ')[0]}` });
  await post({ ...ids, conversationId: number, events: [end] });
  await post({ ...ids, botId: agent, events: [end] });
  await post(`{"conversationId":"${customer}","query":"${said}`);
  await post(
    { ...ids, events: [end] },
    {},
    `/hooks/${encodeURIComponent(agent)}?who=${encodeURIComponent(email)}`,
  );
  const assign = { callbackUrl: `https://${customer}`, orgId: agent, botSessionId: phone, aId: email };
  const query = new URLSearchParams({ ...assign, [email]: said });
  await post(assign, { auth: 'x' }, `/agentassist/api/v1/public/st-1/assign-conversation?${query}`);
}

test('a recorder with pseudonyms keeps, shows and tells nothing of it', async () => {
  const [folder, state] = [newFolder(), newFolder()];
  const env = { RECORD_PSEUDONYMISE: 'true', XDG_STATE_HOME: state };
  const recorder = run(['--record', folder], env);
  const { url, settings } = await started(recorder);
  await send(url, settings);
  const told = await (await fetch(`${url}/conversations`)).text();
  assert.match(told, /HOOKS-SEQ-07/);
  assertNothingPlanted(told, '/conversations');
  assert.equal(await recorder.code('SIGINT'), 1);
  assertNothingPlanted(recorder.stdout() + recorder.stderr(), 'the terminal');
  assert.match(recorder.stdout(), /kept as pseudonyms/);
  assert.ok(assertCleanFolder(folder) >= 2);
  const keys = path.join(state, 'agent-ai-conformance', 'pseudonym-keys');
  const [key] = readdirSync(keys);
  if (process.platform !== 'win32') {
    assert.equal(statSync(keys).mode & 0o777, 0o700);
    assert.equal(statSync(path.join(keys, key!)).mode & 0o777, 0o600);
  }
  // Continued, its conversations have the names that they had.
  const later = run(['--record', folder, '--pseudonymise'], env);
  const second = await started(later);
  await send(second.url, second.settings);
  const { conversations } = (await (await fetch(`${second.url}/conversations`)).json()) as {
    conversations: object[];
  };
  assert.equal(conversations.length, JSON.parse(told).conversations.length);
  await later.code('SIGINT');
});

test('a report with pseudonyms has nothing of it, and says the same', async () => {
  const folder = newFolder();
  const recorder = run(['--record', folder]);
  const { url, settings } = await started(recorder);
  await send(url, settings);
  await recorder.code('SIGINT');
  const log = path.join(folder, 'evidence.ndjson');
  const check = path.join(repository, 'src/cli/check.ts');
  for (const format of Object.keys(formats)) {
    const { code, stdout, stderr } = await runCommand([check, log, '--pseudonymise', '--format', format]);
    assert.deepEqual([code, stderr], [1, '']);
    assertNothingPlanted(stdout, format);
  }
  const [plain, clean] = await Promise.all(
    [[], ['--pseudonymise']].map(async (more) => {
      const { stdout } = await runCommand([check, log, '--format', 'json', ...more]);
      const { totals, rules, verdict, reasons, conversations } = JSON.parse(stdout);
      const found = conversations.flatMap(
        ({ findings }: { findings: { requirement: string; line: number }[] }) =>
          findings.map(({ requirement, line }) => `${line} ${requirement}`),
      );
      return { totals, rules, verdict, reasons, found: found.sort() };
    }),
  );
  assert.deepEqual(clean, plain);
});
