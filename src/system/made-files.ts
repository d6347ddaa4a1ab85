// Which files the runs have made: those of a folder stand in a list in that folder. The next run deletes these and nothing
// else, and a run searches its own for secrets. Whatever else is in the folder is somebody else's.
import { appendFileSync, lstatSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { codeOf } from './error-code.ts';

/** A name on each line, relative to the folder, with "/". */
const listName = '.made-by-conformance-runs';

/** Where this process keeps a list. */
const folders = new Set<string>();
/** Files of this process that a next run must not delete, or that are elsewhere. */
const others = new Set<string>();

export function listIn(folder: string): string {
  return path.join(folder, listName);
}

/** Names of what earlier runs have made, and that this folder has now; nothing outside it, whatever the list says. */
export function madeIn(folder: string): string[] {
  return names(folder).filter((name) => exists(path.join(folder, name)));
}

function names(folder: string): string[] {
  if (!lstatSync(listIn(folder), { throwIfNoEntry: false })?.isFile()) return [];
  const lines = readFileSync(listIn(folder), 'utf8').split('\n');
  return [...new Set(lines)].filter((name) => isInside(name) && !throughLink(folder, name));
}

function isInside(name: string): boolean {
  return (
    name !== '' && !/[\\\0]|^\/|^[a-z]:/i.test(name) && !name.split('/').some((one) => /^\.{0,2}$/.test(one))
  );
}

/** Whether a folder on the way is a link, which leads elsewhere. */
function throughLink(folder: string, name: string): boolean {
  const parts = name.split('/').slice(0, -1);
  return parts.some((_, index) => isLink(path.join(folder, ...parts.slice(0, index + 1))));
}

/** Starts the list anew: with what this run is going to make. */
export function beginList(folder: string, made: readonly string[]): void {
  rmSync(listIn(folder), { force: true });
  writeFileSync(listIn(folder), made.map((name) => `${name}\n`).join(''), { flag: 'wx' });
  folders.add(folder);
}

export function noteMade(folder: string, name: string): void {
  appendFileSync(listIn(folder), `${name}\n`);
}

export function noteWritten(file: string): void {
  others.add(file);
}

/** All that this process has written and that is still there. @throws when a list cannot be read */
export function writtenFiles(): string[] {
  const listed = [...folders].flatMap((folder) => {
    const all = readFileSync(listIn(folder), 'utf8').split('\n').filter(isInside);
    return all.map((name) => path.join(folder, name));
  });
  return [...new Set([...listed, ...others].map((file) => path.resolve(file)))].filter(exists);
}

export function isLink(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

function exists(file: string): boolean {
  try {
    return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    // Nothing is below a file. What else cannot be looked at may be there.
    return codeOf(error) !== 'ENOTDIR';
  }
}
