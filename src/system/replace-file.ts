import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { noteWritten } from './made-files.ts';

/**
 * Writes a file whole or not at all, so that a full disk leaves no empty one. A link in its place is replaced, not followed.
 * @throws what writing throws; then the file is as it was
 */
export async function replaceFile(file: string, content: string): Promise<void> {
  const whole = `${file}.${randomUUID()}.tmp`;
  try {
    await writeFile(whole, content, { flag: 'wx' });
    await rename(whole, file);
    noteWritten(file);
  } catch (error) {
    await rm(whole, { force: true }).catch(() => {});
    throw error;
  }
}
