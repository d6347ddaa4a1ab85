// npm run forget: from the settings to what it says.
import type { Env } from '../system/env.ts';
import { counted } from '../text/count.ts';
import { keyOf, withFiles } from './options.ts';
import { forget } from './record/forget.ts';

/** @throws CodedError */
export async function forgetConversations(
  folder: string,
  ids: readonly string[],
  environment: Env,
): Promise<{ said: string; deleted: number; mentions: number }> {
  const { deleted, mentions } = await forget(folder, ids, keyOf(withFiles(environment, undefined)));
  const others =
    mentions === 0
      ? ''
      : ` ${counted(mentions, 'record')} of other conversations ${mentions === 1 ? 'names' : 'name'} it, and ${mentions === 1 ? 'stays' : 'stay'}.`;
  return {
    deleted,
    mentions,
    said: `${counted(deleted, 'record')} deleted.${others} Reports that were made before still have it.`,
  };
}
