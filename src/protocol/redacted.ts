// What recorders write in place of a value that they do not keep.

/** Whether a recorder wrote this in place of a value, or of a part of one. */
export function isRedacted(value: string): boolean {
  return (
    /^[<[({%].*[>\])}%]$/s.test(value) ||
    /^\$|[*…•]|\.{3}|x{3,}/i.test(value) ||
    /redacted|masked|hidden|removed|filtered/i.test(value)
  );
}
