/** A recorder cannot be started, or cannot go on, as it was asked to: what is wrong, and what to do about it. */
export class RecorderError extends Error {
  override readonly name = 'RecorderError';
}
