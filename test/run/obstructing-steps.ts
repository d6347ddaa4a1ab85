// Something else that is at work in REPORTS_DIR during a run, for the test of that folder.
import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { BeforeAll } from '@cucumber/cucumber';
import { listIn } from '../../src/system/made-files.ts';

BeforeAll(() => {
  const reports = process.env.REPORTS_DIR ?? '';
  if (process.env.OBSTRUCT === 'the search') {
    mkdirSync(path.join(reports, 'unreadable'));
    appendFileSync(listIn(reports), 'unreadable\n');
  } else {
    mkdirSync(path.join(reports, 'conformance.json', 'full'), { recursive: true });
  }
});
