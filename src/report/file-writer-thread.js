// A thread that writes files: plainly and one after the other, which costs least, and beside the run, not on its way.
// In JavaScript, since a thread that had to strip types would carry the compiler for it: 30 MB for ten lines.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';

const { folder } = workerData;
mkdirSync(folder, { recursive: true });

/** The files of a scenario, [{ name, content }], or the text "end". */
parentPort?.on('message', (message) => {
  if (message === 'end') parentPort?.close();
  else for (const { name, content } of message) writeFileSync(path.join(folder, name), content);
});
