declare module 'allure-commandline' {
  import type { ChildProcess } from 'node:child_process';

  /** Runs the Java program of the package; its output goes to the terminal. */
  export default function allure(args: string[]): ChildProcess;
}
