import { codeOf } from '../system/error-code.ts';
import { CodedError } from './coded-error.ts';

/** An output that cannot be written. @param name of a file, or "Standard output" */
export function unwritable(name: string, error: unknown): CodedError {
  const why =
    codeOf(error) === 'EPIPE' ? 'what reads it has closed it, as | head does' : (error as Error).message;
  return new CodedError('OUTPUT_UNWRITABLE', `${name} cannot be written: ${why}`);
}
