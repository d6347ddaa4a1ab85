// Whether the tenant can post to the callback listener at all.

/**
 * Settings without which no outcome can arrive: a tenant elsewhere cannot reach an address that only this machine has.
 * @returns names of settings; empty when nothing speaks against it
 */
export function missingForCallbacks(tenantUrl: string, callbackUrl: string | undefined): string[] {
  const reachable = isLoopback(tenantUrl) || (callbackUrl !== undefined && !isLoopback(callbackUrl));
  return reachable ? [] : ['CALLBACK_PUBLIC_URL'];
}

/**
 * Whether the tenant is known to reach the listener before anything has come: both are on this machine, and what the tenant
 * calls is the port of the listener, by whatever name of this machine. Any other address may lead elsewhere.
 */
export function isKnownReachable(tenantUrl: string, callbackUrl: string, listenerUrl: string): boolean {
  const [called, bound] = [new URL(callbackUrl), new URL(listenerUrl)];
  const isSame = called.protocol === bound.protocol && called.port === bound.port;
  return isSame && [tenantUrl, callbackUrl].every(isLoopback);
}

/** Why outcomes that do not arrive show nothing. */
export function notKnownReachable(callbackUrl: string): string {
  return `no outcome has arrived, nor anything else, so nothing shows that the tenant can reach CALLBACK_PUBLIC_URL (${callbackUrl}): npm run doctor checks it`;
}

/** Whether a reason is the above. */
export function isAboutReach(reason: string): boolean {
  return reason.includes('can reach CALLBACK_PUBLIC_URL (');
}

function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return (
    hostname === 'localhost' || hostname.endsWith('.localhost') || /^127(\.\d+){3}$|^\[::1\]$/.test(hostname)
  );
}
