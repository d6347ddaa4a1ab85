// What the catalogue says about a part of the API, as Markdown for the description of an operation.
import { catalogue, type RequirementId, requirement } from '../protocol/catalogue.ts';
import { ambiguities } from '../protocol/generated/catalogue.ts';

/** Who has to keep a requirement, for people. */
const bound = { tenant: 'the tenant', sender: 'the sender', both: 'both' } as const;

/** All requirements of an API by area. @param prefix of their ids */
export function rulesInWords(prefix: 'HOOKS' | 'ASSIGN'): string {
  const about = catalogue.filter(({ id }) => id.startsWith(`${prefix}-`));
  const byArea = Map.groupBy(about, ({ area }) => area);
  return [...byArea]
    .map(([area, some]) => {
      const lines = some.map(
        ({ id, level, binds, title, ambiguity = [] }) =>
          `- ${[`${id} (${level}, ${bound[binds]}`, ...ambiguity].join('; ')}): ${literal(title)}`,
      );
      return `### ${area}\n\n${lines.join('\n')}`;
    })
    .join('\n\n');
}

/** Where the documents contradict themselves, and how they are read. */
export function readingsInWords(): string {
  return ambiguities
    .map(({ id, about, says, ...more }) => {
      const read = 'default' in more ? ` Read as: ${more.default}.` : '';
      return literal(`- ${id}, ${about}: ${says}.${read}`);
    })
    .join('\n');
}

/** The titles of requirements: "Success is HTTP 200 (HOOKS-RESP-01, must)." */
export function saidBy(...ids: RequirementId[]): string {
  return ids
    .map((id) => {
      const { title, level } = requirement(id);
      return `${literal(title)} (${id}, ${level}).`;
    })
    .join(' ');
}

/** Markdown would take them for a tag of HTML. */
function literal(text: string): string {
  return text.replaceAll('<', '\\<');
}
