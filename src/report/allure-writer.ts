// Writes Allure results without holding up the run: the adapter's own writer syncs each file to the disk before it goes on.
import { mkdirSync } from 'node:fs';
import { copyFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Writer } from 'allure-js-commons/sdk/reporter';

type Info = Record<string, string | undefined>;

export class AllureWriter implements Writer {
  readonly #folder: string;
  readonly #pending = new Set<Promise<void>>();
  #error: unknown;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  writeResult(result: { uuid: string }): void {
    this.#write(`${result.uuid}-result.json`, JSON.stringify(result));
  }

  writeGroup(result: { uuid: string }): void {
    this.#write(`${result.uuid}-container.json`, JSON.stringify(result));
  }

  writeAttachment(name: string, content: Buffer): void {
    this.#write(name, content);
  }

  writeAttachmentFromPath(name: string, from: string): void {
    this.#keep(copyFile(from, path.join(this.#folder, name)));
  }

  writeEnvironmentInfo(info: Info): void {
    const lines = Object.entries(info).map(([name, value]) => `${name} = ${value ?? ''}\n`);
    this.#write('environment.properties', lines.join(''));
  }

  writeCategoriesDefinitions(categories: object[]): void {
    this.#write('categories.json', JSON.stringify(categories));
  }

  writeGlobals(name: string, info: object): void {
    this.#write(name, JSON.stringify(info));
  }

  /** What CI this was, for Allure's front page. */
  writeExecutor(executor: object): void {
    this.#write('executor.json', JSON.stringify(executor));
  }

  /** Resolves when all is on disk. @throws the first error of a file that could not be written */
  async finished(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
    if (this.#error) throw this.#error;
  }

  #write(name: string, content: string | Buffer): void {
    this.#keep(writeFile(path.join(this.#folder, name), content));
  }

  #keep(writing: Promise<void>): void {
    const settled = writing
      .catch((error: unknown) => {
        this.#error ??= error;
      })
      .finally(() => this.#pending.delete(settled));
    this.#pending.add(settled);
  }
}
