// All tests of a folder in one process: `npm run mutate` starts one for each mutant, and starting it takes longer than its tests.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** @param except files that take long, or mutate nothing of what is measured */
export async function testsOf(folder: string, ...except: string[]): Promise<void> {
  const directory = path.join(import.meta.dirname, '..', folder);
  const files = readdirSync(directory).filter((file) => file.endsWith('.test.ts') && !except.includes(file));
  for (const file of files) await import(pathToFileURL(path.join(directory, file)).href);
}
