// `npm run figures`: keeps the figures that the last runs measured, for the README.
import './own-process.ts';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import measured from '../../docs/figures.json' with { type: 'json' };
import stryker from '../../stryker.config.json' with { type: 'json' };
import { type Measured, mutantsOf, requestsOf } from '../prove/measured.ts';
import { usedWrongly } from '../system/exit-codes.ts';
import { writeWhole } from '../system/file-beside.ts';
import { reportsDirOf } from '../tenant/settings.ts';

new Command('figures')
  .description(
    'Copies what the last npm test and npm run mutate measured to docs/figures.json; npm run generate puts it into the README.',
  )
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : usedWrongly))
  .parse();

const reports = reportsDirOf(process.env);
const now: Measured = {
  ...measured,
  ...figuresIn('conformance.json', requestsOf),
  ...figuresIn('mutation.json', (report) => mutantsOf(report, stryker.mutate)),
};
const file = fileURLToPath(new URL('../../docs/figures.json', import.meta.url));
writeWhole(file, `${JSON.stringify(now, null, 2)}\n`);

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
