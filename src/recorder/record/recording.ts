// A folder to record into: first reads what was recorded before, then writes and judges each exchange.

import type { EvidenceRecord } from '../../evidence/journal.ts';
import { type Redact, redacted } from '../../evidence/redaction.ts';
import { readLog } from '../../logs/read-log.ts';
import { type Answer, parseJson } from '../../protocol/answers.ts';
import type { Finding } from '../../protocol/finding.ts';
import type { SenderFinding } from '../../protocol/lifecycle/lifecycle.ts';
import { isRefused } from '../../protocol/lifecycle/tracker.ts';
import { conversationIdOf } from '../../protocol/requests.ts';
import { exchangeWithout } from '../../pseudonyms/exchange.ts';
import type { KeyOptions } from '../../pseudonyms/folder-key.ts';
import type { Pseudonyms } from '../../pseudonyms/pseudonyms.ts';
import type { FolderLock } from '../../system/folder-lock.ts';
import type { Exchange, WireRequest } from '../../tenant/exchange.ts';
import { LiveCheck, type LiveCheckOptions } from '../live/live-check.ts';
import { tenantFindings } from '../live/tenant-findings.ts';
import { EvidenceFile, makeFolder } from './evidence-file.ts';
import { lockForRecorder } from './folder-lock.ts';
import { folderPseudonyms } from './folder-pseudonyms.ts';
import { Rotation, type RotationOptions } from './rotation.ts';
import { redactFor } from './secrets.ts';
import { segmentsIn } from './segments.ts';
import { entryOfExchange, entryOfLine } from './to-log-entry.ts';

/** A line of the recorder's evidence.ndjson. */
export interface JudgedRecord extends EvidenceRecord {
  findings: {
    /** The findings about the sender when the record was written; `/conversations` has those of now. */
    sender: SenderFinding[];
    /** The order of the request is not judged here: an earlier request had no answer yet. */
    order?: 'pending';
    /** It repeats a request that got no answer. */
    retry?: true;
    tenant?: Finding[];
  };
  /** The bodies that are not UTF-8, redacted, in base64: their text has U+FFFD in place of such bytes. */
  bytes?: { request?: string; answer?: string };
  /** An answer of the tenant that did not reach the sender, which had closed the connection. */
  unheard?: Answer;
}

export interface Written {
  record: JudgedRecord;
  /** Why the check does not judge it. */
  unjudged?: string;
  judge: () => void;
}

export interface RecordingOptions extends LiveCheckOptions {
  folder: string;
  /** Redacts the secrets that are known before any request comes. */
  secrets: Redact;
  /** Whether the answers come from a tenant that is to be judged as well. */
  judgesTenant: boolean;
  /** Records are kept with pseudonyms in place of personal data. */
  pseudonymise?: KeyOptions;
  /** When a file is closed, and how long it is kept; without it, all goes into one file, which is kept. */
  rotation?: RotationOptions;
  onTrouble?: (text: string) => void;
  fsync?: boolean;
  onReading?: (lines: number) => void;
}

export class Recording {
  readonly check: LiveCheck;
  /** How many records earlier processes left, and whether the last one ended in the middle of one. */
  readonly before: { lines: number; readonly torn: boolean };
  readonly file: EvidenceFile;
  readonly #options: RecordingOptions;
  readonly #lock: FolderLock;
  readonly #pseudonyms: Pseudonyms | undefined;
  readonly #rotation: Rotation | undefined;

  private constructor(
    options: RecordingOptions,
    file: EvidenceFile,
    lock: FolderLock,
    pseudonyms: Pseudonyms | undefined,
  ) {
    this.#options = options;
    this.#pseudonyms = pseudonyms;
    this.file = file;
    const { rotation, onTrouble = () => {} } = options;
    this.#rotation = rotation && new Rotation(file, rotation, onTrouble);
    this.before = { lines: file.lines, torn: file.wasTorn };
    this.#lock = lock;
    this.check = new LiveCheck(options);
  }

  /** @throws CodedError when the folder cannot be recorded into */
  static async open(options: RecordingOptions): Promise<Recording> {
    makeFolder(options.folder);
    const lock = lockForRecorder(options.folder);
    try {
      const pseudonyms = folderPseudonyms(options.folder, options.pseudonymise);
      const file = new EvidenceFile(options.folder, options.fsync);
      const recording = new Recording(options, file, lock, pseudonyms);
      await recording.#replay();
      recording.#rotation?.begin();
      return recording;
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  /** The conversation of a request as it is recorded and checked; undefined when it has none. */
  conversationOf({ body }: WireRequest): string | undefined {
    const value = body?.trimStart().startsWith('{') ? parseJson(body) : undefined;
    const id = conversationIdOf(value);
    return id === undefined ? undefined : (this.#pseudonyms?.of(id) ?? id);
  }

  /**
   * Writes the record of an exchange. When this returns, the record outlives the process; `judge` then judges its
   * conversation.
   * @param bytes of the bodies that are not UTF-8
   * @throws what writing throws, as ENOSPC: then the exchange is not judged
   */
  write(exchange: Exchange, bytes: { request?: Buffer; answer?: Buffer } = {}): Written {
    const { secrets, judgesTenant, profile } = this.#options;
    const redact = redactFor(exchange, secrets);
    const clean = this.#withoutPersonalData(redacted(exchange, redact));
    const heard = asHeard(clean);
    this.#rotation?.tick(Date.now(), true);
    const place = { file: this.#rotation?.path ?? this.file.path, line: this.file.lines + 1 };
    const found = entryOfExchange(heard, place, profile.hooksPath);
    const sent = found.kind === 'request' ? found.record : undefined;
    const look = sent && this.check.look(sent);
    const tenant = judgesTenant && sent && clean.answer ? tenantFindings(sent, clean.answer) : undefined;
    const sender = look ? [...look.requestFindings, ...look.orderFindings] : [];
    // Bytes that are not text would be kept as they are.
    const kept = Object.entries(this.#pseudonyms ? {} : bytes).map(([whose, body]) => [
      whose,
      redactedBytes(body, redact),
    ]);
    const record: JudgedRecord = {
      ...heard,
      ...(kept.length > 0 ? { bytes: Object.fromEntries(kept) } : {}),
      findings: {
        sender,
        ...(look?.isOrderPending ? { order: 'pending' } : {}),
        ...(look?.role === 'retry' ? { retry: true } : {}),
        ...(tenant ? { tenant } : {}),
      },
    };
    const line = JSON.stringify(record);
    this.file.append(line);
    const judged = entryOfLine(line, found, place);
    const recorded = {
      ...place,
      findings: sender.map((one) => ({ ...one, ...place })),
      isOrderPending: look?.isOrderPending ?? false,
    };
    return {
      record,
      ...(judged.kind === 'skipped' ? { unjudged: judged.skipped.reason } : {}),
      judge: () => this.check.take(judged, recorded),
    };
  }

  #withoutPersonalData(exchange: Exchange): Exchange {
    const { hooksPath = '', ownPaths = [] } = this.#options.profile;
    return this.#pseudonyms
      ? exchangeWithout(exchange, [hooksPath, ...ownPaths], this.#pseudonyms)
      : exchange;
  }

  /** From time to time. @param now epoch milliseconds */
  tick(now: number): void {
    this.check.closeIdle(now);
    this.#rotation?.tick(now);
  }

  async close(): Promise<void> {
    await this.#rotation?.end();
    this.file.close();
    this.#lock.release();
  }

  async #replay(): Promise<void> {
    const { lines } = this.before;
    if (lines >= manyLines) this.#options.onReading?.(lines);
    for (const { path: file } of segmentsIn(this.#options.folder))
      this.before.lines += await this.#replayFile(file);
    if (lines > 0) await this.#replayFile(this.file.path);
  }

  /** @returns how many records it has */
  async #replayFile(file: string): Promise<number> {
    const { hooksPath } = this.#options.profile;
    let lines = 0;
    for await (const batch of readLog(file, hooksPath === undefined ? {} : { hooksPath })) {
      for (const entry of batch) this.check.replay(entry);
      lines += batch.length;
    }
    return lines;
  }
}

/** One character a byte, so that what is not redacted stays as it came. */
function redactedBytes(bytes: Buffer, redact: Redact): string {
  return Buffer.from(redact(bytes.toString('latin1')), 'latin1').toString('base64');
}

/** So many take about a second to read. */
const manyLines = 50_000;

/**
 * A refusal counts even when the sender did not hear it. Any other answer that it did not hear goes to `unheard`, so that
 * a reader of the line takes the request for unanswered.
 */
function asHeard(exchange: Exchange): Exchange & { unheard?: Answer } {
  const { answer, ...rest } = exchange;
  const counts = !answer || !rest.failure || isRefused(answer.status);
  return counts ? exchange : { ...rest, unheard: answer };
}
