// Whether a folder is recorded into with pseudonyms: all of its records have them, or none.
import { statSync } from 'node:fs';
import path from 'node:path';
import { CodedError } from '../../errors/coded-error.ts';
import { hasPseudonyms, type KeyOptions, pseudonymsOf } from '../../pseudonyms/folder-key.ts';
import type { Pseudonyms } from '../../pseudonyms/pseudonyms.ts';
import { segmentsIn } from './segments.ts';

/** @throws CodedError */
export function folderPseudonyms(folder: string, wanted: KeyOptions | undefined): Pseudonyms | undefined {
  const has = hasPseudonyms(folder);
  if (!wanted) {
    if (!has) return undefined;
    throw mixed(
      'its records have pseudonyms in place of personal data. Add --pseudonymise, or record into another folder.',
    );
  }
  const { size = 0 } = statSync(path.join(folder, 'evidence.ndjson'), { throwIfNoEntry: false }) ?? {};
  if (!has && (size > 0 || segmentsIn(folder).length > 0)) {
    throw mixed(
      'it has records without pseudonyms, which would stay as they are. Record into another folder with --pseudonymise.',
    );
  }
  return pseudonymsOf(folder, wanted);
}

function mixed(text: string): CodedError {
  return new CodedError('PSEUDONYMS_MIXED', `--record: ${text}`);
}
