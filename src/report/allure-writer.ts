// Writes Allure results without holding up the run. The adapter's own writer waits until each file is on the disk; this
// one sends all files of a scenario to a thread, which writes them.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Writer } from 'allure-js-commons/sdk/reporter';
import { listIn } from '../system/made-files.ts';

type Info = Record<string, string | undefined>;

interface NamedFile {
  name: string;
  content: string | Uint8Array;
}

export class AllureWriter implements Writer {
  readonly #thread: Worker;
  readonly #exit: Promise<unknown>;
  #files: NamedFile[] = [];
  #error: unknown;

  constructor(folder: string) {
    this.#thread = new Worker(new URL('./file-writer-thread.js', import.meta.url), {
      workerData: { folder, list: listIn(path.dirname(folder)) },
    });
    this.#thread.on('error', (error) => {
      this.#error ??= error;
    });
    this.#exit = once(this.#thread, 'exit').catch(() => undefined);
    // The thread must not keep a run alive that ends early; its reports are then incomplete.
    this.#thread.unref();
  }

  writeResult(result: { uuid: string }): void {
    this.#add(`${result.uuid}-result.json`, JSON.stringify(result));
    this.#send();
  }

  writeGroup(result: { uuid: string }): void {
    this.#add(`${result.uuid}-container.json`, JSON.stringify(result));
  }

  writeAttachment(name: string, content: Buffer | string): void {
    this.#add(name, content);
  }

  writeAttachmentFromPath(name: string, from: string): void {
    this.#add(name, readFileSync(from));
  }

  writeEnvironmentInfo(info: Info): void {
    const lines = Object.entries(info).map(([name, value]) => `${name} = ${value ?? ''}\n`);
    this.#add('environment.properties', lines.join(''));
  }

  writeCategoriesDefinitions(categories: object[]): void {
    this.#add('categories.json', JSON.stringify(categories));
  }

  writeGlobals(name: string, info: object): void {
    this.#add(name, JSON.stringify(info));
  }

  /** The CI job, for Allure's front page. */
  writeExecutor(executor: object): void {
    this.#add('executor.json', JSON.stringify(executor));
  }

  /** Resolves when all files are written. @throws the error of a file that could not be written */
  async finished(): Promise<void> {
    this.#thread.ref();
    this.#send();
    this.#thread.postMessage('end');
    await this.#exit;
    if (this.#error) throw this.#error;
  }

  #add(name: string, content: string | Buffer): void {
    this.#files.push({ name, content });
  }

  #send(): void {
    this.#thread.postMessage(this.#files);
    this.#files = [];
  }
}
