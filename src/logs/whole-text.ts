// The text of a log that is one JSON document: it can be read only as a whole.
import { isUtf8 } from 'node:buffer';
import { invalidAt } from './lines.ts';

/** The longest one: Node's strings cannot be much longer. */
export const maxDocumentBytes = 512_000_000;

/** `byte` is the first that is invalid, counted from 1. */
export type WholeText = { text: string } | { problem: 'too long' } | { problem: 'not UTF-8'; byte: number };

/** Reads no further than it has to. @throws what reading throws, as BrokenOff */
export async function wholeText(text: AsyncGenerator<Buffer>): Promise<WholeText> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of text) {
    size += chunk.length;
    if (size > maxDocumentBytes) return { problem: 'too long' };
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  return isUtf8(bytes)
    ? { text: bytes.toString('utf8') }
    : { problem: 'not UTF-8', byte: invalidAt(bytes) + 1 };
}
