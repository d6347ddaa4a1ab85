// `npm run report`: the Allure report of the last run, with the history of earlier reports; or what it found, for a CI.

import './own-process.ts';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { cp, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Command, Option } from 'commander';
import { CodedError } from '../errors/coded-error.ts';
import { endOfParsing, failed } from '../errors/failure.ts';
import { githubAnnotations, gitlabCodeQuality } from '../report/annotations.ts';
import { loadEnvironment } from '../run/environment.ts';
import { seriesOf } from '../run/last-run.ts';
import { onlyOne } from '../run/options.ts';
import { isLink, noteMade } from '../system/made-files.ts';
import { withoutSecret } from '../tenant/secret-in-environment.ts';
import { reportsDirOf } from '../tenant/settings.ts';
import { terminalJson } from '../text/json.ts';
import { reportsIn } from './read-report.ts';

/** Allure prints to what the process that starts it has for standard output. */
const starter =
  'require(process.argv[1])(process.argv.slice(2)).on("exit", (code) => process.exit(code ?? 1))';

const forms = { github: githubAnnotations, gitlab: gitlabCodeQuality };

const command = new Command('report')
  .description(
    'Makes the Allure report of the last run, with the history of the reports before it of the same tenant and selection (needs Java). With --format it prints the fails and warnings at the lines of the features, for a CI.',
  )
  .option('--tenant <name>', 'of the last run of this tenant', (name: string, before?: string) =>
    onlyOne('--tenant', before, name),
  )
  .addOption(
    new Option(
      '--format <form>',
      'allure, json (the same, and where it is as JSON), annotations for GitHub Actions, or a code quality report for GitLab',
    )
      .choices(['allure', 'json', ...Object.keys(forms)])
      .default('allure'),
  )
  .exitOverride(endOfParsing);

try {
  const { tenant, format } = command
    .parse()
    .opts<{ tenant?: string; format: 'allure' | 'json' | keyof typeof forms }>();
  if (tenant !== undefined) process.env.TENANT_PROFILE = tenant;
  loadSettings();
  if (format === 'allure' || format === 'json') await main(format);
  else print(format);
} catch (error) {
  failed(error);
}

function print(format: keyof typeof forms): void {
  const [report] = reportsIn([path.join(reportsDirOf(process.env), 'conformance.json')]);
  process.stdout.write(forms[format](report!));
}

async function main(format: 'allure' | 'json'): Promise<void> {
  // Java needs no secret.
  const passed = withoutSecret(process.env);
  for (const name of Object.keys(process.env)) if (!(name in passed)) delete process.env[name];
  const folder = reportsDirOf(process.env);
  const results = path.join(folder, 'allure-results');
  const report = path.join(folder, 'allure-report');
  const onePage = path.join(folder, 'allure.html');
  const history = path.join(folder, 'allure-history', seriesIn(folder));
  refuseLinks([results, report, path.dirname(history), history]);
  await checkResults(results);
  checkJava();
  await bringHistory(history, results);
  const log = format === 'json' ? 'stderr' : 'stdout';
  await generate([results, '--clean', '--output', report], log);
  await keepHistory(path.join(report, 'history'), history);
  // That report needs a web server; this one opens with a double click.
  const pages = `${onePage}.tmp`;
  await generate([results, '--clean', '--single-file', '--output', pages], log);
  await rename(path.join(pages, 'index.html'), onePage);
  await rm(pages, { recursive: true, force: true });
  const open = String(pathToFileURL(path.resolve(onePage)));
  if (format === 'json') console.log(terminalJson({ open, publish: report }, 2));
  else console.log(`\nOpen    ${open}\nPublish ${report} (for a web server, with history)`);
}

/** Allure empties the folder that it writes to. */
function refuseLinks(folders: readonly string[]): void {
  const [link] = folders.filter(isLink);
  if (link === undefined) return;
  throw new CodedError(
    'REPORTS_DIR_UNUSABLE',
    `${link} is a link: what it leads to would be deleted. Remove the link.`,
  );
}

/** `allure generate` succeeds even when there are no results. */
async function checkResults(results: string): Promise<void> {
  const files = await readdir(results).catch(() => []);
  if (files.some((file) => file.endsWith('-result.json'))) return;
  throw new CodedError('RESULTS_MISSING', `There are no results in ${results}. Run npm test first.`);
}

function checkJava(): void {
  const home = process.env.JAVA_HOME;
  const java = home ? path.join(home, 'bin', 'java') : 'java';
  const { error, status } = spawnSync(java, ['-version'], { stdio: 'ignore' });
  if (!error && status === 0) return;
  const looked = home
    ? `JAVA_HOME is ${home}, but ${java} does not run`
    : 'JAVA_HOME is not set and PATH has no java';
  throw new CodedError(
    'JAVA_MISSING',
    [
      `Allure needs Java 8 or later: ${looked}.`,
      '  Windows  winget install EclipseAdoptium.Temurin.21.JRE',
      '  macOS    brew install --cask temurin',
      '  Linux    sudo apt install default-jre-headless (or your distribution’s package)',
      `Without Java: ${path.join(reportsDirOf(process.env), 'cucumber.html')} shows the same scenarios in any browser.`,
    ].join('\n'),
  );
}

/** Where reports are made, the settings of a tenant need not be. */
function loadSettings(): void {
  try {
    loadEnvironment();
  } catch (error) {
    const isAboutTenant =
      error instanceof CodedError && ['PROFILE_MISSING', 'PROFILE_WITHOUT_TENANT'].includes(error.code);
    if (!isAboutTenant) throw error;
  }
}

/** Runs of another tenant, or of another part of the suite, would be taken for scenarios that come and go. */
function seriesIn(folder: string): string {
  try {
    return seriesOf(JSON.parse(readFileSync(path.join(folder, 'conformance.json'), 'utf8')));
  } catch {
    return 'unknown';
  }
}

/** Results that already have a history are in an earlier report: a second report must not count them twice. */
async function bringHistory(history: string, results: string): Promise<void> {
  const before = await readdir(path.join(results, 'history')).catch(() => []);
  if (before.length > 0) return;
  // The next run deletes it with its results.
  noteMade(path.dirname(results), `${path.basename(results)}/history`);
  await cp(history, path.join(results, 'history'), { recursive: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    },
  );
}

async function keepHistory(from: string, history: string): Promise<void> {
  await rm(history, { recursive: true, force: true });
  await mkdir(path.dirname(history), { recursive: true });
  await cp(from, history, { recursive: true });
}

async function generate(options: string[], log: 'stdout' | 'stderr'): Promise<void> {
  // Otherwise Allure reports each generation to its makers, and each report does so whenever it is opened.
  process.env.ALLURE_NO_ANALYTICS = 'true';
  const allure = createRequire(import.meta.url).resolve('allure-commandline');
  const started = spawn(process.execPath, ['-e', starter, allure, 'generate', ...options], {
    stdio: ['inherit', log === 'stdout' ? 1 : 2, 2],
  });
  const [code] = await once(started, 'exit');
  if (code !== 0) throw new CodedError('ALLURE_FAILED', `allure generate ended with ${code}`);
}
