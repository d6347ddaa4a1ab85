// By what the values are chosen that the documents leave to the sender: names, ids, texts.
import type { Env } from '../system/env.ts';

const usual = 1;

/** @returns null for plain values */
export function seedOf(env: Env): number | null {
  const { CONFORMANCE_VALUES: values } = env;
  if (values === 'plain') return null;
  return values ? Number(values) : usual;
}
