// The reports of an ended run, as a formatter: so they are written with `npx cucumber-js` too.
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
