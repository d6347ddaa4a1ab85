// What a body says, whatever it is packed in. For reading only: on the wire it stays as it came.
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync, zstdDecompressSync } from 'node:zlib';

/** Most bytes of a body, as it comes and unpacked: far beyond any documented one. */
export const maxBodyBytes = 64 * 1024 * 1024;

type Unpack = (bytes: Buffer, limits: { maxOutputLength: number }) => Buffer;

const unpackers: Record<string, Unpack> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  br: brotliDecompressSync,
  zstd: zstdDecompressSync,
  // What is called deflate comes with the frame of zlib, or without.
  deflate: (bytes, limits) => {
    try {
      return inflateSync(bytes, limits);
    } catch {
      return inflateRawSync(bytes, limits);
    }
  },
};

/**
 * The body unpacked; as it came when it is none of these, or not what its header says.
 * @param encoding the Content-Encoding header: the codings in the order in which they were applied (RFC 9110, 8.4)
 */
export function unpacked(bytes: Buffer, encoding: string | undefined): Buffer {
  let plain = bytes;
  for (const coding of (encoding ?? '').toLowerCase().split(',').reverse()) {
    const unpack = unpackers[coding.trim()];
    if (!unpack || plain.length === 0) continue;
    try {
      plain = unpack(plain, { maxOutputLength: maxBodyBytes });
    } catch {
      return bytes;
    }
  }
  return plain;
}
