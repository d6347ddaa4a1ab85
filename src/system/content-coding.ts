// Content codings of HTTP (RFC 9110, 8.4): unpacks the bytes of a body. Unaware of what is in them.
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync, zstdDecompressSync } from 'node:zlib';
import { codeOf } from './error-code.ts';

type Unpack = (bytes: Buffer, limits: { maxOutputLength: number }) => Buffer;

const unpackers: Record<string, Unpack> = {
  identity: (bytes) => bytes,
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  br: brotliDecompressSync,
  zstd: zstdDecompressSync,
  // Senders use "deflate" with and without the zlib header.
  deflate: (bytes, limits) => {
    try {
      return inflateSync(bytes, limits);
    } catch {
      return inflateRawSync(bytes, limits);
    }
  },
};

export type Unpacked =
  | { bytes: Buffer }
  | { problem: 'unknown' | 'damaged' | 'too large' /** As the header names it. */; coding: string };

/**
 * @param encoding the Content-Encoding header: the codings in the order in which they were applied
 * @param maxBytes of the result
 */
export function unpackedBody(bytes: Buffer, encoding: string | undefined, maxBytes: number): Unpacked {
  let plain = bytes;
  for (const named of (encoding ?? '').split(',').reverse()) {
    const coding = named.trim();
    if (coding === '' || plain.length === 0) continue;
    const unpack = unpackers[coding.toLowerCase()];
    if (!unpack) return { problem: 'unknown', coding };
    try {
      plain = unpack(plain, { maxOutputLength: maxBytes });
    } catch (error) {
      return { problem: codeOf(error) === 'ERR_BUFFER_TOO_LARGE' ? 'too large' : 'damaged', coding };
    }
  }
  return { bytes: plain };
}
