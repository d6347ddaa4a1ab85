// The options of `npm test` that are the harness's own; all others are cucumber's.
import { RunError } from './run-error.ts';

export interface OwnOptions {
  /** --tenant NAME: read .env.NAME. */
  profile?: string;
  /** --fail-on must|should. */
  failOn?: string;
  /** --update-deviations: write what fails now into the list of known deviations. */
  updateDeviations: boolean;
  /** --update-observations: write how the tenant behaves now. */
  updateObservations: boolean;
  /** --config and --profile of cucumber, which its programming interface takes apart from the rest. */
  configFile?: string;
  configProfiles: string[];
  /** Everything else, in order. */
  cucumber: string[];
}

/** @throws RunError when an option has no value, or an unknown one */
export function ownOptions(argv: string[]): OwnOptions {
  const own: OwnOptions = {
    updateDeviations: false,
    updateObservations: false,
    configProfiles: [],
    cucumber: [],
  };
  const rest = [...argv];
  while (rest.length > 0) {
    const [option = '', inline] = split(rest.shift()!);
    const value = () => inline ?? nextValue(option, rest.shift());
    if (option === '--tenant') own.profile = value();
    else if (option === '--fail-on') own.failOn = oneOf(option, value(), ['must', 'should']);
    else if (option === '--update-deviations') own.updateDeviations = true;
    else if (option === '--update-observations') own.updateObservations = true;
    else if (option === '--config' || option === '-c') own.configFile = value();
    else if (option === '--profile' || option === '-p') own.configProfiles.push(value());
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
  if (value === undefined || value.startsWith('--')) throw new RunError(2, `${option} needs a value`);
  return value;
}

function oneOf(option: string, value: string, allowed: string[]): string {
  if (allowed.includes(value)) return value;
  throw new RunError(2, `${option} ${value}: must be one of ${allowed.join(', ')}`);
}
