// REPORTS_DIR before a run: what earlier runs left there is deleted, and nothing else.
import { lstatSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import path from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import { CodedError } from '../errors/coded-error.ts';
import { messageFileName } from '../evidence/message-file.ts';
import { codeOf } from '../system/error-code.ts';
import { type FolderLock, lockFolder } from '../system/folder-lock.ts';
import { ownerText } from '../system/folder-owner.ts';
import { beginList, isLink, madeIn } from '../system/made-files.ts';
import { makeFolder } from '../system/make-folder.ts';
import { counted } from '../text/count.ts';
import { oneLine } from '../text/one-line.ts';
import { historyName } from './history-file.ts';

const allureResults = 'allure-results';

/** Beside the folder of Allure's results. */
const reports = [
  'conformance.json',
  'conformance.md',
  'conformance.html',
  'evidence.ndjson',
  messageFileName,
  'junit.xml',
  'cucumber.html',
  // What cucumber opens for formatters that write files of their own.
  '.conformance',
  '.allure',
];

/**
 * The results of earlier runs would be mixed into this one's report, for the Allure adapter never cleans up; and a run
 * that ends before its first scenario would leave yesterday's verdict behind.
 * @returns what a person should know about the folder, a sentence each
 */
export async function prepareReports(folder: string): Promise<string[]> {
  try {
    makeFolder(folder);
    keepToThisProcess(folder);
    return await prepared(folder);
  } catch (error) {
    if (error instanceof CodedError) throw error;
    // A file where the folder should be, or above it.
    if (['EEXIST', 'ENOTDIR'].includes(codeOf(error) ?? ''))
      throw unusable(folder, 'is a file, or is below one: name a folder.');
    throw unusable(folder, `cannot be prepared: ${oneLine((error as Error).message, 200)}`);
  }
}

const locks = new Map<string, FolderLock>();
// Formatters write until the process ends.
process.on('exit', () => {
  for (const lock of locks.values()) lock.release();
});

/** @throws CodedError when another process has it. Two runs in one folder would mix the evidence of two tenants. One process may have several, one after the other. */
export function keepToThisProcess(folder: string): void {
  const place = realpathSync(folder);
  if (locks.has(place)) return;
  const lock = lockFolder(place, 'run');
  if ('release' in lock) {
    locks.set(place, lock);
    return;
  }
  const who = lock.owner ? `Another run (${ownerText(lock.owner)})` : 'Another run';
  throw new CodedError(
    'REPORTS_DIR_IN_USE',
    `${who} writes its reports to ${oneLine(folder)}. Wait for its end, or choose another REPORTS_DIR; if it is gone for certain, delete ${oneLine(lock.file)}.`,
  );
}

async function prepared(folder: string): Promise<string[]> {
  const inFolder = (name: string) => path.join(folder, name);
  const made = madeIn(folder);
  const hasNoList = made.length === 0 && isOfEarlierVersion(inFolder('conformance.json'));
  const ours = hasNoList ? reports : made;
  const foreign = [
    ...reports.filter((name) => !ours.includes(name) && isThere(inFolder(name))),
    ...[allureResults, 'last-runs', historyName].filter((name) => isLink(inFolder(name))),
  ];
  if (foreign.length > 0) {
    throw unusable(
      folder,
      `has ${foreign.join(', ')}, which no run has made. Delete that, or choose another folder.`,
    );
  }
  for (const name of ours) rmSync(inFolder(name), { recursive: true, force: true, maxRetries: 3 });
  const results = inFolder(allureResults);
  if (hasNoList) rmSync(results, { recursive: true, force: true, maxRetries: 3 });
  makeFolder(results);
  beginList(folder, reports);
  const others = readdirSync(results).length;
  if (others === 0) return [];
  return [
    `${oneLine(results)} has ${counted(others, 'file')} that no run has made; Allure will show them as well`,
  ];
}

function isThere(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
}

/** Versions before the list left their report. */
function isOfEarlierVersion(file: string): boolean {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).suite.name === manifest.name;
  } catch {
    return false;
  }
}

function unusable(folder: string, why: string): CodedError {
  return new CodedError('REPORTS_DIR_UNUSABLE', `REPORTS_DIR ${oneLine(folder)} ${why}`);
}
