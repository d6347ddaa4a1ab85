// Checks that the catalogue is consistent. Works on the parsed YAML; does not read files.

export const levels = ['must', 'should', 'may'];
const bases = ['stated', 'shown', 'inferred'];
const parties = ['tenant', 'sender', 'both'];
export const evidence = [
  'accepted',
  'answer',
  'bad token',
  'unknown bot',
  'faulty request',
  'refused',
  'transferred',
  'outcome',
  'failure',
];
const documents = ['CE', 'IT', 'EC', 'AC', 'AA'];

type Entry = Record<string, unknown>;

/** The content of spec/requirements.yaml. */
export interface RequirementsFile {
  areas: { area: string; prefixes: string[] }[];
  requirements: Entry[];
}

/** All problems of the two files, one sentence each; an empty list means that they are consistent. */
export function catalogueProblems(file: unknown, ambiguities: unknown): string[] {
  const { areas, requirements } = (file ?? {}) as Partial<Record<keyof RequirementsFile, unknown>>;
  if (!Array.isArray(areas) || !Array.isArray(requirements)) {
    return ['requirements.yaml must hold two lists, areas and requirements'];
  }
  if (!Array.isArray(ambiguities)) return ['ambiguities.yaml must hold a list'];
  if (![...requirements, ...ambiguities].every(isEntry)) return ['each entry must be an object with an id'];
  const known = new Set(ambiguities.map((entry: Entry) => entry.id));
  return [
    ...duplicates(requirements),
    ...duplicates(ambiguities),
    ...requirements.flatMap((entry: Entry) => requirementProblems(entry, known)),
    ...ambiguities.flatMap((entry: Entry) => ambiguityProblems(entry)),
    ...areaProblems(areas, requirements),
  ];
}

/** The requirements of a consistent file, each with its area. */
export function withAreas({ areas, requirements }: RequirementsFile): Entry[] {
  return requirements.map((entry) => {
    const { area } = areas.find(({ prefixes }) => prefixes.includes(prefixOf(entry)))!;
    return { ...entry, area };
  });
}

/** HOOKS-EP of HOOKS-EP-01 */
function prefixOf({ id }: Entry): string {
  return String(id).replace(/-\d+$/, '');
}

function areaProblems(areas: unknown[], requirements: Entry[]): string[] {
  if (!areas.every(isArea)) return ['areas: each must be like {area: Envelope, prefixes: [HOOKS-ENV]}'];
  const prefixes = areas.flatMap((one) => one.prefixes);
  const used = new Set(requirements.map(prefixOf));
  return [
    ...prefixes
      .filter((prefix, index) => prefixes.indexOf(prefix) < index)
      .map((prefix) => `areas: ${prefix} is listed twice, but a prefix belongs to one area`),
    ...prefixes
      .filter((prefix) => !used.has(prefix))
      .map((prefix) => `areas: no requirement begins with ${prefix}-`),
    ...[...used]
      .filter((prefix) => !prefixes.includes(prefix))
      .map((prefix) => withoutArea(prefix, requirements)),
  ];
}

function withoutArea(prefix: string, requirements: Entry[]): string {
  const { id } = requirements.find((entry) => prefixOf(entry) === prefix)!;
  return `${id}: ${prefix} belongs to no area; add it to one in requirements.yaml, or a line like - {area: The name of the area, prefixes: [${prefix}]}`;
}

function requirementProblems(entry: Entry, ambiguities: Set<unknown>): string[] {
  const id = String(entry.id);
  const problems: string[] = [];
  if (!/^(HOOKS|ASSIGN)-[A-Z]+-\d\d$/.test(id)) problems.push(`${id}: not a requirement id like HOOKS-EP-01`);
  if (!levels.includes(String(entry.level)))
    problems.push(`${id}: level must be one of ${levels.join(', ')}`);
  if (!parties.includes(String(entry.binds)))
    problems.push(`${id}: binds must be one of ${parties.join(', ')}`);
  if (!bases.includes(String(entry.basis))) problems.push(`${id}: basis must be one of ${bases.join(', ')}`);
  if (entry.level === 'must' && entry.basis === 'inferred') {
    problems.push(`${id}: a must is stated or shown by a document; what is inferred is a should`);
  }
  if (typeof entry.since !== 'string' || !/^\d+\.\d+\.\d+$/.test(entry.since))
    problems.push(`${id}: since must be the version of the suite that first has it, like 1.2.0`);
  if (typeof entry.title !== 'string' || entry.title === '') problems.push(`${id}: title is missing`);
  if (!Array.isArray(entry.source)) problems.push(`${id}: source is missing`);
  else if (entry.basis !== 'inferred' && entry.source.length === 0) {
    problems.push(`${id}: its basis is ${entry.basis}, so source must name the document`);
  }
  if (entry.untestable !== undefined && !isReason(entry.untestable)) {
    problems.push(`${id}: untestable must say why, in a sentence`);
  }
  if (entry.untestable === undefined || isReason(entry.untestable))
    problems.push(...evidenceProblems(entry, id));
  if (entry.ambiguity !== undefined && !Array.isArray(entry.ambiguity)) {
    problems.push(`${id}: ambiguity must be a list`);
  }
  for (const source of list(entry.source)) {
    if (!documents.includes(String(source))) problems.push(`${id}: ${source} is not one of the documents`);
  }
  for (const ambiguity of list(entry.ambiguity)) {
    if (!ambiguities.has(ambiguity)) problems.push(`${id}: ambiguities.yaml has no ${ambiguity}`);
  }
  return problems;
}

function evidenceProblems({ binds, untestable, decidedBy }: Entry, id: string): string[] {
  const isDecidable = binds !== 'sender' && untestable === undefined;
  if (!isDecidable) {
    return decidedBy === undefined
      ? []
      : [`${id}: decidedBy is only for what a run against a tenant can decide`];
  }
  if (list(decidedBy).length > 0 && list(decidedBy).every((one) => evidence.includes(String(one)))) return [];
  return [`${id}: decidedBy must list what decides it: ${evidence.join(', ')}`];
}

function ambiguityProblems(entry: Entry): string[] {
  const id = String(entry.id);
  const problems: string[] = [];
  if (!/^X-\d\d$/.test(id)) problems.push(`${id}: not an ambiguity id like X-01`);
  if (typeof entry.says !== 'string') problems.push(`${id}: says is missing`);
  for (const treatment of list(entry.treatment)) {
    if (!['knob', 'both', 'probe'].includes(String(treatment))) {
      problems.push(`${id}: ${treatment} is not a treatment`);
    }
  }
  return problems;
}

function duplicates(entries: Entry[]): string[] {
  const seen = new Set<unknown>();
  return entries.flatMap((entry) => {
    if (seen.has(entry.id)) return [`${entry.id}: is listed twice`];
    seen.add(entry.id);
    return [];
  });
}

function isReason(value: unknown): boolean {
  return typeof value === 'string' && value.trim().includes(' ');
}

function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && 'id' in value;
}

function isArea(value: unknown): value is RequirementsFile['areas'][number] {
  const { area, prefixes } = (value ?? {}) as Record<string, unknown>;
  return isText(area) && list(prefixes).length > 0 && list(prefixes).every(isText);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
