// The options of a check, and what it calls while it reads the log.
import type { RequirementId } from '../protocol/catalogue.ts';
import type { SenderProfile } from '../protocol/sent-request.ts';
import type { CheckedConversation, PlacedFinding } from './result.ts';

export interface LogCheckOptions {
  profile?: SenderProfile;
  /**
   * After so many milliseconds without a request, in the log's own time, a conversation is idle. An ended one is kept
   * just as long, for late requests. By default 30 minutes.
   */
  idleMs?: number;
  /** How many conversations may be open: beyond that the older half is set aside. By default 150,000. */
  maxOpen?: number;
  /** Only these requirements are judged; by default all. */
  only?: ReadonlySet<RequirementId>;
  /** The lowest level whose breach makes a conversation fail; by default must. */
  failOn?: 'must' | 'should';
  /** Which conversations are reported with their steps: all, or those with a finding. By default broken. */
  stepsOf?: 'all' | 'broken';
  /** Called when a conversation is over. */
  onClosed?: (conversation: CheckedConversation) => void;
  /** Called when a conversation goes idle, with its findings as if it were over; it may still go on. */
  onIdle?: (conversation: CheckedConversation) => void;
  /** Called with a finding on a request that belongs to no conversation. */
  onLoose?: (finding: PlacedFinding) => void;
}

export const defaultIdleMs = 30 * 60_000;
