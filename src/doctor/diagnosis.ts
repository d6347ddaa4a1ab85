// What a check has found, as plain data.

/** fix: `npm test` would fail or judge nothing. note: worth knowing. skipped: an earlier problem has to be fixed first. */
export type Mark = 'ok' | 'note' | 'fix' | 'skipped';

export interface Diagnosis {
  mark: Mark;
  found: string;
  /** What to do, each in one line and with the name of the setting. */
  todo: string[];
  /** The setting at fault: what relies on it is not checked. */
  setting?: string;
}

export function ok(found: string): Diagnosis {
  return { mark: 'ok', found, todo: [] };
}

export function note(found: string, ...todo: string[]): Diagnosis {
  return { mark: 'note', found, todo };
}

export function toFix(found: string, ...todo: string[]): Diagnosis {
  return { mark: 'fix', found, todo };
}

/** @param message of a transport failure: "what happened: what to do" */
export function transportProblem(message: string): Diagnosis {
  const at = message.lastIndexOf(': ');
  return at < 0 ? toFix(message) : toFix(message.slice(0, at), message.slice(at + 2));
}
