// Decompresses a body so that it can be read. It is passed on compressed, as it came.
import { unpackedBody } from '../../system/content-coding.ts';

/** Limit of a body, both as it comes and unpacked; any documented one is far smaller. */
export const maxBodyBytes = 64 * 1024 * 1024;

/**
 * The body unpacked; as it came when the coding is unknown, or not what the header says.
 * @param encoding the Content-Encoding header
 */
export function unpacked(bytes: Buffer, encoding: string | undefined): Buffer {
  const result = unpackedBody(bytes, encoding, maxBodyBytes);
  return 'bytes' in result ? result.bytes : bytes;
}
