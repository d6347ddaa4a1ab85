// The stable codes of all errors that a person can meet. A message begins with its code, so that it can be searched for;
// docs/errors.md is generated from here. Unaware of who throws them.

export interface ErrorEntry {
  /** What has happened. */
  means: string;
  /** What to do about it. */
  todo: string;
  /** 2, used wrongly, when left out; 3: the tenant could not be judged. */
  exitCode?: 3;
}

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

const run = {
  FEATURES_INVALID: {
    means:
      'feature files have errors: misspelt keywords, tags or steps, scenarios without steps; nothing was sent',
    todo: 'correct the lines that the message lists',
  },
  NOTHING_SELECTED: {
    means: 'no scenario would run',
    todo: 'check paths, `--tags`, `--name` and `--shard`',
  },
  REPORTS_DIR_UNUSABLE: {
    means:
      'REPORTS_DIR cannot be written to, the reports of the run before cannot be removed from it, or it has files of their names that no run has made',
    todo: 'close the files in it, check its rights, delete what the message names, or choose another folder',
  },
  CALLBACK_LISTEN: {
    means: 'the callback listener cannot bind CALLBACK_HOST and CALLBACK_PORT',
    todo: 'choose another port or address, or leave both out',
  },
  SETUP_REFUSED: {
    means:
      'the tenant does not accept one plain, valid NA entry with these settings, or reads another time; no scenario was run',
    todo: 'do what the lines below it say; if all settings are right, the tenant refuses every well-formed event',
    exitCode: 3,
  },
  TENANT_UNREACHABLE: {
    means: 'no tenant answers at TENANT_URL; nothing was tested',
    todo: 'the next line says why; `npm run doctor` looks closer',
    exitCode: 3,
  },
  TENANT_BUSY: {
    means:
      'the tenant, or what is in front of it, answered a first event with 429 or 503, for as long as it was waited for; nothing was tested',
    todo: 'try again when it has less to do; for a rate limit, when its time is over, with MAX_REQUESTS_PER_MINUTE set to what the tenant allows',
    exitCode: 3,
  },
  RERUN_IMPOSSIBLE: {
    means:
      '`--rerun` finds no last run to go on with, or one of another commit, tenant, selection or other settings; its reports are as they were',
    todo: 'run npm test without `--rerun`, or put back what the message names',
  },
  RUNS_UNREADABLE: {
    means:
      'a folder that was named has no messages of a run, or they cannot be read, are damaged, or are what merge has written; nothing was judged',
    todo: 'name the folders of reports that npm test wrote, with messages.ndjson.gz in them',
  },
  RUNS_DO_NOT_FIT: {
    means:
      'the runs that were to be merged are not parts of one, or not of this suite: other commits, versions, requirements, tenants, settings or selections, or the same part twice; nothing was merged',
    todo: 'merge the shards of one tenant and one night by themselves; the message names what differs, and where',
  },
  PLUGIN_MISSING: {
    means: 'the run ended without a report, since src/run/plugin.ts is not among the plugins of cucumber',
    todo: 'use the cucumber.js of the project, or name the plugin in your own',
  },
  REPORTS_DIR_IN_USE: {
    means: 'another run writes its reports to REPORTS_DIR; the message says which process, and where',
    todo: 'wait for its end, or choose another REPORTS_DIR; delete the lock only when that process is gone',
  },
  REPORTS_UNWRITABLE: {
    means:
      'the run came to a verdict, and reports of it could not be written; or an exploration was not begun, since it could not write its own. The message lists them',
    todo: 'make room on the disk, or check the rights in the folder, and run again',
  },
  SEARCH_INCOMPLETE: {
    means: 'a run searches what it has written for its own secrets, and could not read all of it',
    todo: 'see to it that whoever runs the command can read the files that the message lists, or delete them',
  },
  SECRET_LEAKED: {
    means: 'the client secret, or a token that it signs, is in what the run has written',
    todo: 'delete the files that the message lists, and replace the secret',
  },
} as const satisfies Record<string, ErrorEntry>;

const transport = {
  TRANSPORT_DNS: {
    means: 'the host name could not be resolved',
    todo: 'check the host name in the URL, and the DNS or VPN of this machine',
    exitCode: 3,
  },
  TRANSPORT_REFUSED: {
    means: 'nothing listens at the port, or there is no route to the host',
    todo: 'check host and port in the URL, and that the tenant (or its proxy) is running',
    exitCode: 3,
  },
  TRANSPORT_TLS: {
    means: 'there is no TLS at the port, or its certificate is not trusted; no token was sent',
    todo: 'check https:// and the host; for a company CA set NODE_EXTRA_CA_CERTS',
    exitCode: 3,
  },
  TRANSPORT_CLIENT_CERTIFICATE: {
    means:
      'the tenant, or what is in front of it, asks for a certificate of this machine, or does not accept it; no token was sent',
    todo: 'set TENANT_CLIENT_CERT and TENANT_CLIENT_KEY to a certificate that it knows',
    exitCode: 3,
  },
  TRANSPORT_TIMEOUT: {
    means:
      'no complete answer came in time; the tenant may have processed the request, so it was not sent again',
    todo: 'check the connection, or raise REQUEST_TIMEOUT_MS (`--timeout` of the recorder)',
    exitCode: 3,
  },
  TRANSPORT_RESET: {
    means:
      'the connection was closed before the answer was complete; the tenant may have processed the request, so it was not sent again',
    todo: 'look for the request in the log of the tenant, and of what is in front of it',
    exitCode: 3,
  },
  TRANSPORT_BUSY: {
    means: '429, 502, 503 or 504: a gateway or rate limit answered, which says nothing about the tenant',
    todo: 'try later, or set MAX_REQUESTS_PER_MINUTE',
    exitCode: 3,
  },
  TRANSPORT_MALFORMED: {
    means:
      'what came back is not HTTP as it should be; the tenant may have processed the request, so it was not sent again',
    todo: 'look at what answers at the URL, and at what is in front of it',
    exitCode: 3,
  },
  TRANSPORT_TOO_LONG: {
    means:
      'the answer is longer than is read; the tenant has probably processed the request, so it was not sent again',
    todo: 'look at what answers at the URL',
    exitCode: 3,
  },
  TRANSPORT_CLOSED: {
    means:
      'the harness itself closed the connection before there was an answer, as when a run is interrupted',
    todo: 'nothing; the tenant may have processed the request',
    exitCode: 3,
  },
  TRANSPORT_FAILED: {
    means: 'the request could not be sent, or its answer not be read, for another reason',
    todo: 'see the message',
    exitCode: 3,
  },
  PROXY_REFUSED: {
    means: 'the company proxy opened no connection to the tenant; nothing reached the tenant',
    todo: 'check HTTPS_PROXY (or HTTP_PROXY), and whether the proxy allows the host; NO_PROXY excludes a host',
    exitCode: 3,
  },
  PROXY_CREDENTIALS: {
    means: 'the company proxy answered 407: it needs a user and a password, or others',
    todo: 'put them into HTTPS_PROXY (or HTTP_PROXY), as http://USER:PASSWORD@HOST:PORT',
    exitCode: 3,
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
