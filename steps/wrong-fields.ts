// Which defects of its fields a request is sent with: all of them with --deep, otherwise a selection, shared out among the kinds
// of request that have the same fields.
import {
  coveringSelection,
  type FieldDefect,
  hooksDefects,
  oneOfEach,
  parts,
  type Turn,
} from '../src/protocol/defects.ts';
import type { HooksBody } from '../src/protocol/events.ts';
import { type Kind, kinds } from './requests.ts';

const allKinds = Object.keys(kinds) as Kind[];

export function wrongFields(kind: Kind, body: HooksBody, deep: boolean): FieldDefect[] {
  const envelope = hooksDefects(body, 'envelope');
  const own = parts.filter((part) => part !== 'envelope').flatMap((part) => hooksDefects(body, part));
  if (deep) return [...envelope, ...own].flat();
  const siblings = allKinds.filter((other) => kinds[other].of === kinds[kind].of);
  return [
    ...oneOfEach(envelope, turnOf(kind, allKinds)),
    ...coveringSelection(own, turnOf(kind, siblings), allKinds.indexOf(kind)),
  ];
}

function turnOf(kind: Kind, among: readonly Kind[]): Turn {
  return { number: among.indexOf(kind), of: among.length };
}
