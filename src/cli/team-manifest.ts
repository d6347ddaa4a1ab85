// The package.json of a team: the commands of the suite as its scripts, under the names that messages and documents give them.
import { existsSync, readFileSync } from 'node:fs';
import { CodedError } from '../errors/coded-error.ts';
import { codeOf } from '../system/error-code.ts';
import { oneLine } from '../text/one-line.ts';
import commands from './commands.json' with { type: 'json' };

export const manifestFile = 'package.json';

/** Those that a team runs again and again. */
const often = Object.keys(commands).filter((name) => !['run', 'init', 'completion'].includes(name));

const scripts: Readonly<Record<string, string>> = {
  test: 'agent-ai-conformance run',
  ...Object.fromEntries(often.map((name) => [name, `agent-ai-conformance ${name}`])),
};

export interface ManifestWithScripts {
  /** Of the file; undefined when it has all scripts already. */
  text: string | undefined;
  added: string[];
  /** Scripts of the team that have the name of a command. */
  kept: string[];
}

/** @throws CodedError when the file is there and is not the manifest of a package */
export function manifestWithScripts(): ManifestWithScripts {
  const text = existsSync(manifestFile) ? manifestText() : '{\n  "private": true\n}\n';
  const manifest = parsed(text);
  const before = manifest.scripts ?? {};
  if (!isObject(before) || !Object.values(before).every((one) => typeof one === 'string'))
    throw unusable('its scripts must be texts');
  const isSet = (name: string) =>
    typeof before[name] === 'string' && before[name] !== '' && !before[name].includes('no test specified');
  const added = Object.keys(scripts).filter((name) => !isSet(name));
  const kept = Object.keys(scripts).filter((name) => isSet(name) && before[name] !== scripts[name]);
  if (added.length === 0) return { text: undefined, added, kept };
  const all = { ...before, ...Object.fromEntries(added.map((name) => [name, scripts[name]])) };
  const indent = /^\{\r?\n([ \t]+)/.exec(text)?.[1] ?? 2;
  return { text: `${JSON.stringify({ ...manifest, scripts: all }, null, indent)}\n`, added, kept };
}

function manifestText(): string {
  try {
    // Some editors write a byte order mark.
    return readFileSync(manifestFile, 'utf8').replace(/^\ufeff/, '');
  } catch (error) {
    throw unusable(codeOf(error) ?? String(error));
  }
}

function parsed(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw unusable(oneLine((error as Error).message, 150));
  }
  if (!isObject(value)) throw unusable('it must be an object');
  return value;
}

function unusable(why: string): CodedError {
  return new CodedError('FOLDER_UNUSABLE', `${manifestFile} cannot be used: ${why}. Nothing was written.`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
