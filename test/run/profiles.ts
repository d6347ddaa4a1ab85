// A tenant profile of a test: the files that stand beside it in the repository, which git ignores, until the test is over.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { repository } from '../processes.ts';
import { atEnd } from './harness.ts';

export interface Profile {
  /** Options of `npm test` that choose it. */
  args: string[];
  deviations: TextFile;
  observed: TextFile;
}

export interface TextFile {
  name: string;
  /** Empty when there is no file. */
  read(): string;
  write(text: string): void;
}

export function profile(env: Record<string, string>): Profile {
  const name = `test-${randomBytes(4).toString('hex')}`;
  textFile(`.env.${name}`).write(
    Object.entries(env)
      .map(([key, value]) => `${key}='${value}'\n`)
      .join(''),
  );
  return {
    args: ['--tenant', name],
    deviations: textFile(`known-deviations.${name}.yaml`),
    observed: textFile(`observed-behaviour.${name}.yaml`),
  };
}

function textFile(name: string): TextFile {
  const file = path.join(repository, name);
  atEnd(() => rmSync(file, { force: true }));
  return {
    name,
    read: () => (existsSync(file) ? readFileSync(file, 'utf8') : ''),
    write: (text) => writeFileSync(file, text),
  };
}
