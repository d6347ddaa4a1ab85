// Where in the user's files a message says that something is wrong.

export interface Place {
  /** With "/", as the message has it. */
  file?: string;
  line?: number;
  /** A setting, where that is what is wrong. */
  setting?: string;
  message: string;
}

/** Lines like "  features/a.feature:5  @X-1 is not a requirement" of a message. */
export function placesIn(text: string): Place[] {
  return text.split('\n').flatMap((row) => {
    const [, file, line, message] = /^\s*(\S(?:.*?\S)?):(\d+)(?::\d+)?:? +(\S.*)$/.exec(row) ?? [];
    return file && message ? [{ file, line: Number(line), message }] : [];
  });
}
