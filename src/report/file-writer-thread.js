// A thread that writes files one after the other, beside the run. In JavaScript, since stripping types would load the
// compiler into the thread: 30 MB for ten lines.
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';

/** The list of what the runs have made is in the folder above. */
const { folder, list } = workerData;
mkdirSync(folder, { recursive: true });

/** A message holds the files of a scenario, [{ name, content }], or is the text "end". */
parentPort?.on('message', (message) => {
  if (message === 'end') parentPort?.close();
  else write(message);
});

/** @param {{ name: string, content: string | Uint8Array }[]} files */
function write(files) {
  const parent = path.basename(folder);
  appendFileSync(list, files.map(({ name }) => `${parent}/${name}\n`).join(''));
  for (const { name, content } of files) writeFileSync(path.join(folder, name), content);
}
