// The text of a body without personal data. One that cannot be read stays so, and still shows whose it was.
import { fromBase64 } from '../logs/embedded.ts';
import { seenId } from '../logs/seen-id.ts';
import { parseJson } from '../protocol/answers.ts';
import { isPlaceholder, lengthOf, type Pseudonyms } from './pseudonyms.ts';
import type { Shape } from './shape.ts';
import { pseudonymised, TooDeep } from './value.ts';

export function bodyWithout(text: string, shape: Shape, pseudonyms: Pseudonyms): string {
  if (isPlaceholder(text) || text.trim() === 'OK') return text;
  const value = parseJson(text) ?? parseJson(fromBase64(text.trim()) ?? '');
  if (value !== undefined) {
    try {
      return JSON.stringify(pseudonymised(value, shape, pseudonyms));
    } catch (error) {
      if (!(error instanceof TooDeep)) throw error;
    }
  }
  const id = seenId(text);
  const length = lengthOf(text);
  return id === undefined ? length : `{"conversationId":${JSON.stringify(pseudonyms.of(id))},${length}`;
}
