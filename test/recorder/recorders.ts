// Recorders, and the tenants behind them, that a test starts; all are ended after it.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach } from 'node:test';
import type { CheckedConversation } from '../../src/check/result.ts';
import { defaultSenderProfile } from '../../src/protocol/sent-request.ts';
import type { JudgedRecord } from '../../src/recorder/record/recording.ts';
import { type Recorder, type RecorderOptions, startRecorder } from '../../src/recorder/recorder.ts';
import { demoIdentity } from '../../src/sandbox/identity.ts';
import type { Sandbox } from '../../src/sandbox/server.ts';
import { listening } from '../tenant/ends.ts';

export const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

export function newFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'recorder-'));
  ends.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface Told {
  over: CheckedConversation[];
  trouble: string[];
}

export type Started = Recorder & { folder: string; told: Told };

export async function recording(options: Partial<RecorderOptions> = {}): Promise<Started> {
  const told: Told = { over: [], trouble: [] };
  const folder = options.folder ?? newFolder();
  const recorder = await startRecorder({
    folder,
    host: '127.0.0.1',
    port: 0,
    profile: defaultSenderProfile,
    idleMs: 30 * 60_000,
    tenant: { identity: demoIdentity },
    onRecord: () => {},
    onOver: (conversation) => told.over.push(conversation),
    onLoose: () => {},
    onCallback: () => {},
    onTrouble: (text) => told.trouble.push(text),
    ...options,
  });
  let stopped: ReturnType<Recorder['stop']> | undefined;
  const stop = () => {
    stopped ??= recorder.stop();
    return stopped;
  };
  ends.push(stop);
  return { ...recorder, stop, folder, told };
}

export function forwarding(url: string, options: Partial<RecorderOptions> = {}): Promise<Started> {
  return recording({ tenant: { forward: { url, timeoutMs: 5000, env: {} } }, ...options });
}

/** As the helpers of the sandbox's tests want it. */
export function asTenant({ url, settings }: Recorder): Sandbox {
  return { url, settings } as unknown as Sandbox;
}

export function textIn(folder: string): string {
  return readFileSync(path.join(folder, 'evidence.ndjson'), 'utf8');
}

export function recordsIn(folder: string): JudgedRecord[] {
  return textIn(folder)
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}

export interface ToldConversation {
  conversationId: string;
  verdict: string;
  findings: { requirement: string; line: number }[];
  steps: { step: { does: string } }[];
}

/** What the recorder answers, about one conversation or many. */
export async function asked(
  url: string,
): Promise<{ status: number; body: ToldConversation & { conversations: ToldConversation[] } }> {
  const response = await fetch(url);
  return { status: response.status, body: (await response.json()) as never };
}

/** A proxy that opens every way, and keeps the credentials that it was shown. */
export async function tunnel(): Promise<{ url: string; asked: (string | undefined)[] }> {
  const asked: (string | undefined)[] = [];
  const server = createServer();
  server.on('connect', (request, socket) => {
    asked.push(request.headers['proxy-authorization']);
    const [host, port] = request.url!.split(':');
    const on = connect(Number(port), host!, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      on.pipe(socket).pipe(on);
    });
    on.on('error', () => socket.destroy());
    socket.on('error', () => on.destroy());
    ends.push(() => on.destroy());
  });
  const url = await listening(server);
  ends.push(() => server.close().closeAllConnections());
  return { url, asked };
}
