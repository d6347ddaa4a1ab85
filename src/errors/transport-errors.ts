// What happens on the way to a tenant.
import type { ErrorEntry } from './error-entry.ts';

export const transport = {
  TRANSPORT_DNS: {
    means: 'the host name could not be resolved',
    todo: 'check the host name in the URL, and the DNS or VPN of this machine',
    exitCode: 3,
  },
  TRANSPORT_REFUSED: {
    means: 'nothing listens at the port, or there is no route to the host',
    todo: 'check host and port in the URL, and that the tenant (or its proxy) is running',
    exitCode: 3,
  },
  TRANSPORT_TLS: {
    means: 'there is no TLS at the port, or its certificate is not trusted; no token was sent',
    todo: 'check https:// and the host; for a company CA set NODE_EXTRA_CA_CERTS, in the environment and not in an env file',
    exitCode: 3,
  },
  TRANSPORT_CLIENT_CERTIFICATE: {
    means:
      'the tenant, or what is in front of it, asks for a certificate of this machine, or does not accept it; no token was sent',
    todo: 'set TENANT_CLIENT_CERT and TENANT_CLIENT_KEY to a certificate that it knows',
    exitCode: 3,
  },
  TRANSPORT_TIMEOUT: {
    means:
      'no complete answer came in time; the tenant may have processed the request, so it was not sent again',
    todo: 'check the connection, or raise REQUEST_TIMEOUT_MS (`--timeout` of the recorder)',
    exitCode: 3,
  },
  TRANSPORT_RESET: {
    means:
      'the connection was closed before the answer was complete; the tenant may have processed the request, so it was not sent again',
    todo: 'look for the request in the log of the tenant, and of what is in front of it',
    exitCode: 3,
  },
  TRANSPORT_BUSY: {
    means: '429, 502, 503 or 504: a gateway or rate limit answered, which says nothing about the tenant',
    todo: 'try later, or set MAX_REQUESTS_PER_MINUTE',
    exitCode: 3,
  },
  TRANSPORT_MALFORMED: {
    means:
      'what came back is not HTTP as it should be; the tenant may have processed the request, so it was not sent again',
    todo: 'look at what answers at the URL, and at what is in front of it',
    exitCode: 3,
  },
  TRANSPORT_TOO_LONG: {
    means:
      'the answer is longer than is read; the tenant has probably processed the request, so it was not sent again',
    todo: 'look at what answers at the URL',
    exitCode: 3,
  },
  TRANSPORT_CLOSED: {
    means:
      'the harness itself closed the connection before there was an answer, as when a run is interrupted',
    todo: 'nothing; the tenant may have processed the request',
    exitCode: 3,
  },
  TRANSPORT_FAILED: {
    means: 'the request could not be sent, or its answer not be read, for another reason',
    todo: 'see the message',
    exitCode: 3,
  },
  PROXY_REFUSED: {
    means: 'the company proxy opened no connection to the tenant; nothing reached the tenant',
    todo: 'check HTTPS_PROXY (or HTTP_PROXY), and whether the proxy allows the host; NO_PROXY excludes a host',
    exitCode: 3,
  },
  PROXY_CREDENTIALS: {
    means: 'the company proxy answered 407: it needs a user and a password, or others',
    todo: 'put them into HTTPS_PROXY (or HTTP_PROXY), as http://USER:PASSWORD@HOST:PORT',
    exitCode: 3,
  },
} as const satisfies Record<string, ErrorEntry>;
