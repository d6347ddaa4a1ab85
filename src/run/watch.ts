// `npm test -- --watch`: a run, and another one whenever something changes that a run reads. Each is a process of its own, so
// that steps, settings and requirements are read anew. Unaware of what a run does.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { type FSWatcher, watch } from 'chokidar';
import { CodedError } from '../errors/coded-error.ts';
import type { Env } from '../system/env.ts';
import { afterInterrupt, afterTermination } from '../system/exit-codes.ts';
import { isUsedFromElsewhere } from '../system/project.ts';
import { argumentsFromWhereTyped } from '../system/typed-path.ts';
import { harmless } from '../text/terminal.ts';
import type { OwnOptions } from './options.ts';
import { watchedVariable } from './watched.ts';
import { isWatched, namedPlaces } from './watched-places.ts';

/** Editors write a file in several steps, and a branch that is checked out changes many. */
const quietMs = 200;
/** Of what a run without a verdict has said. */
const maxSaid = 20_000;

/**
 * Runs until somebody ends it.
 * @param command the file that makes one run
 * @throws CodedError when the options do not go together, or the system cannot watch
 */
export async function watchRuns(
  argv: readonly string[],
  options: OwnOptions,
  command: string,
): Promise<never> {
  refuse(options, process.env);
  const given = argv.filter((argument) => argument !== '--watch');
  const named = namedPlaces(argumentsFromWhereTyped(given)).map((place) => path.resolve(place));
  const isProject = !isUsedFromElsewhere();
  const watcher = watch([process.cwd(), ...named], {
    ignoreInitial: true,
    ignored: (file, stats) =>
      !isWatched(path.relative('', file), { isFile: stats?.isFile() ?? false, isProject, named }),
  });
  const failed = failureOf(watcher);
  await Promise.race([once(watcher, 'ready'), failed]);
  new Runs(given, command, watcher).begin();
  return failed;
}

/** @throws CodedError with all that does not go together */
function refuse({ cucumber, updateDeviations, updateObservations }: OwnOptions, env: Env): void {
  const problems: string[] = [];
  if (cucumber.some((option) => /^--shard(=|$)/.test(option)))
    problems.push(
      '--watch and --shard: a shard is a part of one run; watch a path, --tags or --name instead',
    );
  if (updateDeviations || updateObservations)
    problems.push(
      `--watch and --update-${updateDeviations ? 'deviations' : 'observations'}: the list that it writes is watched as well; write it in a run of its own`,
    );
  const [ci] = ['CI', 'TF_BUILD', 'JENKINS_URL'].filter((name) => !['', 'false'].includes(env[name] ?? ''));
  if (ci !== undefined)
    problems.push(`--watch in a CI (${ci} is set): it would never end; leave --watch out, or unset ${ci}`);
  if (problems.length > 0) throw new CodedError('OPTION_INVALID', problems.join('\n'));
}

async function failureOf(watcher: FSWatcher): Promise<never> {
  const [error] = await once(watcher, 'error');
  throw new CodedError('WATCH_FAILED', `Files cannot be watched: ${(error as Error).message}`);
}

class Runs {
  readonly #given: readonly string[];
  readonly #command: string;
  readonly #changed = new Set<string>();
  #quiet: NodeJS.Timeout | undefined;
  /** Whether something has changed that no run has read. */
  #isDue = false;
  #running: ChildProcess | undefined;

  constructor(given: readonly string[], command: string, watcher: FSWatcher) {
    this.#given = given;
    this.#command = command;
    watcher.on('all', (_, file) => this.#note(path.relative('', file)));
  }

  begin(): void {
    for (const [signal, code] of [
      ['SIGINT', afterInterrupt],
      ['SIGTERM', afterTermination],
    ] as const) {
      process.on(signal, () => {
        this.#running?.kill('SIGTERM');
        process.exit(code);
      });
    }
    void this.#run();
  }

  #note(file: string): void {
    this.#changed.add(file);
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => {
      this.#isDue = true;
      void this.#run();
    }, quietMs);
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    this.#isDue = false;
    const why = inWords([...this.#changed]);
    this.#changed.clear();
    const from = performance.now();
    console.clear();
    console.log(`Running${why && `: ${why}`}`);
    const child = fork(this.#command, this.#given, {
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
      env: { ...process.env, [watchedVariable]: 'true' },
    });
    this.#running = child;
    let verdict: string | undefined;
    child.on('message', (text) => {
      verdict = String(text);
    });
    let said = '';
    child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      process.stderr.write(text);
      said = (said + text).slice(-maxSaid);
    });
    const [code] = await once(child, 'close');
    this.#running = undefined;
    if (verdict !== undefined) {
      console.clear();
      console.log(verdict);
    } else if (code !== 0 && process.stdout.isTTY) {
      console.clear();
      console.log(`no verdict (exit code ${code})\n\n${said}`);
    } else console.log(`no verdict (exit code ${code})`);
    const seconds = ((performance.now() - from) / 1000).toFixed(1);
    const time = new Date().toTimeString().slice(0, 8);
    console.log(`\n${time}, after ${seconds} s${why && `; ${why}`}\nWatching for changes; Ctrl-C ends it.`);
    if (this.#isDue) void this.#run();
  }
}

function inWords(files: readonly string[]): string {
  const [first, ...others] = files;
  if (first === undefined) return '';
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  return harmless(`${first.split(path.sep).join('/')}${more} changed`);
}
