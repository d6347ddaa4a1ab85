// Decompresses a body so that it can be read. It is passed on compressed, as it came.
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync, zstdDecompressSync } from 'node:zlib';

/** Limit of a body, both as it comes and unpacked; any documented one is far smaller. */
export const maxBodyBytes = 64 * 1024 * 1024;

type Unpack = (bytes: Buffer, limits: { maxOutputLength: number }) => Buffer;

const unpackers: Record<string, Unpack> = {
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

/**
 * The body unpacked; as it came when the coding is unknown, or not what the header says.
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
