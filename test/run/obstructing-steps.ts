// Something else that is at work in REPORTS_DIR during a run, for the test of that folder.
import fs, { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { BeforeAll } from '@cucumber/cucumber';
import { listIn } from '../../src/system/made-files.ts';

BeforeAll(() => {
  const reports = process.env.REPORTS_DIR ?? '';
  if (process.env.OBSTRUCT === 'the search') {
    mkdirSync(path.join(reports, 'unreadable'));
    appendFileSync(listIn(reports), 'unreadable\n');
  } else if (process.env.OBSTRUCT === 'the disk') {
    // What streams write with: all that is left to them after this is the page of cucumber.
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    Object.assign(fs, { write: (...args: unknown[]) => (args.at(-1) as (error: Error) => void)(full) });
  } else {
    mkdirSync(path.join(reports, 'conformance.json', 'full'), { recursive: true });
  }
});
