// The company proxy of the environment, in the form that Playwright takes. Playwright itself reads no environment variable.
import { CodedError } from '../errors/coded-error.ts';
import type { Env } from '../system/env.ts';

export interface Proxy {
  server: string;
  username?: string;
  password?: string;
}

/**
 * HTTPS_PROXY or HTTP_PROXY for a URL, unless NO_PROXY names its host; lower-case names count too.
 * @throws CodedError without the value, which may hold a password
 */
export function proxyFor(url: string, env: Env): Proxy | undefined {
  const { protocol, hostname, port } = new URL(url);
  const name = proxySettingFor(url, env);
  const value = env[name];
  const usedPort = port || (protocol === 'https:' ? '443' : '80');
  if (!value || excluded(hostname, usedPort, env.no_proxy || env.NO_PROXY || '')) return undefined;
  const proxy = URL.parse(value.includes('://') ? value : `http://${value}`);
  if (!proxy?.host)
    throw new CodedError(
      'PROXY_INVALID',
      `${name} is not the URL of a proxy, like http://proxy.example.com:3128`,
    );
  return {
    server: `${proxy.protocol}//${proxy.host}`,
    ...(proxy.username ? { username: decoded(proxy.username) } : {}),
    ...(proxy.password ? { password: decoded(proxy.password) } : {}),
  };
}

/** The variable that would name it. */
export function proxySettingFor(url: string, env: Env): string {
  const name = new URL(url).protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  return env[name.toLowerCase()] ? name.toLowerCase() : name;
}

/** A percent sign that is not the start of an encoding is part of the password. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** NO_PROXY: host names with or without a leading dot, each for itself and its subdomains; a port; or an asterisk. */
function excluded(hostname: string, port: string, noProxy: string): boolean {
  return noProxy
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true;
      const [, host = '', entryPort] = hostAndPort.exec(entry.toLowerCase()) ?? [];
      if (entryPort && entryPort !== port) return false;
      const bare = host.replace(/^\*?\./, '');
      return [bare, `[${bare}]`].includes(hostname) || hostname.endsWith(`.${bare}`);
    });
}

/** An IPv6 address has a port only after brackets. */
const hostAndPort = /^(\[.*\]|[^:]*|.*:.*:.*)(?::(\d+))?$/;
