// `npm run overview -- DIR…`: the last runs of several tenants side by side.
import './own-process.ts';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { CodedError } from '../errors/coded-error.ts';
import { overviewOf, type TenantReport } from '../report/overview/overview.ts';
import { overviewPage } from '../report/overview/page.ts';
import { overviewInWords, overviewMarkdown } from '../report/overview/words.ts';
import { makeFolder } from '../system/make-folder.ts';
import { replaceFile } from '../system/replace-file.ts';
import { fromWhereTyped } from '../system/typed-path.ts';
import { reportsDirOf } from '../tenant/settings.ts';
import { oneLine } from '../text/one-line.ts';
import { harmless } from '../text/terminal.ts';
import { type Answer, answer, type Say } from './answer.ts';
import { reportsIn } from './read-report.ts';

const file = 'conformance.json';

const command = new Command('overview')
  .description(
    'Shows several tenants side by side: the verdict of each, areas and requirements, and where they read the documents differently. Writes overview.html, overview.md and overview.json.',
  )
  .argument('<DIR...>', 'folders of reports, one for each tenant: reports/staging reports/production')
  .option('--output <folder>', 'where the files go', reportsDirOf({ REPORTS_DIR: process.env.REPORTS_DIR }));

await answer<{ output: string }>(command, ({ output }, args, say) =>
  main(
    args.map((folder) => fromWhereTyped(folder)),
    fromWhereTyped(output),
    say,
  ),
);

async function main(named: readonly string[], output: string, say: Say): Promise<Answer> {
  const missing = named.filter((name) => !existsSync(name));
  if (missing.length > 0)
    throw new CodedError(
      'REPORT_UNREADABLE',
      `There is no ${missing.map((name) => oneLine(name)).join(', ')}.`,
    );
  // The pattern reports/* names other files and folders as well.
  const folders = named.map(folderOf).filter((name) => existsSync(path.join(name, file)));
  const others = named.filter((name) => !folders.includes(folderOf(name)));
  if (folders.length === 0)
    throw new CodedError(
      'REPORT_UNREADABLE',
      `There is no ${file} in ${named.map((name) => oneLine(name)).join(', ')}: npm test writes it.`,
    );
  if (others.length > 0)
    console.error(harmless(`Left out, without ${file}: ${others.map((name) => oneLine(name)).join(', ')}`));
  const read = reportsIn(folders.map((folder) => path.join(folder, file)));
  const reports = read.map((report, index) => tenantOf({ folder: folders[index]!, report }, output));
  const twice = reports.filter(({ name }, index) => reports.findIndex((one) => one.name === name) < index);
  if (twice.length > 0)
    throw new CodedError(
      'OPTION_INVALID',
      `${twice.map(({ name }) => name).join(', ')}: named by more than one folder; give one folder for each tenant`,
    );
  const overview = overviewOf(reports);
  makeFolder(output);
  await replaceFile(path.join(output, 'overview.html'), overviewPage(overview));
  await replaceFile(path.join(output, 'overview.md'), overviewMarkdown(overview));
  await replaceFile(path.join(output, 'overview.json'), `${JSON.stringify(overview, null, 2)}\n`);
  say(harmless(overviewInWords(overview)));
  say(`\nreports     ${harmless(output)}: overview.html, overview.md, overview.json`);
  return { json: overview };
}

function tenantOf(
  { folder, report }: { folder: string; report: TenantReport['report'] },
  output: string,
): TenantReport {
  const { profile, url } = report.tenant;
  const place = path.relative(output, folder).split(path.sep).join('/') || '.';
  return { name: oneLine(profile || url, 60), folder: place, report };
}

/** Of a report itself, its folder. */
function folderOf(name: string): string {
  return path.basename(name) === file && statSync(name).isFile() ? path.dirname(name) : name;
}
