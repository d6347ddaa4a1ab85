// Several deviations of the sandbox at a time: what each replaces of the documented behaviour, together.
import { isDeepStrictEqual } from 'node:util';
import { type Behaviour, documentedBehaviour } from './behaviour.ts';

export interface Deviation {
  name: string;
  behaviour?: () => Partial<Behaviour>;
}

/** Two deviations replace the same part, so that one of them would be lost. */
export class Contradiction extends Error {
  override name = 'Contradiction';
}

type Parts = Record<string, unknown>;
type Check = (...given: unknown[]) => unknown;
type Around = (request: unknown, answer: () => unknown) => unknown;

/** @throws Contradiction */
export function combinedBehaviour(deviations: readonly Deviation[]): Partial<Behaviour> {
  let combined: Parts = {};
  const names: string[] = [];
  for (const { name, behaviour } of deviations) {
    try {
      combined = { ...combined, ...partsOf(combined, behaviour?.() ?? {}) };
    } catch (error) {
      if (!(error instanceof Contradiction)) throw error;
      throw new Contradiction(
        `${names.join(', ')} and ${name} cannot be combined: more than one replaces ${error.message}`,
      );
    }
    names.push(name);
  }
  return combined as Partial<Behaviour>;
}

function partsOf(before: Parts, next: Parts): Parts {
  const parts = Object.entries(next).map(([part, value]) => {
    const documented = (documentedBehaviour as Parts)[part];
    const known = before[part] ?? documented;
    if (!isGroup(documented)) return [part, combinedPart(part, { documented, known, value })];
    return [part, combinedGroup(part, documented, known as Parts, value as Parts)];
  });
  return Object.fromEntries(parts);
}

interface Versions {
  documented: unknown;
  known: unknown;
  value: unknown;
}

function combinedPart(part: string, { documented, known, value }: Versions): unknown {
  if (known === documented) return value;
  if (value === documented) return known;
  if (!part.startsWith('around')) throw new Contradiction(part);
  return (request: unknown, answer: () => unknown) => {
    return (known as Around)(request, () => (value as Around)(request, answer));
  };
}

/** In the order of the first: the order of the checks decides which refusal a sender sees. */
function combinedGroup(part: string, documented: Parts, known: Parts, value: Parts): Parts {
  const names = new Set([documented, known, value].flatMap(Object.keys));
  const members = [...names].map((name): [string, unknown] => {
    return [name, combinedMember(`${part}.${name}`, documented[name], known[name], value[name])];
  });
  return Object.fromEntries(members.filter(([, member]) => member !== undefined));
}

function combinedMember(path: string, documented: unknown, known: unknown, value: unknown): unknown {
  if (known === documented) return value;
  if (value === documented) return known;
  if (![documented, known, value].every(isCheck)) throw new Contradiction(path);
  // The one that decides otherwise than documented counts. Each is asked, since it may keep state.
  return (...given: unknown[]) => {
    const [usual, first, second] = [documented, known, value].map((check) => (check as Check)(...given));
    return isDeepStrictEqual(first, usual) ? second : first;
  };
}

function isCheck(value: unknown): boolean {
  return typeof value === 'function';
}

function isGroup(value: unknown): value is Parts {
  return typeof value === 'object' && value !== null;
}
