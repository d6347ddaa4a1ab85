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
    fillDisk(path.join(reports, 'cucumber.html'));
  } else {
    mkdirSync(path.join(reports, 'conformance.json', 'full'), { recursive: true });
  }
});

/** No stream can write to this file any more. Other runs of the process write to others. */
function fillDisk(file: string): void {
  const { ino } = fs.statSync(file);
  const write = fs.write as (fd: number, ...args: unknown[]) => void;
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  Object.assign(fs, {
    write: (fd: number, ...args: unknown[]) =>
      fs.fstatSync(fd).ino === ino ? (args.at(-1) as (error: Error) => void)(full) : write(fd, ...args),
  });
}
