// A thread that writes files one after the other, beside the run. In JavaScript, since stripping types would load the
// compiler into the thread: 30 MB for ten lines.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';

const { folder } = workerData;
mkdirSync(folder, { recursive: true });

/** A message holds the files of a scenario, [{ name, content }], or is the text "end". */
parentPort?.on('message', (message) => {
  if (message === 'end') parentPort?.close();
  else for (const { name, content } of message) writeFileSync(path.join(folder, name), content);
});
