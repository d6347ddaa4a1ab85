// Loaded with --import into every measured process: writes its cost when it ends.
import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

export interface Cost {
  /** Peak of the resident set, in millions of bytes. */
  peakMb: number;
  /** Processor time of all threads, user and system. */
  cpuMs: number;
  /** The loop alone; only the bare loops have one. */
  loop?: { wallMs: number; cpuMs: number };
}

const file = process.env.BENCH_COST;
// Not for the processes that the measured one starts.
delete process.env.BENCH_COST;

if (file && isMainThread) {
  process.on('exit', () => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    const [loop] = performance.getEntriesByName('loop', 'measure');
    const cost: Cost = {
      peakMb: (maxRSS * 1024) / 1e6,
      cpuMs: (userCPUTime + systemCPUTime) / 1000,
      ...(loop instanceof PerformanceMeasure
        ? { loop: { wallMs: loop.duration, cpuMs: (loop.detail as { cpuMs: number }).cpuMs } }
        : {}),
    };
    writeFileSync(file, JSON.stringify(cost));
  });
}
