import { type ErrorCode, exitCodeOf } from './error-codes.ts';
import { type Place, placesIn } from './places.ts';

/** An error whose message is written for people, and begins with its code. Any other error is a defect of the harness. */
export class CodedError extends Error {
  override readonly name: string = 'CodedError';
  readonly code: ErrorCode;
  /** The message without the code. */
  readonly text: string;

  constructor(code: ErrorCode, text: string) {
    super(withCode(code, text));
    this.code = code;
    this.text = text;
  }

  /** Of the command that ends with it. */
  get exitCode(): 2 | 3 {
    return exitCodeOf(this.code);
  }

  /** Where in the user's files it is, as far as the text says so. */
  get places(): readonly Place[] {
    return placesIn(this.text);
  }
}

/** As errors are shown everywhere. */
export function withCode(code: ErrorCode, text: string): string {
  return `${code}  ${text}`;
}
