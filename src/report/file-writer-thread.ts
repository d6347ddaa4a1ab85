// A thread that writes files: plainly and one after the other, which costs least, and beside the run, not on its way.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';

export interface NamedFile {
  name: string;
  content: string | Uint8Array;
}

const { folder } = workerData as { folder: string };
mkdirSync(folder, { recursive: true });

parentPort?.on('message', (message: NamedFile[] | 'end') => {
  if (message === 'end') parentPort?.close();
  else for (const { name, content } of message) writeFileSync(path.join(folder, name), content);
});
