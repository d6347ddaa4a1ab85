// Where the parts of a feature file are: cucumber's later messages name them by id only.
import type { FeatureChild, GherkinDocument, Pickle, RuleChild } from '@cucumber/messages';

interface Node {
  id: string;
  location: { line: number };
}

/** file:line of a pickle, or of the node of its file that an id names. */
export type Locate = (pickle: Pickle, nodeId?: string) => string;

export function locationsOf(documents: GherkinDocument[]): Locate {
  const lines = new Map<string, number>();
  for (const { feature } of documents) {
    const nodes: Node[] = [...(feature?.tags ?? []), ...(feature?.children ?? []).flatMap(nodesOf)];
    for (const { id, location } of nodes) lines.set(id, location.line);
  }
  return (pickle, nodeId) => `${pickle.uri}:${lines.get(nodeId ?? '') ?? pickle.location?.line ?? 0}`;
}

function nodesOf(child: FeatureChild | RuleChild): Node[] {
  const { scenario, background } = child;
  const rule = 'rule' in child ? child.rule : undefined;
  return [
    ...(rule ? [...rule.tags, ...rule.children.flatMap(nodesOf)] : []),
    ...(scenario
      ? [...scenario.tags, ...scenario.steps, ...scenario.examples.flatMap((table) => table.tags)]
      : []),
    ...(background?.steps ?? []),
  ];
}
