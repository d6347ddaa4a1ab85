// The key of a folder of recordings: the folder says which one it is, and never holds it.
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { CodedError } from '../errors/coded-error.ts';
import type { Env } from '../system/env.ts';
import { codeOf } from '../system/error-code.ts';
import { shown } from '../text/shown-value.ts';
import { Pseudonyms } from './pseudonyms.ts';

/** In the folder: which key its pseudonyms were made with. */
const markName = 'pseudonyms.json';

interface Mark {
  /** The name of its key. */
  key: string;
  fingerprint: string;
}

export interface KeyOptions {
  /** The key of RECORD_PSEUDONYM_KEY; without it, each folder has a key of its own. */
  given?: string | undefined;
  /** Where those keys are kept. */
  keys: string;
}

/** Where the keys of a user are kept: with what programs remember between their runs, not with their documents. */
export function keysFolder(env: Env, platform: NodeJS.Platform = process.platform): string {
  const home = homedir();
  const state =
    platform === 'win32'
      ? env.LOCALAPPDATA || path.join(home, 'AppData', 'Local')
      : platform === 'darwin'
        ? path.join(home, 'Library', 'Application Support')
        : path.join(home, '.local', 'state');
  return path.join(env.XDG_STATE_HOME || state, 'agent-ai-conformance', 'pseudonym-keys');
}

/** Whether the records of a folder are made with pseudonyms. */
export function hasPseudonyms(folder: string): boolean {
  return existsSync(path.join(folder, markName));
}

/**
 * The pseudonyms of a folder that exists: those of its earlier records, or new ones.
 * @throws CodedError when its key is not there, is another one, or would be kept in the folder itself
 */
export function pseudonymsOf(folder: string, { given, keys }: KeyOptions): Pseudonyms {
  const mark = markIn(folder);
  const name = mark?.key ?? randomUUID();
  const pseudonyms = new Pseudonyms(given ?? keyOf(name, keys, folder, mark !== undefined));
  const { fingerprint } = pseudonyms;
  if (mark && mark.fingerprint !== fingerprint) {
    throw unusable(
      `the pseudonyms in ${shown(folder)} were made with another key${given === undefined ? '' : ' than RECORD_PSEUDONYM_KEY'}: equal values would get different ones. Set the same key again, or record into another folder.`,
    );
  }
  if (!mark) writeMark(folder, { key: name, fingerprint });
  return pseudonyms;
}

/** @throws CodedError when the mark cannot be read */
function markIn(folder: string): Mark | undefined {
  if (!hasPseudonyms(folder)) return undefined;
  try {
    const { key, fingerprint } = JSON.parse(readFileSync(path.join(folder, markName), 'utf8')) as Mark;
    // The name becomes part of a path.
    if (/^[\w-]{1,60}$/.test(key) && typeof fingerprint === 'string') return { key, fingerprint };
  } catch {
    // As if it were damaged.
  }
  throw unusable(
    `${markName} in ${shown(folder)} is damaged, so it is not known which key was used. Record into another folder.`,
  );
}

function writeMark(folder: string, mark: Mark): void {
  try {
    writeFileSync(path.join(folder, markName), `${JSON.stringify(mark)}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    throw unusable(`${markName} cannot be written to ${shown(folder)} (${codeOf(error)}). Check its rights.`);
  }
}

/** The key of that name, or a new one. */
function keyOf(name: string, keys: string, folder: string, isKnown: boolean): string {
  const file = path.join(keys, `${name}.key`);
  try {
    mkdirSync(keys, { recursive: true, mode: 0o700 });
    if (isInside(realpathSync(keys), realpathSync(folder))) {
      throw unusable(
        `the key would be kept in ${shown(keys)}, which is inside the folder of the recording: whoever gets the one would have the other. Record into another folder, or set RECORD_PSEUDONYM_KEY.`,
      );
    }
    if (!isKnown) writeFileSync(file, randomBytes(32).toString('hex'), { flag: 'wx', mode: 0o600 });
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof CodedError) throw error;
    throw unusable(
      codeOf(error) === 'ENOENT'
        ? `the key of ${shown(folder)} is not there (${shown(file)}): this user has never recorded into it, or has deleted the key. Set RECORD_PSEUDONYM_KEY if that was used, or record into another folder.`
        : `the key cannot be kept in ${shown(keys)} (${codeOf(error)}). Check its rights, or set RECORD_PSEUDONYM_KEY.`,
    );
  }
}

function isInside(inner: string, outer: string): boolean {
  const way = path.relative(outer, inner);
  return way === '' || !(way.startsWith('..') || path.isAbsolute(way));
}

function unusable(text: string): CodedError {
  return new CodedError('PSEUDONYM_KEY_UNUSABLE', text);
}
