// What was in a request, for the message of a finding: the kind of event, and the forms of it that a tenant may mind. The
// same words for the same content, whatever the conversation: findings are grouped by them.
import { shown } from '../text/shown-value.ts';
import { eventKind, messageKind } from './event-table.ts';
import { isMessage, isObject } from './requests.ts';

/** "NA entry with language "fr" and isExtAD true, of a voice conversation" */
export function bodyInWords(body: unknown): string {
  if (!isObject(body)) return 'a body that is no JSON object';
  const events = Array.isArray(body.events) ? body.events.filter(isObject) : [];
  const parts = [...(isMessage(body) ? [messageInWords(body)] : []), ...events.map(eventInWords)];
  return parts.join(' + ') || 'a body without events';
}

function messageInWords({ author, language, source, experience }: Record<string, unknown>): string {
  const kind = messageKind(isObject(author) ? author.type : undefined);
  return described(kind, [named('language', language), named('source', source)], experience);
}

function eventInWords(event: Record<string, unknown>): string {
  const { language, isExtAD, reason, data, participant, experience } = event;
  const { customFields } = isObject(participant) ? participant : {};
  const summary = isObject(data) ? data : {};
  const forms = [
    named('reason', reason),
    named('language', language ?? summary.language),
    named('locale', summary.locale),
    named('isExtAD', isExtAD),
    ...(customFields === undefined ? [] : ['customFields']),
  ];
  return described(eventKind(event).slice(0, 60), forms, experience);
}

function named(field: string, value: unknown): string[] {
  return value === undefined ? [] : [`${field} ${shown(value)}`];
}

function described(kind: string, forms: readonly (string | string[])[], experience: unknown): string {
  const given = forms.flat();
  const last = given.pop();
  const list = given.length > 0 ? `${given.join(', ')} and ${last}` : last;
  const of =
    experience === 'chat' ? ', of a chat' : experience === 'voice' ? ', of a voice conversation' : '';
  return `${kind}${list ? ` with ${list}` : ''}${of}`;
}
