// `npm run report`: the Allure report of the last run, with the history of earlier reports.

import './own-process.ts';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cp, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import allure from 'allure-commandline';
import { Command } from 'commander';
import { CodedError } from '../errors/coded-error.ts';
import { inWords } from '../errors/in-words.ts';
import { loadEnvironment } from '../run/environment.ts';
import { usedWrongly } from '../system/exit-codes.ts';
import { isLink, noteMade } from '../system/made-files.ts';
import { withoutSecret } from '../tenant/secret-in-environment.ts';
import { reportsDirOf } from '../tenant/settings.ts';
import { harmless } from '../text/terminal.ts';

const command = new Command('report')
  .description(
    'Makes the Allure report of the last run, with the history of the reports before it. Needs Java.',
  )
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : usedWrongly));

try {
  command.parse();
  await main();
} catch (error) {
  console.error(harmless(inWords(error)));
  process.exitCode = usedWrongly;
}

async function main(): Promise<void> {
  loadEnvironment();
  // Java needs no secret.
  const passed = withoutSecret(process.env);
  for (const name of Object.keys(process.env)) if (!(name in passed)) delete process.env[name];
  const results = path.join(reportsDirOf(process.env), 'allure-results');
  const report = path.join(reportsDirOf(process.env), 'allure-report');
  const onePage = path.join(reportsDirOf(process.env), 'allure.html');
  refuseLinks([results, report]);
  await checkResults(results);
  checkJava();
  await bringHistory(report, results);
  await generate([results, '--clean', '--output', report]);
  // That report needs a web server; this one opens with a double click.
  const folder = `${onePage}.tmp`;
  await generate([results, '--clean', '--single-file', '--output', folder]);
  await rename(path.join(folder, 'index.html'), onePage);
  await rm(folder, { recursive: true, force: true });
  console.log(
    `\nOpen    ${pathToFileURL(path.resolve(onePage))}\nPublish ${report} (for a web server, with history)`,
  );
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

/** Results that already have a history are in an earlier report: a second report must not count them twice. */
async function bringHistory(report: string, results: string): Promise<void> {
  const before = await readdir(path.join(results, 'history')).catch(() => []);
  if (before.length > 0) return;
  const history = path.join(report, 'history');
  // The next run deletes it with its results.
  noteMade(path.dirname(results), `${path.basename(results)}/history`);
  await cp(history, path.join(results, 'history'), { recursive: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    },
  );
}

async function generate(options: string[]): Promise<void> {
  // Otherwise Allure reports each generation to its makers, and each report does so whenever it is opened.
  process.env.ALLURE_NO_ANALYTICS = 'true';
  const [code] = await once(allure(['generate', ...options]), 'exit');
  if (code !== 0) throw new CodedError('ALLURE_FAILED', `allure generate ended with ${code}`);
}
