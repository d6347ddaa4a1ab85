// npm run check as a process: what it reads, what it writes where, and how it ends.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { Conversation } from '../../src/protocol/conversation.ts';
import { defaultDialect, type HooksBody } from '../../src/protocol/events.ts';
import { flows } from '../../src/protocol/flows.ts';
import { runCommand } from '../commands.ts';
import { repository, runNode, runProgram, startNode } from '../processes.ts';

const script = path.join(repository, 'src/cli/check.ts');
const folder = mkdtempSync(path.join(tmpdir(), 'conformance-check-'));
after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));

interface Run {
  code: number;
  output: string;
  errors: string;
}

async function check(args: string[], input: string | Buffer = ''): Promise<Run> {
  const { TENANT_QUALITY_MODULE: _, TENANT_HOOKS_PATH: __, ...env } = process.env;
  const { code, stdout, stderr } = await (input.length > 0
    ? runNode([script, ...args], { cwd: folder, env, input })
    : runCommand([script, ...args], { cwd: folder, env }));
  return { code, output: stdout, errors: stderr };
}

let files = 0;

/** Writes a log, a line for each body. @returns its name, relative to where the command runs */
function log(...lines: (object | string)[]): string {
  files += 1;
  const name = `log-${files}.ndjson`;
  writeFileSync(path.join(folder, name), textOf(lines));
  return name;
}

function textOf(lines: readonly (object | string)[]): string {
  return lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('');
}

function call(id = 'c-1', dialect = defaultDialect): HooksBody[] {
  const conversation = new Conversation({ conversationId: id, botId: 'st-1' }, 'voice', dialect);
  return flows['the cold transfer flow'].map((move) => conversation.move(move).body);
}

const withoutEnd = call().slice(0, -1);
const silent = [
  new Conversation({ conversationId: 'c-1', botId: 'st-1' }, 'voice', defaultDialect).message({
    text: 'Hello',
    author: 'USER',
  }).body,
  ...call(),
];

describe('the exit code', () => {
  test('0: conformant', async () => {
    const { code, output } = await check([log(...call())]);
    assert.equal(code, 0, output);
    assert.match(output, /^verdict +conformant$/m);
  });

  test('1: a must is broken', async () => {
    const { code, output } = await check([log(...withoutEnd)]);
    assert.equal(code, 1, output);
    assert.match(output, /HOOKS-SEQ-16/);
    assert.match(output, /log-\d+\.ndjson:7 {2}conversation c-1/);
  });

  test('0 with a warning: a should is broken; 1 with --fail-on should', async () => {
    const name = log(...silent);
    const warned = await check([name]);
    assert.equal(warned.code, 0, warned.output);
    assert.match(warned.output, /^warning +HOOKS-SEQ-12/m);
    assert.equal((await check([name, '--fail-on', 'should'])).code, 1);
  });

  test('3: a line could not be judged, or there was none', async () => {
    const broken = await check([log(...call(), 'not json')]);
    assert.equal(broken.code, 3, broken.output);
    assert.match(broken.output, /log-\d+\.ndjson:9 {2}not JSON/);
    assert.equal((await check([log()])).code, 3);
  });

  test('2: the same log twice, under whatever name', async () => {
    const name = log(...call());
    for (const again of [name, `./${name}`]) {
      const { code, errors } = await check([name, again]);
      assert.equal(code, 2, errors);
      assert.match(errors, /LOG_TWICE/);
    }
  });

  test('2: used wrongly, with everything that is wrong', async () => {
    const cases: [string[], RegExp][] = [
      [[], /Which log\?/],
      [['nowhere.ndjson', 'nor-here.ndjson'], /nowhere\.ndjson[\s\S]*nor-here\.ndjson/],
      [['.'], /folder/],
      [[log(...call()), '--only', 'HOOKS-SEQ-99'], /no requirement "HOOKS-SEQ-99"; did you mean HOOKS-SEQ-/],
      [[log(...call()), '--only', 'HOOKS-RESP-01'], /HOOKS-RESP-01 binds the tenant/],
      [[log(...call()), '--idle', 'soon'], /--idle 90s, 30m or 2h/],
      [[log(...call()), '--time', 'sentAt'], /a path begins with a dot, as in \.res\.statusCode/],
      [[log(...call()), '--format', 'xml'], /words, json, junit, sarif, markdown, html/],
      [[log(...call()), '--tenant', 'nobody'], /\.env\.nobody/],
      [[log(...call()), '--output', path.join('no', 'such', 'folder')], /cannot be written/],
    ];
    for (const [args, wording] of cases) {
      const { code, output, errors } = await check(args);
      assert.equal(code, 2, `${args}: ${output}`);
      assert.match(errors, wording);
    }
  });
});

describe('its input', () => {
  test('standard input, gzip', async () => {
    const { code, output } = await check(['-'], gzipSync(textOf(withoutEnd)));
    assert.equal(code, 1, output);
    assert.match(output, /^ +standard input:7 {2}conversation c-1/m);
  });

  test('two logs of the same conversations, merged by time', async () => {
    const records = call().map((body, index) => ({ time: 1_700_000_000_000 + index, body }));
    const odd = log(...records.filter((_, index) => index % 2 === 1));
    const even = log(...records.filter((_, index) => index % 2 === 0));
    const { code, output } = await check([odd, even]);
    assert.equal(code, 0, output);
    assert.match(output, /^conversations +1: 1 pass$/m);
  });

  test('where its parts are, as an option or in a profile', async () => {
    const odd = log(
      ...call().map((body, index) => ({ made: index, what: body, at: { t: 1_700_000_000 - index } })),
    );
    const backwards = await check([odd, '--body', '.what', '--time', '.at.t']);
    assert.equal(backwards.code, 1, backwards.output);
    assert.match(backwards.output, /bodies in \.what, order by \.at\.t, no status/);
    writeFileSync(
      path.join(folder, '.env.odd'),
      'TENANT_URL=https://x.example\nCHECK_BODY=.what\nCHECK_TIME=.made\n',
    );
    const { output, code } = await check([odd, '--tenant', 'odd']);
    assert.match(output, /bodies in \.what, order by \.made/);
    assert.equal(code, 0, output);
    writeFileSync(path.join(folder, '.env.bad'), 'TENANT_URL=https://x.example\nCHECK_TIME=.a[\n');
    assert.match((await check([odd, '--tenant', 'bad'])).errors, /SETTINGS_INVALID {2}CHECK_TIME is "\.a\["/);
  });

  test('the profile of a tenant: the Quality Module, a path of its own', async () => {
    writeFileSync(
      path.join(folder, '.env.staging'),
      'TENANT_URL=https://tenant.example\nTENANT_QUALITY_MODULE=true\nTENANT_HOOKS_PATH=/own/way\n',
    );
    const url = 'https://tenant.example/own/way/st-1';
    const plain = log(...call().map((body) => ({ url, body })));
    const { code, output } = await check([plain, '--tenant', 'staging']);
    assert.equal(code, 1);
    assert.match(output, /HOOKS-XFER-11/);
    const quality = call('c-1', { ...defaultDialect, customFields: 'sent' });
    const whole = await check([log(...quality.map((body) => ({ url, body }))), '--tenant', 'staging']);
    assert.equal(whole.code, 0, whole.output);
    // Without the profile that path is documented nowhere.
    const elsewhere = await check([plain]);
    assert.equal(elsewhere.code, 1);
    assert.match(elsewhere.output, /HOOKS-EP-02/);
  });
});

describe('its output', () => {
  test('only the selected requirements, given before or after the log, in any spelling', async () => {
    const name = log(...withoutEnd);
    assert.equal((await check(['--only', 'hooks-eoc-01', 'HOOKS-SEQ-07', name])).code, 0);
    assert.equal((await check([name, '--only', 'HOOKS-EOC-01', 'HOOKS-SEQ-16'])).code, 1);
    assert.equal((await check([name, '--only', 'HOOKS-EOC-01,HOOKS-SEQ-07'])).code, 0);
    assert.equal((await check([name, '--only', 'HOOKS-EOC-01', '--only', 'HOOKS-SEQ-16'])).code, 1);
  });

  test('a selected requirement of a field', async () => {
    const [entry, ...others] = call();
    const events = entry!.events!.map((event) => ({ ...event, isExtAD: 'yes' }));
    const { code, output } = await check([log({ ...entry!, events }, ...others), '--only', 'HOOKS-XFER-03']);
    assert.equal(code, 1);
    assert.match(output, /HOOKS-XFER-03 \(must\)[\s\S]*isExtAD is "yes", it must be one of/);
  });

  test('JSON with each conversation, and nothing else, on standard output', async () => {
    const { output, errors } = await check([log(...call('good'), ...withoutEnd), '--format', 'json']);
    const report = JSON.parse(output);
    assert.equal(errors, '');
    assert.equal(report.verdict, 'non-conformant');
    assert.deepEqual(
      report.conversations.map(({ conversationId, verdict }: Record<string, string>) => [
        conversationId,
        verdict,
      ]),
      [
        ['good', 'pass'],
        ['c-1', 'fail'],
      ],
    );
    const [{ requirement, level, line }] = report.conversations[1].findings;
    assert.deepEqual([requirement, level, line], ['HOOKS-SEQ-16', 'must', 15]);
    assert.deepEqual([report.totals.lines, report.totals.requests, report.totals.conversations], [15, 15, 2]);
  });

  for (const [format, begins] of Object.entries({
    junit: /^<\?xml/,
    sarif: /^\{[\s\S]*"version": ?"2\.1\.0"/,
    markdown: /^#/,
    html: /^<!doctype html>/,
  })) {
    test(`${format}, into a file`, async () => {
      const { code, output, errors } = await check([
        log(...withoutEnd),
        '--format',
        format,
        '--output',
        `report.${format}`,
      ]);
      assert.deepEqual([code, output, errors], [1, '', '']);
      const text = readFileSync(path.join(folder, `report.${format}`), 'utf8');
      assert.match(text, begins);
      assert.match(text, /HOOKS-SEQ-16/);
    });
  }

  test('the log itself is never written over', async () => {
    const name = log(...withoutEnd);
    const before = readFileSync(path.join(folder, name), 'utf8');
    const { code, errors } = await check([name, '--output', `.${path.sep}${name}`]);
    assert.equal(code, 2);
    assert.match(errors, /is one of the logs/);
    assert.equal(readFileSync(path.join(folder, name), 'utf8'), before);
  });

  test('a disk that fills up leaves the report that was there', {
    skip: process.platform === 'win32',
  }, async () => {
    const many = log(
      ...Array.from({ length: 3000 }, (_, id) =>
        withoutEnd.map((one) => ({ ...one, conversationId: `c-${id}` })),
      ).flat(),
    );
    mkdirSync(path.join(folder, 'full'));
    const report = path.join(folder, 'full', 'report');
    writeFileSync(report, 'of yesterday');
    // A limit for each file stands for the disk.
    const limited = 'ulimit -f 100; exec "$0" "$@"';
    const args = [script, many, '--format', 'json', '--output', report];
    const { code, stderr } = await runProgram('sh', ['-c', limited, process.execPath, ...args], {
      ...{ cwd: folder, measured: false },
    });
    assert.equal(code, 2, stderr);
    assert.match(stderr, /^OUTPUT_UNWRITABLE .*report cannot be written: EFBIG/);
    assert.equal(readFileSync(report, 'utf8'), 'of yesterday');
    assert.deepEqual(readdirSync(path.dirname(report)), ['report']);
  });

  test('a reader that goes away ends it, and that is not a success', async (context) => {
    const many = log(...Array.from({ length: 3000 }, (_, id) => call(`c-${id}`)).flat());
    const started = startNode(context, [script, many, '--format', 'json'], { cwd: folder });
    started.child.stdout.once('data', () => started.child.stdout.destroy());
    assert.equal(await started.code(), 2);
    assert.match(started.stderr(), /^OUTPUT_UNWRITABLE .*what reads it has closed it/);
  });

  test('the content of a log does not control the terminal', async () => {
    const { output } = await check([log(...call('\u001b[2Jc\u0007').slice(0, -1))]);
    assert.ok(output.includes('[2Jc'), 'the id is shown');
    for (const control of ['\u0007', '\u001b']) assert.equal(output.includes(control), false);
  });
});
