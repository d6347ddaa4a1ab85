// Where a conversation stands, in the words of docs/lifecycle.md.
import type { ConversationState } from './state.ts';

export type Standing = 'nobody yet' | 'one agent' | 'several agents' | 'handed over' | 'left' | 'ended';

export function standingOf({ begun, ended, present, lastExit }: ConversationState): Standing {
  if (ended) return 'ended';
  if (!begun) return 'nobody yet';
  if (present.length > 0) return present.length > 1 ? 'several agents' : 'one agent';
  return lastExit === 'cold' ? 'handed over' : 'left';
}
