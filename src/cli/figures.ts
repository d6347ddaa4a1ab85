// `npm run figures`: keeps the figures that the last runs measured, for the README.
import './own-process.ts';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import measured from '../../docs/figures.json' with { type: 'json' };
import stryker from '../../stryker.config.json' with { type: 'json' };
import { type Measured, mutantsOf, requestsByScenario, requestsOf } from '../prove/measured.ts';
import { SuiteRuns } from '../prove/suite-runs.ts';
import { variations } from '../sandbox/variations/catalogue.ts';
import { startVariation } from '../sandbox/variations/variation.ts';
import { usedWrongly } from '../system/exit-codes.ts';
import { writeWhole } from '../system/file-beside.ts';
import { reportsDirOf } from '../tenant/settings.ts';
import type { ConformanceReport } from '../verdict/report-types.ts';

new Command('figures')
  .description(
    'Keeps in docs/figures.json what the last npm test and npm run mutate measured, and how many requests a tenant gets that accepts anything; npm run generate puts it into the README.',
  )
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : usedWrongly))
  .parse();

const reports = reportsDirOf(process.env);
const standard = figuresIn('conformance.json', wholeRun);
const now: Measured = {
  ...measured,
  ...standard,
  ...(standard ? await anythingTaken() : {}),
  ...figuresIn('mutation.json', (report) => mutantsOf(report, stryker.mutate)),
};
const file = fileURLToPath(new URL('../../docs/figures.json', import.meta.url));
writeWhole(file, `${JSON.stringify(now, null, 2)}\n`);

/** Also keeps how many requests each scenario has sent. */
function wholeRun(report: ConformanceReport): Pick<Measured, 'requests'> {
  const figures = requestsOf(report);
  const evidence = readFileSync(path.join(reports, 'evidence.ndjson'), 'utf8');
  const each = requestsByScenario(report, evidence);
  const kept = fileURLToPath(new URL('../../docs/requests.json', import.meta.url));
  writeWhole(kept, `${JSON.stringify(each, null, 2)}\n`);
  return figures;
}

/** A run that npm test does not make. */
async function anythingTaken(): Promise<Pick<Measured, 'requestsIfAnythingIsTaken'>> {
  const tenant = await startVariation(variations.find(({ name }) => name === 'accepts-whatever-is-json')!);
  const runs = new SuiteRuns();
  const folder = mkdtempSync(path.join(tmpdir(), 'figures-'));
  try {
    const settings = { CALLBACK_TIMEOUT_MS: '2000', ...tenant.settings, REPORTS_DIR: folder };
    const ran = await runs.run({ settings, scenarios: [] });
    if ('trouble' in ran) throw new Error(`The run against a tenant that accepts anything: ${ran.trouble}`);
    return { requestsIfAnythingIsTaken: ran.report.requests };
  } finally {
    runs.close();
    await tenant.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Nothing when there is no such report; ends the process when the report is from another kind of run. */
function figuresIn<Figures>(name: string, figuresOf: (report: never) => Figures): Figures | undefined {
  const report = path.join(reports, name);
  try {
    const figures = figuresOf(JSON.parse(readFileSync(report, 'utf8')) as never);
    console.log(`${report}: ${JSON.stringify(figures)}`);
    return figures;
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') {
      console.log(`${report}: missing, so its figures stay as they are`);
      return undefined;
    }
    console.error(`${report} ${message}`);
    process.exit(usedWrongly);
  }
}
