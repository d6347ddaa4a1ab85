// Writes the reports of an ended run. A formatter, so that `npx cucumber-js` writes them too.
import type { FormatterPlugin } from '@cucumber/cucumber/api';
import { reportsDirOf } from '../tenant/settings.ts';
import { endedRun } from '../verdict/ended-run.ts';
import { writeReports } from './reports.ts';

const formatter: FormatterPlugin = {
  type: 'formatter',
  formatter() {
    return async () => {
      const ended = endedRun();
      if (ended) await writeReports(ended, reportsDirOf(process.env));
    };
  },
};

export default formatter;
