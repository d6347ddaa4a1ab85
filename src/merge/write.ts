// Every report that a run writes, of runs that have ended: those that are made of a judged run, those that are made of
// messages, the evidence, and the messages themselves.
import { EventEmitter, once } from 'node:events';
import { createReadStream, createWriteStream, statSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { IFormatterOptions } from '@cucumber/cucumber';
import type { Envelope } from '@cucumber/messages';
import { evidenceName } from '../evidence/journal.ts';
import { MessageFile, messageFileName, runEndType, runHeadType } from '../evidence/message-file.ts';
import AllureFormatter from '../report/allure-formatter.ts';
import htmlFormatter from '../report/html-formatter.ts';
import { writeReports } from '../report/reports.ts';
import type { RunEnd, RunHead } from '../run/run-head.ts';
import { type EndedRun, keepEndedRun } from '../verdict/ended-run.ts';

export interface ToWrite {
  ended: EndedRun;
  head: RunHead;
  end: RunEnd;
  envelopes: readonly Envelope[];
  /** Whose evidence it is, in this order. */
  folders: readonly string[];
}

/** @param to a folder that is prepared @returns the reports that could not be written, each with the reason */
export async function writeAll(what: ToWrite, to: string): Promise<ReadonlyMap<string, string>> {
  const unwritten = keepMessages(what, to);
  await joinEvidence(what.folders, path.join(to, evidenceName));
  // As the formatters of a run find it.
  const ended = unwritten ? { ...what.ended, unwritten: { [messageFileName]: unwritten } } : what.ended;
  keepEndedRun(ended);
  await writeCucumberPage(what.envelopes, path.join(to, 'cucumber.html'));
  await writeAllureResults(what, to);
  return await writeReports(ended, to);
}

/** So that they can be judged again as one. */
function keepMessages({ head, end, envelopes }: ToWrite, to: string): string | undefined {
  const messages = new MessageFile(to);
  messages.note(runHeadType, head);
  for (const envelope of envelopes) messages.add(envelope);
  messages.note(runEndType, end);
  return messages.close();
}

async function joinEvidence(folders: readonly string[], to: string): Promise<void> {
  const files = folders
    .map((folder) => path.join(folder, evidenceName))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile());
  for (const file of files) await pipeline(createReadStream(file), createWriteStream(to, { flags: 'a' }));
}

async function writeCucumberPage(envelopes: readonly Envelope[], to: string): Promise<void> {
  const stream = createWriteStream(to);
  const said = new EventEmitter();
  const close = await htmlFormatter.formatter({
    on: (_, handler) => said.on('message', handler),
    write: (text) => stream.write(text),
    stream,
    options: undefined,
    logger: console,
  });
  for (const envelope of envelopes) said.emit('message', envelope);
  await close?.();
  if (stream.destroyed) return;
  stream.end();
  await once(stream, 'close');
}

async function writeAllureResults({ head, envelopes }: ToWrite, to: string): Promise<void> {
  const { url, botId, profile, embedded } = head.tenant;
  // What the surroundings of the results are taken from.
  Object.assign(process.env, {
    TENANT_URL: url,
    TENANT_BOT_ID: botId,
    TENANT_PROFILE: profile ?? '',
    CONFORMANCE_EMBEDDED: String(embedded),
    CONFORMANCE_RUN: head.run,
  });
  const said = new EventEmitter();
  const hooks = envelopes.flatMap(({ hook }) => hook ?? []);
  const formatter = new AllureFormatter({
    eventBroadcaster: said,
    stream: { path: path.join(to, '.allure') },
    supportCodeLibrary: { beforeTestCaseHookDefinitions: hooks, afterTestCaseHookDefinitions: [] },
    parsedArgvOptions: {},
    cleanup: async () => {},
    cwd: process.cwd(),
    log: () => {},
  } as unknown as IFormatterOptions);
  for (const envelope of envelopes) said.emit('envelope', envelope);
  await formatter.finished();
}
