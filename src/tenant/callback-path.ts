// The paths of callback addresses. Each transfer has a key of its own in it, by which a delivery is known.

/** The key of what is posted to an address without a path. */
export const rootKey = '';

/** What is appended to the public URL of the listener. */
export function pathOf(key: string): string {
  return key === rootKey ? '' : `/callbacks/${key}`;
}

/** A proxy may leave its own path before /callbacks/; what follows the key belongs to the form of the address. */
export function keyOf(path: string): string | undefined {
  if (/^\/?(\?|$)/.test(path)) return rootKey;
  return /^[^?]*?\/callbacks\/([^/?]+)/.exec(path)?.[1];
}
