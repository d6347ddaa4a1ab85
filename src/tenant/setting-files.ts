// NAME_FILE in place of any setting NAME: a file that holds nothing but its value, as Docker and Kubernetes mount secrets.
import path from 'node:path';
import { CodedError } from '../errors/coded-error.ts';
import { schemas } from '../protocol/schemas.ts';
import type { Env } from '../system/env.ts';
import { codeOf } from '../system/error-code.ts';
import { notAFile, readSmallFile, tooLong } from '../system/read-small-file.ts';
import { oneLine } from '../text/one-line.ts';

const ending = '_FILE';
/** Bytes; no setting is nearly as long. */
const maxLength = 64 * 1024;
const names = Object.keys((schemas.settings as { properties: object }).properties);

/** Whether a name is that of a setting, with _FILE behind it. */
export function namesAFile(name: string): boolean {
  return name.endsWith(ending) && names.includes(name.slice(0, -ending.length));
}

/**
 * The settings of one place, with the content of their files.
 * @param cwd where relative paths begin
 * @param where what the settings stand in, for messages
 * @throws CodedError with every file that cannot be used
 */
export function withFileContents(settings: Env, cwd: string, where: string): Env {
  const problems: string[] = [];
  const result = { ...settings };
  for (const name of names) {
    const file = settings[name + ending];
    delete result[name + ending];
    if (!file) continue;
    if (settings[name]) problems.push(`${name} and ${name}${ending} are both set: leave one out`);
    else {
      const { value, problem } = contentOf(path.resolve(cwd, file));
      if (problem) problems.push(`${name}${ending}  ${shown(name, file)} ${problem}`);
      result[name] = value;
    }
  }
  if (problems.length === 0) return result;
  throw new CodedError(
    'SETTING_FILE',
    `these settings of ${where} cannot be read from a file:\n  ${problems.join('\n  ')}`,
  );
}

/** Whoever leaves _FILE behind the name by mistake has put the secret itself there. */
function shown(name: string, file: string): string {
  return /SECRET|KEY|PASS/.test(name) ? 'its file' : oneLine(file, 200);
}

/** The line end that editors and echo put behind a value is not part of it. */
function contentOf(file: string): { value?: string; problem?: string } {
  try {
    const bytes = readSmallFile(file, maxLength);
    const value = new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\r?\n$/, '');
    if (value.trim() === '') return { problem: 'is empty' };
    return /[\r\n]/.test(value) ? { problem: 'has several lines; it must hold the value only' } : { value };
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') return { problem: 'does not exist: was it mounted?' };
    if (code === tooLong) return { problem: 'is too long for a setting' };
    if (code === notAFile) return { problem: 'is a device or a pipe: name a file' };
    if (code === 'EISDIR') return { problem: 'is a folder: name the file in it' };
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return { problem: 'is not UTF-8' };
    return { problem: `cannot be read: ${code ?? 'unknown reason'}` };
  }
}
