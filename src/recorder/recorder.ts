// A running recorder: a server for the senders, a folder, a live check, and behind them the real or the reference tenant.
import type { CheckSummary, PlacedFinding } from '../check/result.ts';
import type { SenderProfile } from '../protocol/sent-request.ts';
import type { KeyOptions } from '../pseudonyms/folder-key.ts';
import { tokenRefusal } from '../sandbox/authentication.ts';
import type { Behaviour } from '../sandbox/behaviour.ts';
import type { DeliveryLine } from '../sandbox/callback-delivery.ts';
import { maxBodyBytes as sandboxBodyBytes } from '../sandbox/request-body.ts';
import { type Sandbox, type SandboxIdentity, startSandbox } from '../sandbox/server.ts';
import type { LiveCheckOptions } from './live/live-check.ts';
import { Feed } from './page/feed.ts';
import { ownPage } from './page/own-page.ts';
import { permissiveBehaviour } from './permissive-tenant.ts';
import { Recording } from './record/recording.ts';
import type { RotationOptions } from './record/rotation.ts';
import { knownSecrets } from './record/secrets.ts';
import { type RecordedRequest, RecordingServer } from './server.ts';
import { maxBodyBytes } from './wire/bodies.ts';
import { Forward, type ForwardOptions } from './wire/forward.ts';
import { rawAnswer, sendResponse } from './wire/send-response.ts';

/** How often the recorder looks for conversations that have gone idle. */
const idleCheckMs = 1000;
/** For the reference tenant, which answers at once. */
const sandboxTimeoutMs = 30_000;

export interface RecorderOptions {
  folder: string;
  host: string;
  port: number;
  profile: SenderProfile;
  idleMs: number;
  /** Names under which senders know the recorder, and hosts of pages that may send to it. */
  hostNames?: readonly string[];
  /** Whether a record is on the disk, not only with the system, before its request is answered. */
  fsync?: boolean;
  /** Names, ids and texts are kept as pseudonyms, with a key that is elsewhere. */
  pseudonymise?: KeyOptions;
  /** When a file of records is closed and packed, and how long it is kept. */
  rotation?: RotationOptions;
  /** Called when a recording of earlier processes takes a while to read. @param lines of it */
  onReading?: (lines: number) => void;
  /** How long requests in flight may still take when the recorder stops; as long as an answer may take when left out. */
  graceMs?: number;
  tenant: RealTenant | ReferenceTenant;
  onRecord: (recorded: RecordedRequest) => void;
  onOver: LiveCheckOptions['onOver'];
  onLoose: (finding: PlacedFinding) => void;
  onCallback: (line: DeliveryLine) => void;
  onTrouble: (text: string) => void;
}

export interface RealTenant {
  forward: ForwardOptions;
  /** The secret of the client app, if the environment has it: it must not be recorded. */
  clientSecret?: string;
}

export interface ReferenceTenant {
  identity: SandboxIdentity;
  /** A deliberate fault; it overrides the permissive behaviour. */
  behaviour?: Partial<Behaviour>;
}

export interface Recorder {
  url: string;
  /** What earlier processes left in the folder. */
  before: { lines: number; torn: boolean };
  /** Settings that point a sender at the reference tenant; none for a real one. */
  settings?: Record<string, string>;
  /** What reading `/conversations` asks for; undefined on the loopback. */
  readToken?: string;
  /** How many requests are not answered yet. */
  inFlight(): number;
  /** How many of them the tenant has. */
  awaited(): number;
  /** Waits up to `graceMs` for the requests in flight, then breaks them off. Returns the check of the whole folder. */
  stop(): Promise<CheckSummary>;
}

/** @throws CodedError when the folder cannot be recorded into; what listening throws, with its `code` */
export async function startRecorder(options: RecorderOptions): Promise<Recorder> {
  const { tenant } = options;
  const real = 'forward' in tenant;
  let feed: Feed | undefined;
  const recording = await Recording.open({
    ...options,
    onChange: (id) => feed?.changed(id),
    onLoose: (finding) => {
      feed?.loose(finding);
      options.onLoose(finding);
    },
    secrets: knownSecrets(real ? tenant.clientSecret : tenant.identity.clientSecret),
    judgesTenant: real,
  });
  const pages = new Feed(recording.check);
  feed = pages;
  const cleanups: (() => unknown)[] = [() => recording.close(), () => pages.close()];
  const stop = async () => {
    for (const cleanUp of cleanups.reverse()) await cleanUp();
  };
  try {
    const sandbox = real ? undefined : await referenceTenant(options, tenant);
    if (sandbox) cleanups.push(() => sandbox.close());
    const forward = real
      ? new Forward(tenant.forward)
      : new Forward({ url: sandbox!.url, timeoutMs: sandboxTimeoutMs, env: {} });
    cleanups.push(() => forward.close());
    const server = new RecordingServer({
      host: options.host,
      port: options.port,
      recording,
      send: (request) => forward.send(request),
      own: (request, target) => {
        const own = ownPage(request, target, recording.check, pages);
        if (!own) return undefined;
        return 'stream' in own ? own.stream : (response) => sendResponse(response, rawAnswer(own.answer()));
      },
      onRecord: options.onRecord,
      onTrouble: options.onTrouble,
      hasToken: (headers) =>
        real
          ? Boolean(headers.token || headers.auth || headers.authorization)
          : tokenRefusal(headers, ['token', 'auth'], tenant.identity) === undefined,
      strangersBodyBytes: real ? maxBodyBytes : sandboxBodyBytes,
      hostNames: options.hostNames ?? [],
      ...(real ? { tenantHost: new URL(tenant.forward.url).host } : {}),
    });
    const url = await server.listen();
    const graceMs = options.graceMs ?? (real ? tenant.forward.timeoutMs : sandboxTimeoutMs);
    cleanups.push(() => server.close(graceMs, () => forward.close()));
    const idleCheck = setInterval(() => recording.tick(Date.now()), idleCheckMs);
    cleanups.push(() => clearInterval(idleCheck));
    return {
      url,
      before: recording.before,
      ...(server.readToken === undefined ? {} : { readToken: server.readToken }),
      inFlight: () => server.inFlight,
      awaited: () => server.awaited,
      ...(sandbox ? { settings: { ...sandbox.settings, TENANT_URL: url } } : {}),
      stop: async () => {
        await stop();
        return recording.check.end();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Only the recorder knows its port. */
function referenceTenant(
  options: RecorderOptions,
  { identity, behaviour }: ReferenceTenant,
): Promise<Sandbox> {
  const { hooksPath } = options.profile;
  return startSandbox({
    identity,
    behaviour: { ...permissiveBehaviour, ...behaviour },
    ...(hooksPath === undefined ? {} : { hooksPath }),
    onCallback: options.onCallback,
  });
}
