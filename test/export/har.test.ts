// The HAR of an evidence is one by the published schema, holds no secret, and says the same to the check as the evidence itself.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, suite, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { Ajv } from 'ajv';
import { checkFiles } from '../../src/check/check-files.ts';
import { formats } from '../../src/check/report/formats.ts';
import type { EvidenceRecord } from '../../src/evidence/journal.ts';
import { evidenceIn, recordsOf } from '../../src/export/evidence-folder.ts';
import { harText } from '../../src/export/har.ts';
import { defaultSenderProfile, type SentRequest } from '../../src/protocol/sent-request.ts';
import { runCommand } from '../commands.ts';
import { printedBody } from '../printed-samples.ts';
import { repository } from '../processes.ts';
import { assignmentCases } from '../protocol/lifecycle/assignment-cases.ts';
import { orderCases } from '../protocol/lifecycle/order-cases.ts';
import { hooksCases, hooksRequest, type RequestCase } from '../protocol/lifecycle/request-cases.ts';
import { asTenant, recording } from '../recorder/recorders.ts';
import { run } from '../run/harness.ts';
import { send } from '../sandbox/client.ts';

const require = createRequire(import.meta.url);

function newFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'har-'));
  after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}

/** The HAR of a folder, beside its evidence. */
async function exported(folder: string): Promise<{ file: string; text: string }> {
  const pieces = await Array.fromAsync(harText(recordsOf(await evidenceIn(folder))));
  const file = path.join(folder, 'exported.har');
  writeFileSync(file, pieces.join(''));
  return { file, text: pieces.join('') };
}

/** All that the check says, but where it was found, and how the log was read. */
async function verdictOn(files: string[]): Promise<object> {
  let text = '';
  const write = (piece: string) => {
    text += piece;
  };
  const context = { failOn: 'must', files, hars: new Set<string>(), at: new Date(0), color: false } as const;
  const report = await formats.json(context, write);
  await checkFiles(files, { profile: defaultSenderProfile, failOn: 'must', report });
  const withoutPlaces = (key: string, value: unknown) => {
    if (['file', 'line', 'read'].includes(key)) return undefined;
    return typeof value === 'string' ? value.replaceAll(/ \("[^"]*", line \d+\)/g, '') : value;
  };
  return JSON.parse(text, withoutPlaces);
}

const schemas = ['har', ...readdirSync(path.dirname(require.resolve('har-schema'))).map(nameOf)];
const ajv = new Ajv({ strict: false, validateFormats: false });
ajv.addMetaSchema(require('ajv/dist/refs/json-schema-draft-06.json'));
for (const name of new Set(schemas.filter((one) => one !== 'index')))
  ajv.addSchema(require(`har-schema/lib/${name}.json`));

function nameOf(file: string): string {
  return path.basename(file, path.extname(file));
}

function assertIsHar(text: string): void {
  assert.ok(ajv.validate('har.json#', JSON.parse(text)), ajv.errorsText());
}

type Answered = Pick<EvidenceRecord, 'answer' | 'failure' | 'purpose'>;

const answered = (status: number, body = '', headers = {}): Answered => ({
  answer: { status, body, headers },
});
const failure = { kind: 'reset', code: 'TRANSPORT_RESET', message: 'TRANSPORT_RESET  reset' } as never;
const accepted = answered(200, '{"STATUS":"OK"}', { 'content-type': 'application/json' });
const refusedWith = answered(400, '{"code":400,"message":"the reason is missing"}');

const answers: Record<string, readonly Answered[]> = {
  'all accepted': [accepted],
  'some refused, some not answered': [
    accepted,
    refusedWith,
    accepted,
    { failure },
    answered(409, 'Conflict'),
    { ...answered(503), failure },
    answered(999, '{"code":400}'),
    answered(999),
    answered(204),
    answered(302, '', { location: '/elsewhere' }),
  ],
  'some wrong on purpose': [
    accepted,
    { ...refusedWith, purpose: 'to be refused' },
    { ...accepted, purpose: 'open question' },
    accepted,
    { ...accepted, purpose: 'tidying up' },
    { ...answered(409), purpose: 'open question' },
    { failure, purpose: 'to be refused' },
  ],
};

/** Each case of the rules for senders, kept and broken, and bodies that nobody can read. */
function sentRequests(): SentRequest[] {
  const orders = Object.values(orderCases).flat();
  const flows = orders.flatMap(({ kept, broken }) => [kept, broken]);
  const ordered = flows.flatMap((flow, index) =>
    flow
      .split(', ')
      .filter((step) => step !== 'unclear' && step !== '…')
      .map((step) => hooksRequest(printedBody(step, { conversationId: `c-${index}`, botId: 'st-XXXX' }))),
  );
  const cases = [...Object.values(hooksCases), ...Object.values(assignmentCases)] as RequestCase[][];
  const alone = cases.flat().flatMap(({ kept, broken }) => [kept, broken]);
  const unreadable = ['', '{"conversationId":"c-0",', '[]', 'text', '\ud800 \u2028', undefined];
  return [...ordered, ...alone, ...unreadable.map((body) => hooksRequest(body))];
}

function evidenceOf(requests: readonly SentRequest[], how: readonly Answered[]): string {
  const lines = requests.map(({ method = 'POST', url = '', headers = {}, body }, index): EvidenceRecord => {
    const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
    return {
      request: { method, url, headers: { ...headers }, ...(text === undefined ? {} : { body: text }) },
      startedAt: 1_700_000_000_000 + index,
      durationMs: 1.5,
      attempts: 1 + (index % 2),
      ...how[index % how.length]!,
    };
  });
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

suite('The check says the same of the HAR as of the evidence', () => {
  for (const [name, how] of Object.entries(answers)) {
    test(name, async () => {
      const folder = newFolder();
      const evidence = path.join(folder, 'evidence.ndjson');
      writeFileSync(evidence, evidenceOf(sentRequests(), how));
      const { file, text } = await exported(folder);
      assertIsHar(text);
      const ofEvidence = await verdictOn([evidence]);
      assert.ok(JSON.stringify(ofEvidence).includes('HOOKS-SEQ-07'));
      assert.deepEqual(await verdictOn([file]), ofEvidence);
    });
  }

  test('when a run has written it, whose secrets are in neither', async () => {
    const { reports, code, output } = await run([
      'features/conversation-events/authentication.feature',
      'features/observations/order-of-a-conversation.feature',
    ]);
    assert.equal(code, 0, output);
    const { file, text } = await exported(reports);
    assertIsHar(text);
    assert.deepEqual(await verdictOn([file]), await verdictOn([path.join(reports, 'evidence.ndjson')]));
    const { entries, pages } = JSON.parse(text).log;
    assert.ok(pages.length > 10);
    assert.ok(entries.some((entry: { comment?: string }) => entry.comment === 'to be refused'));
    assert.match(text, /"name":"token","value":"\$TENANT_JWT"/);
    assert.doesNotMatch(text, /eyJ/);
  });

  test('when a recorder has written it, in several files, with bytes that are no text', async () => {
    const recorder = await recording({ rotation: { maxBytes: 1500 } });
    const tenant = asTenant(recorder);
    const id = { conversationId: 'c-1', botId: tenant.settings.TENANT_BOT_ID! };
    for (const step of ['NA entry', 'cold entry 2', 'end 2'])
      await send(tenant, { body: printedBody(step, id) });
    await send(tenant, { body: Buffer.from('{"conversationId":"c-2","botId":"\xe4"}', 'latin1') });
    await recorder.stop();
    const { folder } = recorder;
    const files = readdirSync(folder).filter((name) => /^evidence\.\d+\.ndjson\.gz$/.test(name));
    assert.ok(files.length > 1);
    const { file, text } = await exported(folder);
    assertIsHar(text);
    const ofRecording = await verdictOn(files.sort().map((name) => path.join(folder, name)));
    assert.ok(JSON.stringify(ofRecording).includes('HOOKS-SEQ-07'));
    assert.deepEqual(await verdictOn([file]), ofRecording);
  });
});

suite('npm run export -- har', () => {
  const har = (cwd: string, ...args: string[]) =>
    runCommand([path.join(repository, 'src/cli/export.ts'), 'har', ...args], { cwd });
  const [whole = ''] = evidenceOf(sentRequests().slice(0, 1), [accepted]).split('\n');

  const wrong: Record<string, [evidence: string | undefined, code: string, message: RegExp]> = {
    'no evidence': [undefined, 'EVIDENCE_MISSING', /has no evidence\.ndjson: name the folder/],
    'empty evidence': ['', 'EVIDENCE_MISSING', /without a single exchange/],
    'a line that was cut off': [
      `${whole}\n${whole.slice(0, 100)}`,
      'EVIDENCE_INCOMPLETE',
      /^ {2}evidence\.ndjson:2 {2}the file ends in the middle of it$/m,
    ],
    'lines that are no exchanges': [
      `${whole}\n{"request":{"method":"POST"},"startedAt":1}\n[]\n{\n${'{}\n'.repeat(20)}`,
      'EVIDENCE_INCOMPLETE',
      /:2 {2}it has no request\.url, request\.headers, durationMs, answer or failure\n.*:3 {2}it is no object\n.*:4 {2}it is not JSON\n[\s\S]*\n {2}… and 13 more$/m,
    ],
    'bytes that are no text': [
      `${whole}\n`.replace('POST', 'P\xe4ST'),
      'EVIDENCE_INCOMPLETE',
      /evidence\.ndjson:1 {2}invalid UTF-8/,
    ],
  };
  for (const [name, [evidence, error, message]] of Object.entries(wrong)) {
    test(`${name} is an error, and nothing is written`, async () => {
      const folder = newFolder();
      if (evidence !== undefined) writeFileSync(path.join(folder, 'evidence.ndjson'), evidence, 'latin1');
      const before = readdirSync(folder);
      const { code, stdout, stderr } = await har(folder, '.', '--output', 'run.har');
      assert.deepEqual([code, stdout, readdirSync(folder)], [2, '', before]);
      assert.ok(stderr.startsWith(`${error}  `), stderr);
      assert.match(stderr, message);
    });
  }

  test('a file of a recording that was cut off is an error', async () => {
    const folder = newFolder();
    const packed = gzipSync(`${whole}\n`.repeat(3));
    writeFileSync(path.join(folder, 'evidence.000001.ndjson.gz'), packed.subarray(0, -20));
    const { code, stdout, stderr } = await har(folder, '.');
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(
      stderr,
      /^EVIDENCE_INCOMPLETE {2}.*\n {2}evidence\.000001\.ndjson\.gz:\d {2}the gzip is truncated here$/m,
    );
  });

  test('a folder that there is not, or that is a file, is an error', async () => {
    const folder = newFolder();
    writeFileSync(path.join(folder, 'evidence.ndjson'), `${whole}\n`);
    for (const given of ['missing', 'evidence.ndjson']) {
      const { code, stderr } = await har(folder, given);
      assert.equal(code, 2);
      assert.match(stderr, /^EVIDENCE_MISSING {2}.*("missing"\.|"evidence\.ndjson" is a file)/);
    }
  });

  test('writes to standard output or a file, but not over the evidence', async () => {
    const folder = newFolder();
    const evidence = path.join(folder, 'evidence.ndjson');
    writeFileSync(evidence, `${whole}\n`);
    const { code, stdout, stderr } = await har(folder, '.');
    assert.equal(code, 0, stderr);
    assertIsHar(stdout);
    await har(folder, '.', '--output', 'run.har');
    assert.equal(readFileSync(path.join(folder, 'run.har'), 'utf8'), stdout);
    const refused = await har(folder, '.', '--output', 'evidence.ndjson');
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /^OUTPUT_IS_A_LOG {2}/);
    assert.equal(readFileSync(evidence, 'utf8'), `${whole}\n`);
  });
});
