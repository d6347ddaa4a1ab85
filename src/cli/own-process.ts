// What holds for the process of every command, imported before anything else: where Node keeps compiled code, the requirements
// of a team, and that neither a crash nor an output that nobody reads ends with the exit code of a tenant that does not conform.
import { CodedError } from '../errors/coded-error.ts';
import { failed } from '../errors/failure.ts';
import { unwritable } from '../errors/unwritable.ts';
import { loadOwnRequirements } from '../run/own-requirements.ts';
import { useCompileCache } from '../system/compile-cache.ts';
import { usedWrongly } from '../system/exit-codes.ts';
import { harmless } from '../text/terminal.ts';

if (!useCompileCache()) {
  end(
    new CodedError(
      'COMPILE_CACHE_SHARED',
      `NODE_COMPILE_CACHE names ${process.env.NODE_COMPILE_CACHE}, where others can write, and Node runs what it finds there as you. Unset it: the project has a folder of its own for that. Or name a folder that only you can write to.`,
    ),
  );
}

try {
  // A process that watches leaves them to the runs that it starts: they change.
  if (!process.argv.includes('--watch')) loadOwnRequirements();
} catch (error) {
  end(error);
}

process.on('uncaughtException', (error) => {
  // While a step runs, cucumber listens too: what a step throws is the step's.
  if (process.listenerCount('uncaughtException') > 1) return;
  end(error);
});

// A message that cannot be shown is lost; what the command has found shows in its exit code all the same.
process.stderr.on('error', () => {});
process.stdout.on('error', outputLost);

let lost: Error | undefined;
let matters = true;

/** For a server, which goes on when nobody reads any more what it prints. */
export function outputMayBeLost(): void {
  matters = false;
}

function outputLost(error: Error): void {
  lost ??= error;
}

process.on('exit', () => {
  // A process that ends at once does not hear of an error.
  const error = lost ?? process.stdout.errored;
  if (!matters || !error) return;
  console.error(harmless(unwritable('Standard output', error).message));
  process.exitCode = usedWrongly;
});

function end(error: unknown): never {
  failed(error);
  process.exit();
}
