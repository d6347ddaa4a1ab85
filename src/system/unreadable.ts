import { codeOf } from './error-code.ts';

/** Why a text file cannot be read, in words for whoever wrote it. */
export function whyUnreadable(error: unknown): string {
  const code = codeOf(error);
  if (code === 'EISDIR') return 'it is a folder, a file is needed';
  if (code === 'EACCES' || code === 'EPERM') return 'this user may not read it';
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return 'it is not UTF-8; save it as UTF-8';
  return code ?? 'unknown reason';
}
