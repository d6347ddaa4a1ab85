// Formatter for the terminal: the progress of the run, each problem as it happens, and the summary.

import { styleText } from 'node:util';
import type { FormatterPlugin } from '@cucumber/cucumber/api';
import { ownRate } from '../tenant/own-rate.ts';
import { reportsDirOf } from '../tenant/settings.ts';
import { harmless } from '../text/terminal.ts';
import { truncate } from '../text/truncate.ts';
import { RunCollector, type ScenarioResult } from '../verdict/collector.ts';
import { endedRun } from '../verdict/ended-run.ts';
import { findingKind } from '../verdict/finding-kind.ts';
import { allExchanges } from '../verdict/left-open.ts';
import { scenarioKey } from '../verdict/scenario-key.ts';
import { verdictLabel } from '../verdict/verdict-label.ts';
import { writeReports } from './reports.ts';
import { summary } from './summary.ts';
import { type Forecast, TimeLeft } from './time-left.ts';

const formatter: FormatterPlugin<Forecast> = {
  type: 'formatter',
  // That of the run: src/run/asked.ts hands them in.
  optionsKey: 'conformance',
  formatter({ on, write, stream, options }) {
    const run = new RunCollector();
    let time = new TimeLeft({});
    let begunAt = 0;
    const terminal = 'isTTY' in stream && stream.isTTY ? (stream as NodeJS.WriteStream) : undefined;
    const left = () => time.left(Date.now() - begunAt);
    const progress = terminal ? liveLine(run, terminal, left) : linePerFeature(run, write, left);
    run.onResult = (result) => {
      time.ended(scenarioKey(result), allExchanges(result).length);
      progress.result(result);
    };
    let announced = false;
    on('message', (message) => {
      if (message.testRunStarted && !announced) {
        announced = true;
        time = new TimeLeft({ ...options, ...paceOf(process.env) });
        begunAt = Date.now();
        const announcement = time.announcement();
        write(`Testing ${tenantName()}\n${announcement ? `${announcement}\n` : ''}`);
      }
      run.add(message);
    });
    return async () => {
      progress.end();
      const ended = endedRun();
      // Of what is run again, the reports of the whole are what counts.
      if (!announced || !ended || process.env.CONFORMANCE_RERUN === 'true') return;
      const folder = reportsDirOf(process.env);
      write(summary(ended, folder, await writeReports(ended, folder)));
    };
  },
};

export default formatter;

interface Progress {
  result: (result: ScenarioResult) => void;
  end: () => void;
}

/** One line that is overwritten, for a terminal. */
function liveLine(run: RunCollector, terminal: NodeJS.WriteStream, left: () => string): Progress {
  const printed = new Map<string, number>();
  return {
    result(result) {
      terminal.write('\r\u001b[2K');
      if (isBad(result)) printProblem(result, printed, (text) => terminal.write(text));
      const time = left();
      const count = `${run.results.length}/${run.selected}${time && `  ${time}`}`;
      const text = harmless(`${count}  ${result.uri}  ${result.name}`);
      terminal.write(text.slice(0, (terminal.columns || 80) - 1));
    },
    end: () => terminal.write('\r\u001b[2K'),
  };
}

/** One line for each feature file, when its last scenario has ended; for a log. */
function linePerFeature(run: RunCollector, write: (text: string) => void, left: () => string): Progress {
  const inFeature = new Map<string, number>();
  const printed = new Map<string, number>();
  return {
    result(result) {
      if (isBad(result)) printProblem(result, printed, write);
      const count = (inFeature.get(result.uri) ?? 0) + 1;
      inFeature.set(result.uri, count);
      if (count < run.selectedIn(result.uri)) return;
      const time = left();
      const ended = `${run.results.length}/${run.selected}`.padStart(9);
      write(`${ended}  ${harmless(result.uri)}  ${count}${time && `  ${time}`}\n`);
    },
    end: () => {},
  };
}

/** Problems of the same requirement, or of the same kind, are printed only so often: they would fill the log. */
const maxRepeats = 3;

function printProblem(
  result: ScenarioResult,
  printed: Map<string, number>,
  write: (text: string) => void,
): void {
  const problem = `${result.verdict} ${aboutWhat(result)}`;
  const count = (printed.get(problem) ?? 0) + 1;
  printed.set(problem, count);
  if (count <= maxRepeats) write(`${badLine(result)}\n`);
  if (count === maxRepeats) write('  … further ones like these are counted at the end\n');
}

/** The id of the requirement, if the reason is a finding; otherwise the kind of reason. */
function aboutWhat({ reason = '' }: ScenarioResult): string {
  const [first = ''] = reason.split('\n');
  return /^[A-Z]+-[A-Z]+-\d+(?= \()/.exec(first)?.[0] ?? findingKind(first);
}

function isBad(result: ScenarioResult): boolean {
  return ['fail', 'harness-error', 'inconclusive', 'warning'].includes(result.verdict ?? '');
}

function badLine(result: ScenarioResult): string {
  const colour = result.verdict === 'warning' || result.verdict === 'inconclusive' ? 'yellow' : 'red';
  const [first = ''] = (result.reason ?? '').split('\n');
  return `${styleText(colour, verdictLabel(result.verdict ?? ''))}  ${harmless(`${result.name}: ${truncate(first, 200)}`)}`;
}

/** What the plugin around the run has found, and the limit that is set. */
function paceOf(env: NodeJS.ProcessEnv): Forecast {
  const perMinute = ownRate(env);
  const { CONFORMANCE_LATENCY_MS, CONFORMANCE_TAKES_ANYTHING } = env;
  return {
    ...(perMinute === undefined ? {} : { perMinute }),
    ...(CONFORMANCE_LATENCY_MS ? { latencyMs: Number(CONFORMANCE_LATENCY_MS) } : {}),
    takesAnything: CONFORMANCE_TAKES_ANYTHING === 'true',
  };
}

function tenantName(): string {
  const embedded = process.env.CONFORMANCE_EMBEDDED === 'true';
  return embedded ? 'the embedded sandbox (TENANT_URL is not set)' : (process.env.TENANT_URL ?? 'the tenant');
}
