// The errors of a run.
import type { ErrorEntry } from './error-entry.ts';

export const run = {
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
