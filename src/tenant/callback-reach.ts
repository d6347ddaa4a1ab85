// Whether the tenant can post to the callback listener at all.

/**
 * Settings without which no outcome can arrive: a tenant elsewhere cannot reach an address that only this machine has.
 * @returns names of settings; empty when nothing speaks against it
 */
export function missingForCallbacks(tenantUrl: string, callbackUrl: string | undefined): string[] {
  const reachable = isLoopback(tenantUrl) || (callbackUrl !== undefined && !isLoopback(callbackUrl));
  return reachable ? [] : ['CALLBACK_PUBLIC_URL'];
}

function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return (
    hostname === 'localhost' || hostname.endsWith('.localhost') || /^127(\.\d+){3}$|^\[::1\]$/.test(hostname)
  );
}
