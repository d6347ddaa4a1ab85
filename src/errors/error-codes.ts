// The stable codes of all errors that a person can meet. A message begins with its code, so that it can be searched for;
// docs/errors.md is generated from here. Unaware of who throws them.

import type { ErrorEntry } from './error-entry.ts';
import { run } from './run-errors.ts';
import { transport } from './transport-errors.ts';

const settings = {
  SETTINGS_INCOMPLETE: {
    means:
      'TENANT_URL is set, and other settings that it needs are not; or a tenant is needed and TENANT_URL is missing',
    todo: 'set what the message lists; `.env.example` describes all settings',
  },
  SETTINGS_INVALID: {
    means: 'a setting has a value that cannot be used, or a name that is misspelt',
    todo: 'correct the settings that the message lists',
  },
  SETTING_FILE: {
    means:
      'a setting that is named with `_FILE` behind it cannot be read from its file, or is set itself as well',
    todo: 'correct what the message lists: the file must hold the value and nothing else',
  },
  ENV_FILE_UNREADABLE: {
    means: '`.env` or the file of a profile exists, but cannot be read',
    todo: 'check its rights, and save it as UTF-8',
  },
  ENV_FILE_MISLEADING: {
    means:
      '`.env` or the file of a profile has values that are read in another way than they look, as a secret with a bare `#`',
    todo: 'put the values of the lines that the message lists in straight quotation marks, and close them',
  },
  PROFILE_NAME: {
    means: '`--tenant` was given a text that cannot be the name of a profile',
    todo: 'use letters, digits, `.`, `_` and `-`',
  },
  PROFILE_MISSING: {
    means: 'there is no `.env.NAME` for the profile',
    todo: 'check the name against the profiles that the message lists, or copy `.env.example`',
  },
  PROFILE_WITHOUT_TENANT: {
    means: 'the file of the profile sets no TENANT_URL',
    todo: 'add TENANT_URL to the file',
  },
  TENANT_FILES: {
    means: 'known-deviations.yaml or observed-behaviour.yaml has entries that cannot be used',
    todo: 'correct the lines that the message lists',
  },
  TENANT_FILE_UNREADABLE: {
    means: 'known-deviations.yaml or observed-behaviour.yaml exists, but cannot be read',
    todo: 'check its rights, and save it as UTF-8',
  },
  REQUIREMENTS_INVALID: {
    means: "requirements.yaml, a team's own requirements, cannot be read, or an entry in it is wrong",
    todo: 'correct what the message names, an entry each',
  },
  CLIENT_CERTIFICATE: {
    means:
      'TENANT_CLIENT_CERT and TENANT_CLIENT_KEY do not hold a certificate and its key, or the passphrase does not open it',
    todo: 'correct what the message lists',
  },
  PROXY_INVALID: {
    means: 'HTTPS_PROXY or HTTP_PROXY does not hold a URL',
    todo: 'write it like http://proxy.example.com:3128, or leave it out',
  },
} as const satisfies Record<string, ErrorEntry>;

const use = {
  OPTION_INVALID: {
    means: 'an option of the command is unknown, has no value, or has one that cannot be used',
    todo: 'correct it; `--help` lists the options',
  },
  CONFIGURATION_INVALID: {
    means: 'cucumber refuses its configuration: cucumber.js, `--config`, `--profile`, or one of its options',
    todo: 'correct what the message names',
  },
  WATCH_FAILED: {
    means: '`npm test -- --watch` cannot watch the files: often the system has no watches left',
    todo: 'on Linux raise `fs.inotify.max_user_watches`, or set `CHOKIDAR_USEPOLLING=true`, which looks again and again',
  },
  FOLDER_UNUSABLE: {
    means: 'a file that `init` has to read or write in the folder of a team cannot be used',
    todo: 'correct what the message names, and run it again: what is there already stays',
  },
  FORMAT_UNKNOWN: {
    means: 'a formatter named by `--format` does not exist, or its module cannot be loaded',
    todo: 'check its name, and that its package is installed',
  },
} as const satisfies Record<string, ErrorEntry>;

const start = {
  NODE_TOO_OLD: {
    means: 'the Node that runs the command cannot run TypeScript as it is',
    todo: 'use the Node that `npm ci` installs for the project, or Node 22.18 or later',
  },
  PACKAGES_MISSING: {
    means: 'a package that the command needs is not installed',
    todo: 'run `npm ci` in the folder of the project',
  },
  COMPILE_CACHE_SHARED: {
    means:
      'NODE_COMPILE_CACHE names a folder where others can write; Node would run what they put there as you',
    todo: 'unset it, or name a folder that only you can write to',
  },
  HARNESS_FAILED: {
    means: 'the command itself failed; that says nothing about a tenant or a sender',
    todo: 'see the message; where it is not about this machine, it is a defect of the harness',
  },
} as const satisfies Record<string, ErrorEntry>;

const files = {
  RESULTS_MISSING: {
    means: 'there are no results that `npm run report` could show',
    todo: 'run `npm test` first',
  },
  JAVA_MISSING: {
    means: 'Allure needs Java 8 or later, and none was found',
    todo: 'install Java, or open cucumber.html, which needs none',
  },
  ALLURE_FAILED: {
    means: '`allure generate` failed',
    todo: 'read what Allure printed above the message',
  },
  REPORT_UNREADABLE: {
    means: 'a report for `npm run compare` does not exist, cannot be read, or is not JSON',
    todo: 'give the conformance.json that `npm test` writes',
  },
  REPORT_INVALID: {
    means: 'a report for `npm run compare` is not a conformance report of this version',
    todo: 'run `npm test` again to write one',
  },
  EVIDENCE_MISSING: {
    means:
      'the folder for `npm run export -- har` has no evidence of a run or of a recorder, or an empty one',
    todo: 'name the folder that a run or a recorder has written to',
  },
  EVIDENCE_INCOMPLETE: {
    means:
      'a line of evidence.ndjson is not a whole exchange, as when its process was killed; nothing was exported',
    todo: 'delete the lines that the message lists to export the rest, or make the run again',
  },
  LOG_NOT_NAMED: {
    means: '`npm run check` was given no log',
    todo: 'name one or more files, or `-` for standard input',
  },
  LOG_NOT_FOUND: {
    means: 'there is no log of that name',
    todo: 'check the path',
  },
  LOG_UNREADABLE: {
    means: 'a log is a folder, or cannot be read',
    todo: 'name a file that this user may read',
  },
  LOG_TWICE: {
    means: 'the same log is named twice, so that each of its requests would count twice',
    todo: 'name it once',
  },
  OUTPUT_IS_A_LOG: {
    means: '`--output` names one of the logs, which would be overwritten',
    todo: 'name another file',
  },
  OUTPUT_UNWRITABLE: {
    means: 'the report, or what a command prints, cannot be written, or nobody reads it any more',
    todo: 'check the folder, its rights and the space on the disk; let what reads a pipe read it to its end',
  },
} as const satisfies Record<string, ErrorEntry>;

const servers = {
  PORT_IN_USE: {
    means: 'another process listens at the port of the sandbox or the recorder',
    todo: 'end that process, or choose another `--port`',
  },
  PORT_FORBIDDEN: {
    means: 'this user may not listen at the port',
    todo: 'choose a `--port` from 1024 on',
  },
  HOST_UNKNOWN: {
    means: '`--host` is not an address of this machine',
    todo: 'leave it out, or use 0.0.0.0 for every address',
  },
  SANDBOX_FAILED: {
    means: 'the sandbox or the recorder could not start for another reason',
    todo: 'see the message',
  },
  FORWARD_INVALID: {
    means: '`--forward` is not a URL that requests can be passed on to',
    todo: 'give scheme, host and path of the tenant, as in `--forward https://platform.kore.ai`',
  },
  RECORDER_FOLDER_IN_USE: {
    means: 'another recorder writes to the folder',
    todo: 'record into another folder; only a lock of another machine outlives its recorder: delete it, once that is certain to be gone',
  },
  RECORDER_FOLDER_UNUSABLE: {
    means: 'the folder of `--record` cannot be made, read or written',
    todo: 'check its rights and the space on the disk, or name another folder',
  },
  PSEUDONYM_KEY_UNUSABLE: {
    means:
      'the key of the pseudonyms of a recording is not there, is another one, or would be kept beside what it protects',
    todo: 'set `RECORD_PSEUDONYM_KEY` to the key that was used, or record into another folder',
  },
  PSEUDONYMS_MIXED: {
    means:
      'a folder has records with pseudonyms, and the recorder was to add some without them, or the reverse',
    todo: 'record into another folder, or as it was begun',
  },
} as const satisfies Record<string, ErrorEntry>;

export const errorCodes = { ...start, ...settings, ...use, ...run, ...transport, ...files, ...servers };

export type ErrorCode = keyof typeof errorCodes;

/** Why no answer arrived that could be judged. */
export type TransportCode = keyof typeof transport;

/** The sections of the page. */
export const errorSections: Record<string, Record<string, ErrorEntry>> = {
  'Any command': start,
  'Settings and files of a tenant': settings,
  'Options and configuration': use,
  'The run': run,
  'The connection to the tenant': transport,
  'Reports and logs': files,
  'Sandbox and recorder': servers,
};

/** The exit code of a command that ends with the error. */
export function exitCodeOf(code: ErrorCode): 2 | 3 {
  const entry: ErrorEntry = errorCodes[code];
  return entry.exitCode ?? 2;
}
