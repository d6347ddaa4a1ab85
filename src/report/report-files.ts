// What became of the reports of the run in this process. Each formatter that writes a file says so, and the last words of the
// run name no file that was not written.
import { codeOf } from '../system/error-code.ts';

/** Resolves with undefined, or with why the file could not be written. */
const files = new Map<string, Promise<string | undefined>>();

export function noteReport(name: string, written: Promise<unknown>): void {
  files.set(
    name,
    written.then(
      () => undefined,
      (error) => codeOf(error) ?? String(error),
    ),
  );
}

/** The names of the files that could not be written, each with the reason. */
export async function unwrittenReports(): Promise<Map<string, string>> {
  const unwritten = new Map<string, string>();
  for (const [name, written] of files) {
    const why = await written;
    if (why !== undefined) unwritten.set(name, why);
  }
  return unwritten;
}
