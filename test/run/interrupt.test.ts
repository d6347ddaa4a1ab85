// Ctrl-C, or SIGTERM of a CI: the run ends soon, the reports of what was done are there, and nothing looks green that was not run.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import path from 'node:path';
import { before, suite, test } from 'node:test';
import { soon, timeLimit } from '../time-limit.ts';
import { fewAtATime, type Run, run, settingsFor, smallServer } from './harness.ts';
import { xmlProblem } from './xml.ts';

const ms = 200;
const features = [
  'features/conversation-events/messages.feature',
  'features/conversation-events/warm-transfer.feature',
];

/** Answers slowly; the run is interrupted once it has sent a few requests. */
async function interrupted(
  args: string[],
  answer: (response: ServerResponse, count: number) => void,
  signal: NodeJS.Signals,
): Promise<Interrupted> {
  let kill = () => {};
  let count = 0;
  let at = 0;
  const tenant = await smallServer((_, response) => {
    count += 1;
    answer(response, count);
    if (count !== (answer === refusing ? killedAt.refusing : killedAt.others)) return;
    at = performance.now();
    kill();
  });
  const ended = await run([...features, ...args], {
    env: { ...settingsFor(tenant.url), REQUEST_TIMEOUT_MS: `${2 * timeLimit}` },
    measured: true,
    onStart: (child) => {
      kill = () => child.kill(signal);
    },
  });
  return { ended, seconds: (performance.now() - at) / 1000, received: tenant.received.length };
}

/** The number of the request during which the signal comes: after the controls of a refusal, if there is one. */
const killedAt = { refusing: 60, others: 22 };

interface Interrupted {
  ended: Run;
  /** From the signal to the end. */
  seconds: number;
  received: number;
}

const slowly = (response: ServerResponse) => void setTimeout(() => response.end('OK'), ms);
/** Never answers again from the request on during which the signal comes. */
const stuck = (response: ServerResponse, count: number) => {
  if (count < killedAt.others) response.end('OK');
};
const refusing = (response: ServerResponse, count: number) => {
  // Messages of the first scenario, and their controls.
  if (count >= 4 && count < killedAt.refusing) response.writeHead(400).end('{"code":400,"message":"no"}');
  else slowly(response);
};

const cases: Record<string, { args: string[]; answer: typeof stuck; code: number; signal?: NodeJS.Signals }> =
  {
    'a slow tenant, and the time of the CI is up': { args: [], answer: slowly, code: 3, signal: 'SIGTERM' },
    'a slow tenant, and the terminal is closed': { args: [], answer: slowly, code: 3, signal: 'SIGHUP' },
    'a slow tenant': { args: [], answer: slowly, code: 3 },
    'a tenant that has stopped answering': { args: [], answer: stuck, code: 3 },
    'a slow tenant, with workers': { args: ['--parallel', '2'], answer: slowly, code: 3 },
    'a tenant that has stopped answering, with workers': {
      args: ['--parallel', '2'],
      answer: stuck,
      code: 3,
    },
    'something has failed before': { args: [], answer: refusing, code: 1 },
  };

suite('an interrupted run', { skip: process.platform === 'win32' }, () => {
  const done = new Map<string, Interrupted>();

  before(async () => {
    const tasks = Object.values(cases).map(
      ({ args, answer, signal = 'SIGINT' }) =>
        () =>
          interrupted(args, answer, signal),
    );
    const results = await fewAtATime(tasks);
    for (const [index, name] of Object.keys(cases).entries()) done.set(name, results[index]!);
  });

  for (const [name, { code }] of Object.entries(cases)) {
    test(name, () => {
      const { ended, seconds, received } = done.get(name)!;
      assert.equal(ended.code, code, ended.output);
      assert.ok(seconds < soon / 1000, `it took ${seconds.toFixed(1)} s`);
      const signal = name === 'something has failed before' ? killedAt.refusing : killedAt.others;
      assert.ok(received <= signal + 3, `${received} requests were sent`);
      const { results, selected } = ended.collected;
      const notRun = selected - results.filter(({ verdict }) => verdict).length;
      assert.ok(notRun > 5 && notRun < selected, `${notRun} of ${selected}`);
      assert.match(ended.output, new RegExp(`^scenarios +${selected}: .*\\b${notRun} not run$`, 'm'));
      assert.doesNotMatch(ended.output, /\n\s+at |harness error/);
      const odd = results.filter(({ verdict }) => verdict === 'not-applicable' || verdict === 'inconclusive');
      if (code === 3) assert.deepEqual(odd, []);
      const read = (file: string) => readFileSync(path.join(ended.reports, file), 'utf8');
      assert.equal(xmlProblem(read('junit.xml')), undefined);
      assert.match(read('cucumber.html'), /<\/html>\s*$/);
      assert.ok(read('evidence.ndjson').trimEnd().split('\n').length >= 8);
      assert.match(read('allure-results/executor.json'), /"name"/);
    });
  }
});
