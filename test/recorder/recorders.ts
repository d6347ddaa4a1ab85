// Starts recorders, and proxies in front of tenants; all of them end with the test.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach } from 'node:test';
import type { JudgedConversation } from '../../src/check/result.ts';
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

/** What a recorder has reported. */
export interface Reported {
  over: JudgedConversation[];
  trouble: string[];
}

export type Started = Recorder & { folder: string; reported: Reported };

export async function recording(options: Partial<RecorderOptions> = {}): Promise<Started> {
  const reported: Reported = { over: [], trouble: [] };
  const folder = options.folder ?? newFolder();
  const recorder = await startRecorder({
    folder,
    host: '127.0.0.1',
    port: 0,
    hostNames: ['recorder.example', 'x'],
    profile: defaultSenderProfile,
    idleMs: 30 * 60_000,
    tenant: { identity: demoIdentity },
    onRecord: () => {},
    onOver: (conversation) => reported.over.push(conversation),
    onLoose: () => {},
    onCallback: () => {},
    onTrouble: (text) => reported.trouble.push(text),
    ...options,
  });
  let stopped: ReturnType<Recorder['stop']> | undefined;
  const stop = () => {
    stopped ??= recorder.stop();
    return stopped;
  };
  ends.push(stop);
  return { ...recorder, stop, folder, reported };
}

export function forwarding(url: string, options: Partial<RecorderOptions> = {}): Promise<Started> {
  return recording({ tenant: { forward: { url, timeoutMs: 5000, env: {} } }, ...options });
}

/** The recorder in the form that test/sandbox/client.ts expects. */
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

export interface ConversationAnswer {
  conversationId: string;
  verdict: string;
  findings: { requirement: string; line: number }[];
  steps: { step: { type: string } }[];
}

/** The recorder's answer about one conversation or many. */
export async function getJson(
  url: string,
): Promise<{ status: number; body: ConversationAnswer & { conversations: ConversationAnswer[] } }> {
  const response = await fetch(url);
  return { status: response.status, body: (await response.json()) as never };
}

/** A proxy that opens every tunnel, and keeps the credentials that it got. */
export async function tunnel(): Promise<{ url: string; credentials: (string | undefined)[] }> {
  const credentials: (string | undefined)[] = [];
  const server = createServer();
  server.on('connect', (request, socket) => {
    credentials.push(request.headers['proxy-authorization']);
    const [host, port] = request.url!.split(':');
    const target = connect(Number(port), host!, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      target.pipe(socket).pipe(target);
    });
    target.on('error', () => socket.destroy());
    socket.on('error', () => target.destroy());
    ends.push(() => target.destroy());
  });
  const url = await listening(server);
  ends.push(() => server.close().closeAllConnections());
  return { url, credentials };
}
