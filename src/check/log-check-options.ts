// What whoever checks a log can ask for, and is told as it is read.
import type { RequirementId } from '../protocol/catalogue.ts';
import type { SenderProfile } from '../protocol/sent-request.ts';
import type { CheckedConversation, PlacedFinding } from './result.ts';

export interface LogCheckOptions {
  profile?: SenderProfile;
  /**
   * A conversation without a request for so long, in milliseconds of the log's own time, is idle; 30 minutes. So long is
   * one that has ended kept, too, for what was written late.
   */
  idleMs?: number;
  /** Only these requirements are judged; all when left out. */
  only?: ReadonlySet<RequirementId>;
  /** The lowest level whose breach makes a conversation fail; must. */
  failOn?: 'must' | 'should';
  /** Of which conversations the steps are told: of all, or only of those with a finding; only of those. */
  stepsOf?: 'all' | 'broken';
  /** Told of each conversation as it is over. */
  onClosed?: (conversation: CheckedConversation) => void;
  /** Told of each conversation that goes idle, as if it were over; it may still go on. */
  onIdle?: (conversation: CheckedConversation) => void;
  /** Told of what is wrong with a request that belongs to no conversation. */
  onLoose?: (finding: PlacedFinding) => void;
}

export const defaultIdleMs = 30 * 60_000;
