import { realpathSync, statSync } from 'node:fs';

/** Whether two paths lead to the same folder, through links or by another spelling too. Not when one of them is not there. */
export function isSameFolder(one: string, other: string): boolean {
  const [first, second] = [one, other].map((folder) =>
    statSync(folder, { bigint: true, throwIfNoEntry: false }),
  );
  if (!first || !second) return false;
  // Some file systems number nothing.
  if (first.ino !== 0n && first.ino === second.ino && first.dev === second.dev) return true;
  return realpathSync.native(one) === realpathSync.native(other);
}
