// What is known of an error, by its code.

export interface ErrorEntry {
  /** What has happened. */
  means: string;
  /** What to do about it. */
  todo: string;
  /** 2, used wrongly, when left out; 3: the tenant could not be judged. */
  exitCode?: 3;
}
