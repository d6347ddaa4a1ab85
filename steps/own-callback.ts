// An address of the callback listener for one transfer alone, so that what is posted for it is not taken for another's.
import type { Session } from '../src/run/session.ts';

export async function ownCallback({
  inbox,
  settings,
}: Session): Promise<{ key: string; callbackUrl: string }> {
  const { key, path } = await inbox.register();
  return { key, callbackUrl: `${settings.callback.publicUrl}${path}` };
}
