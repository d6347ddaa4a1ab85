// Imported into a process that a test watches: it writes down how much memory that took at most, in kilobytes.
import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const file = process.env.PEAK_MEMORY_FILE;
if (file && isMainThread) {
  process.once('exit', () => writeFileSync(file, String(process.resourceUsage().maxRSS)));
}
