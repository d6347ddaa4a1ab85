// What a check has found, as plain data.

/** mend: `npm test` would fail or judge nothing. note: worth knowing. skipped: what comes before it is to be mended. */
export type Mark = 'ok' | 'note' | 'mend' | 'skipped';

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

export function mend(found: string, ...todo: string[]): Diagnosis {
  return { mark: 'mend', found, todo };
}

/** @param message what went wrong on the way, as the transport words it: "what happened: what to do" */
export function mendWay(message: string): Diagnosis {
  const at = message.lastIndexOf(': ');
  return at < 0 ? mend(message) : mend(message.slice(0, at), message.slice(at + 2));
}
