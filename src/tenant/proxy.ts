// The company proxy of the environment, in the form that Playwright takes. Playwright itself looks at no variable.

export interface Proxy {
  server: string;
  username?: string;
  password?: string;
}

type Env = Record<string, string | undefined>;

/** HTTPS_PROXY or HTTP_PROXY for a URL, unless NO_PROXY names its host; lower-case names count too. */
export function proxyFor(url: string, env: Env): Proxy | undefined {
  const { protocol, hostname, port } = new URL(url);
  const name = protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const value = env[name.toLowerCase()] || env[name];
  if (!value || excluded(hostname, port, env.no_proxy || env.NO_PROXY || '')) return undefined;
  const proxy = new URL(value.includes('://') ? value : `http://${value}`);
  return {
    server: `${proxy.protocol}//${proxy.host}`,
    ...(proxy.username ? { username: decodeURIComponent(proxy.username) } : {}),
    ...(proxy.password ? { password: decodeURIComponent(proxy.password) } : {}),
  };
}

/** NO_PROXY: host names with or without a leading dot, each for itself and its subdomains; a port; or an asterisk. */
function excluded(hostname: string, port: string, noProxy: string): boolean {
  return noProxy
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true;
      const [, host = '', entryPort] = /^(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
      if (entryPort && entryPort !== port) return false;
      const bare = host.replace(/^\*?\./, '');
      return hostname === bare || hostname.endsWith(`.${bare}`);
    });
}
