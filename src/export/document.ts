// A description of the API as text.
import { stringify } from 'yaml';

export const documentForms = ['yaml', 'json'] as const;
export type DocumentForm = (typeof documentForms)[number];

export function documentText(document: object, form: DocumentForm): string {
  if (form === 'json') return `${JSON.stringify(document, null, 2)}\n`;
  return stringify(document, { aliasDuplicateObjects: false, lineWidth: 0 });
}
