// What `npm test -- --watch` watches: features, steps and settings in the folder of the run, and what its arguments name.
import { existsSync } from 'node:fs';
import path from 'node:path';

const folders = ['features', 'steps'];
/** What the steps of the project itself are made of. */
const foldersOfProject = [...folders, 'src', 'schemas', 'spec'];

const settings =
  /^(\.env(\..+)?|(known-deviations|observed-behaviour)(\..+)?\.ya?ml|requirements\.yaml|cucumber\.(c?js|mjs|json|ya?ml))$/;

const read = /\.(feature|feature\.md|[cm]?[jt]s|json|ya?ml)$/;

/** What nobody edits, and what a run itself writes. */
const never = /(^|[\\/])(node_modules|\.git|reports)([\\/]|$)/;

export interface Circumstances {
  isFile: boolean;
  /** Whether the run is in the folder of the project itself. */
  isProject: boolean;
  /** Absolute paths. */
  named: readonly string[];
}

/** @param file relative to the folder of the run; empty for that folder */
export function isWatched(file: string, { isFile, isProject, named }: Circumstances): boolean {
  if (file === '' || named.includes(path.resolve(file))) return true;
  if (never.test(file)) return false;
  if (isFile && settings.test(file)) return true;
  if (isFile && !read.test(file)) return false;
  if (named.some((place) => isBelow(path.resolve(file), place))) return true;
  const [top = ''] = file.split(path.sep);
  const isInside = (isProject ? foldersOfProject : folders).includes(top);
  // What is not there yet, or no longer, may be a setting.
  return isInside || (!isFile && settings.test(file));
}

/** Those among the arguments of a run that are there: without lines behind them, or an @ before them. */
export function namedPlaces(given: readonly string[]): string[] {
  const places = given.map((argument) =>
    argument
      .replace(/^--[a-z-]+=/, '')
      .replace(/^@/, '')
      .replace(/(:\d+)+$/, '')
      .replace(/[\\/]?[^\\/]*[*?{[].*$/, ''),
  );
  return places.filter((place) => place !== '' && !place.startsWith('-') && existsSync(place));
}

function isBelow(file: string, folder: string): boolean {
  const relative = path.relative(folder, file);
  return !relative.startsWith('..') && !path.isAbsolute(relative);
}
