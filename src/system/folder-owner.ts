// Which process holds a folder: on which machine, since when it runs, and whether it still does.
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { codeOf } from './error-code.ts';

export interface Owner {
  pid: number;
  host: string;
  /** Another one after each start of the machine; undefined where the system has none. */
  boot?: string | undefined;
  /** Among which processes its number counts: a container has its own. */
  processes?: string | undefined;
  /** When the process was started, as the system counts: its number may have gone to another one. */
  started?: string | undefined;
}

let own: Owner | undefined;

export function ownProcess(): Owner {
  own ??= {
    pid: process.pid,
    host: hostname(),
    boot: read(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    processes: read(() => readlinkSync('/proc/self/ns/pid')),
    started: startOf('self'),
  };
  return own;
}

/** @throws when it is not JSON */
export function ownerOf(text: string): Owner | undefined {
  const value = JSON.parse(text);
  // An earlier version wrote the number alone.
  if (Number.isSafeInteger(value) && value > 0 && value !== process.pid) {
    return { ...ownProcess(), pid: value, started: startOf(value) };
  }
  return Number.isSafeInteger(value?.pid) && typeof value.host === 'string' ? value : undefined;
}

/** Whether the same kernel runs, or ran, both. */
export function sameMachine(one: Owner, other: Owner): boolean {
  return one.boot === undefined || other.boot === undefined
    ? one.host === other.host
    : one.boot === other.boot;
}

/** Whether the number of one means something to the other. */
export function sameNumbers(one: Owner, other: Owner): boolean {
  return sameMachine(one, other) && one.processes === other.processes;
}

/** @param strict only when it is certain that it is the same process, not another with its number */
export function isRunning({ pid, started }: Owner, strict: boolean): boolean {
  const now = startOf(pid);
  if (started === undefined || now === undefined) return !strict && pid !== process.pid && hasProcess(pid);
  return started === now;
}

/** As a sentence begins or goes on: `process 7 of ci-runner-3`. */
export function ownerText({ pid, host, processes }: Owner): string {
  const self = ownProcess();
  const elsewhere = host !== self.host || processes !== self.processes;
  return elsewhere ? `process ${pid} of ${host}, another machine or container` : `process ${pid}`;
}

function hasProcess(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
}

/** The start of a process in ticks since that of the machine (proc_pid_stat(5)); its name may hold anything but comes first. */
function startOf(pid: number | 'self'): string | undefined {
  const stat = read(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}

function read(act: () => string): string | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
