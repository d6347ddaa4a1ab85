// A bare connection by the route that requests take, direct or through the company's proxy. Nothing is sent over it here.
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect, type Socket } from 'node:net';
import type { Proxy as CompanyProxy } from '../tenant/proxy.ts';
import { proxyFailure, settingsOfRun } from '../tenant/transport-failures.ts';

export interface End {
  host: string;
  port: number;
}

const defaultPorts: Record<string, number> = { 'http:': 80, 'https:': 443, 'socks5:': 1080 };

export function endOf({ protocol, hostname, port }: URL): End {
  return {
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(port || (defaultPorts[protocol] ?? 1080)),
  };
}

/** As it stands in a URL. */
export function shown({ host, port }: End): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** The first end that this machine itself connects to. */
export function firstEnd(url: URL, proxy: CompanyProxy | undefined): End {
  return endOf(proxy ? new URL(proxy.server) : url);
}

/** Only a proxy that speaks HTTP is asked for a tunnel; a SOCKS proxy is only connected to. */
export function canTunnel(proxy: CompanyProxy): boolean {
  return /^https?:/.test(proxy.server);
}

/** The proxy has answered, and opens no tunnel. The message is that of the transport. */
export class ProxyRefusal extends Error {
  override readonly name = 'ProxyRefusal';
}

/** @throws ProxyRefusal, or the error of the socket; when the signal aborts, its reason may come as any error */
export async function openConnection(
  url: URL,
  proxy: CompanyProxy | undefined,
  signal: AbortSignal,
): Promise<Socket> {
  if (proxy && canTunnel(proxy)) return tunnel(endOf(url), proxy, signal);
  const socket = connect({ ...firstEnd(url, proxy), signal });
  await once(socket, 'connect');
  return quiet(socket);
}

/** RFC 9110, 9.3.6. */
async function tunnel(to: End, proxy: CompanyProxy, signal: AbortSignal): Promise<Socket> {
  const { username, password = '' } = proxy;
  const credentials = Buffer.from(`${username}:${password}`).toString('base64');
  const request = (proxy.server.startsWith('https:') ? httpsRequest : httpRequest)({
    ...endOf(new URL(proxy.server)),
    method: 'CONNECT',
    path: shown(to),
    headers: {
      host: shown(to),
      ...(username === undefined ? {} : { 'proxy-authorization': `Basic ${credentials}` }),
    },
    signal,
  });
  request.end();
  const [response, socket] = (await once(request, 'connect')) as [IncomingMessage, Socket];
  if (response.statusCode === 200) return quiet(socket);
  socket.destroy();
  throw new ProxyRefusal(proxyFailure(response.statusCode ?? 0, settingsOfRun).message);
}

/** It may fail after it has served its purpose, and an error without a listener ends the process. */
function quiet(socket: Socket): Socket {
  return socket.on('error', () => {});
}
