/** Ends a run before it has begun, with a message for people and the exit code of the design. */
export class RunError extends Error {
  override name = 'RunError';
  /** 2: used wrongly. 3: could not be run. */
  readonly exitCode: 2 | 3;

  constructor(exitCode: 2 | 3, message: string) {
    super(message);
    this.exitCode = exitCode;
  }
}
