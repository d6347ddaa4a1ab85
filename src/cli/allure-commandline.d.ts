declare module 'allure-commandline' {
  import type { ChildProcess } from 'node:child_process';

  /** Runs the Java program behind the package; what it prints goes to the terminal. */
  export default function allure(args: string[]): ChildProcess;
}
