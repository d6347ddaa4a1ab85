// What commands end with. README explains it to people.

/** By the verdict on a run, or on a check. */
export const exitCodes = {
  conformant: 0,
  'non-conformant': 1,
  error: 2,
  inconclusive: 3,
} as const;

/** Of a command that cannot do what it was asked to. */
export const usedWrongly = exitCodes.error;

/** Of a process that Ctrl-C has ended at once, as shells have it. */
export const afterInterrupt = 130;
