// The exit codes of all commands, explained in README.md.

/** By the verdict on a run or a check. */
export const exitCodes = {
  conformant: 0,
  partial: 0,
  'non-conformant': 1,
  'list-needs-tidying': 1,
  error: 2,
  inconclusive: 3,
} as const;

/** A command was used wrongly, or failed. */
export const usedWrongly = exitCodes.error;

/** Ctrl-C ended the process at once; the same as in shells. */
export const afterInterrupt = 130;

/** SIGTERM ended the process at once; the same as in shells. */
export const afterTermination = 143;
