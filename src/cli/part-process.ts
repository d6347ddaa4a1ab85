// A part of `npm run verify` as a process. What it prints can be kept until the part before it is over.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

export interface StartedPart {
  code: Promise<number | null>;
  seconds: Promise<number>;
  /** Prints what it writes, and has written already. */
  show: () => void;
}

/** @param output pipe: it is kept until it is shown */
export function startPart(args: string[], env: NodeJS.ProcessEnv, output: 'inherit' | 'pipe'): StartedPart {
  const from = performance.now();
  const child = spawn(process.execPath, args, { env, stdio: ['inherit', output, output] });
  const code = once(child, 'close').then(([code]) => code as number | null);
  const seconds = code.then(() => (performance.now() - from) / 1000);
  // Read at once: Node throws away what nobody has read when the process ends.
  const shows = [keep(child.stdout, process.stdout), keep(child.stderr, process.stderr)];
  return {
    code,
    seconds,
    show: () => {
      for (const show of shows) show();
    },
  };
}

/** @returns what to call when the output may be seen */
function keep(from: Readable | null, to: NodeJS.WritableStream): () => void {
  let kept: Buffer[] | undefined = [];
  from?.on('data', (chunk: Buffer) => (kept ? kept.push(chunk) : to.write(chunk)));
  return () => {
    for (const chunk of kept ?? []) to.write(chunk);
    kept = undefined;
  };
}
