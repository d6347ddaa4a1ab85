// Judges what runs have kept, by the code that judges a run.
import type { Envelope } from '@cucumber/messages';
import { judged } from '../run/judging.ts';
import { laterRequirements } from '../run/requirements-of-version.ts';
import type { RunEnd, RunHead } from '../run/run-head.ts';
import { allSelected } from '../run/selection.ts';
import { RunCollector } from '../verdict/collector.ts';
import type { EndedRun } from '../verdict/ended-run.ts';

export interface Kept {
  head: RunHead;
  end: RunEnd;
  envelopes: readonly Envelope[];
  /** Addresses that the embedded sandbox had. */
  otherUrls?: readonly string[];
}

/** @param now when it is judged: a known deviation may have expired */
export async function judgeKept({ head, end, envelopes, otherUrls }: Kept, now: Date): Promise<EndedRun> {
  const run = new RunCollector();
  for (const envelope of envelopes) run.add(envelope);
  const words = wordsOf(head.selection);
  const requirements = head.selection?.requirements;
  const isAll =
    head.selection?.words === '' && !head.selection.shard && laterRequirements(requirements).length === 0;
  const { missing = [], again = [], stoppedBecause, trouble } = end;
  return await judged({
    run,
    suite: head.suite,
    tenant: head.tenant,
    selection: {
      words: words || allSelected,
      whole: isAll && missing.length === 0 && run.selected === run.found,
    },
    startedAt: Date.parse(head.startedAt),
    endedAt: Date.parse(end.endedAt),
    failOn: head.failOn,
    late: end.late,
    known: head.deviations,
    now,
    language: head.selection?.language ?? 'en',
    missing,
    again,
    ...(requirements === undefined ? {} : { requirements }),
    ...(stoppedBecause ? { stoppedBecause } : {}),
    ...(trouble ? { trouble } : {}),
    ...(otherUrls ? { otherUrls } : {}),
  });
}

/** Empty for all features. */
function wordsOf(selection: RunHead['selection']): string {
  if (!selection) return 'as cucumber-js was called';
  const { words, requirements, shard } = selection;
  return [words, requirements && `--requirements ${requirements}`, shard && `--shard ${shard}`]
    .filter(Boolean)
    .join('; ');
}
