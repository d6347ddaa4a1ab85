// The options of `npm test` that are the harness's own; all others are cucumber's.
import { closest, distance } from 'fastest-levenshtein';
import { CodedError } from '../errors/coded-error.ts';
import { type Rerunnable, rerunnable } from './rerun.ts';

export interface OwnOptions {
  /** --tenant NAME: read .env.NAME. */
  profile?: string;
  /** --fail-on must|should. */
  failOn?: string;
  /** --deep: send every defect that can be derived, not a selection. */
  deep: boolean;
  /** --seed NUMBER or --plain-values: what names, ids and texts are chosen by. */
  values?: string;
  /** --requirements VERSION: judge only what that version of the suite had. */
  requirements?: string;
  /** --rerun: what did not pass in the last run, of these kinds. */
  rerun?: Rerunnable[];
  /** --update-deviations: write what fails now into the list of known deviations. */
  updateDeviations: boolean;
  /** --update-observations: write how the tenant behaves now. */
  updateObservations: boolean;
  /** --watch: run again whenever something changes that the run has read. */
  watch: boolean;
  /** --config and --profile of cucumber, which its programming interface takes apart from the rest. */
  configFile?: string;
  configProfiles: string[];
  /** Everything else, in order. */
  cucumber: string[];
}

/** Each with its value, and what it does; a value of several words is one of them. */
export const ownOptionTexts: Readonly<Record<string, string>> = {
  '--tenant NAME': 'read .env.NAME, known-deviations.NAME.yaml and observed-behaviour.NAME.yaml',
  '--fail-on must|should': 'the lowest level whose breach fails the run (default: must)',
  '--deep': 'send every wrong request that can be derived from the documents, not a selection',
  '--seed NUMBER': 'choose other values for names, ids and texts than usual; the report shows the number',
  '--plain-values': 'send plain values only: "Agent 1", no special characters',
  '--requirements VERSION': 'judge only what the suite asked for in that version, as in 1.2',
  '--rerun [failed,warning,inconclusive]':
    'run again what did not pass in the last run, all or these, and bring its reports up to date',
  '--watch': 'run again when a feature, a step or a setting changes; Ctrl-C ends it',
  '--update-deviations': 'write what fails now into the list of known deviations',
  '--update-observations': 'keep how the tenant behaves where the documents leave it open',
};

const width = 24;
const lines = Object.entries(ownOptionTexts).map(([flags, does]) => {
  const shown = flags.length < width ? flags.padEnd(width) : `${flags}\n  ${' '.repeat(width)}`;
  return `  ${shown} ${does}\n`;
});

export const help = `Options of npm test that are its own; all others are those of cucumber, below:\n${lines.join('')}`;

const names = Object.keys(ownOptionTexts).map((flags) => flags.split(' ')[0]!);

/** @throws CodedError when an option has no value, or an unknown one */
export function ownOptions(argv: string[]): OwnOptions {
  const own: OwnOptions = {
    deep: false,
    updateDeviations: false,
    updateObservations: false,
    watch: false,
    configProfiles: [],
    cucumber: [],
  };
  const rest = [...argv];
  while (rest.length > 0) {
    const [option = '', inline] = split(rest.shift()!);
    const value = () => inline ?? nextValue(option, rest.shift());
    if (option === '--tenant') own.profile = onlyOne(option, own.profile, value());
    else if (option === '--fail-on')
      own.failOn = onlyOne(option, own.failOn, oneOf(option, value(), ['must', 'should']));
    else if (option === '--deep') own.deep = true;
    else if (option === '--seed') own.values = onlyOne(option, own.values, seedIn(option, value()));
    else if (option === '--plain-values') own.values = onlyOne(option, own.values, 'plain');
    else if (option === '--requirements') own.requirements = onlyOne(option, own.requirements, value());
    else if (option === '--rerun')
      own.rerun = kindsIn(option, inline ?? (rest[0]?.startsWith('-') === false ? rest.shift()! : undefined));
    else if (option === '--watch') own.watch = true;
    else if (option === '--update-deviations') own.updateDeviations = true;
    else if (option === '--update-observations') own.updateObservations = true;
    else if (option === '--config' || option === '-c') own.configFile = value();
    else if (option === '--profile' || option === '-p') own.configProfiles.push(value());
    else if (isMisspelt(option))
      throw new CodedError(
        'OPTION_INVALID',
        `${option} is not an option; did you mean ${closest(option, names)}?`,
      );
    else own.cucumber.push(inline === undefined ? option : `${option}=${inline}`);
  }
  return own;
}

/** Only an option may carry its value behind an equals sign; a name or a path is left alone. */
function split(argument: string): [string, string?] {
  const match = /^(--[a-z-]+)=(.*)$/s.exec(argument);
  return match ? [match[1]!, match[2]!] : [argument];
}

function nextValue(option: string, value: string | undefined): string {
  if (value === undefined || value.startsWith('--'))
    throw new CodedError('OPTION_INVALID', `${option} needs a value`);
  return value;
}

/** Of two values one would be ignored without a word. */
export function onlyOne(option: string, before: string | undefined, value: string): string {
  if (before === undefined || before === value) return value;
  throw new CodedError(
    'OPTION_INVALID',
    `${option} is given twice, with ${before} and ${value}: one run takes one`,
  );
}

function oneOf(option: string, value: string, allowed: string[]): string {
  if (allowed.includes(value)) return value;
  throw new CodedError('OPTION_INVALID', `${option} ${value}: must be one of ${allowed.join(', ')}`);
}

/** All when none is named. */
function kindsIn(option: string, value: string | undefined): Rerunnable[] {
  const all = Object.keys(rerunnable) as Rerunnable[];
  if (value === undefined) return all;
  const kinds: string[] = value.split(',').map((one) => oneOf(option, one.trim(), all));
  return all.filter((one) => kinds.includes(one));
}

function seedIn(option: string, value: string): string {
  if (/^\d{1,9}$/.test(value)) return value;
  throw new CodedError('OPTION_INVALID', `${option} ${value}: must be a number of at most nine digits`);
}

/** Options of cucumber that are like ours. */
const cucumbers = ['--name', '--shard', '--retry', '--dry-run'];

/** Cucumber would call it unknown, and knows nothing of ours. */
function isMisspelt(option: string): boolean {
  return (
    option.startsWith('--') && distance(option, closest(option, names)) <= 3 && !cucumbers.includes(option)
  );
}
