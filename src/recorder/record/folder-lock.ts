// Keeps a folder to one recorder.
import { CodedError } from '../../errors/coded-error.ts';
import { codeOf } from '../../system/error-code.ts';
import { type FolderInUse, type FolderLock, lockFolder } from '../../system/folder-lock.ts';
import { ownerText } from '../../system/folder-owner.ts';
import { shown } from '../../text/shown-value.ts';

/** @throws CodedError when another recorder writes to the folder, or nothing can be written there */
export function lockForRecorder(folder: string): FolderLock {
  const lock = attempted(folder);
  if ('release' in lock) return lock;
  const { owner, file } = lock;
  const who = owner ? `Another recorder (${ownerText(owner)})` : 'Another recorder';
  throw new CodedError(
    'RECORDER_FOLDER_IN_USE',
    `${who} writes there already. Record into another folder; if it is gone for certain, delete ${shown(file)}.`,
  );
}

function attempted(folder: string): FolderLock | FolderInUse {
  try {
    return lockFolder(folder, 'recorder');
  } catch (error) {
    throw new CodedError(
      'RECORDER_FOLDER_UNUSABLE',
      `--record: nothing can be written to ${shown(folder)} (${codeOf(error)}). Check its rights and the room on the disk, or name another folder.`,
    );
  }
}
