// docs/defects.md: which wrong requests the schemas give.
import { Conversation } from './conversation.ts';
import { hooksDefects, type Part } from './defects.ts';
import { defaultDialect } from './events.ts';

const intro = `# Wrong fields

A scenario that sends a request *with each of its fields wrong in turn* takes the wrong values from the schemas: every
field once with each of the values below that the documents do not allow there. What the documents allow is not wrong, so a
text in other case is tried only where the values of a field are listed. A field that is added to a schema is on this page, and
in the scenarios, on the same day.

\`npm test\` sends a selection of them. Requests with the same fields (an entry, an exit and a redial; a message of the customer
and of the agent) share it out: each of them has every field left out; one is sent with empty fields, one with another word in them,
and the other values change from field to field. Of the envelope, each kind of request has each field wrong once.
\`npm test -- --deep\` sends them all. Each request has one wrong field, and the report names it
with the requirement that it breaks. They share one well-formed request, the *twin*, which is sent last: when it is accepted, the
refusals before it were about the wrong fields. When the tenant accepts one of them, the rest is sent in another conversation.
`;

export function defectsPage(banner: string): string {
  const conversation = new Conversation({ conversationId: 'c-1', botId: 'st-1' }, 'voice', defaultDialect);
  const agent = { number: 1 };
  const message = conversation.message({ text: 'Hello', author: 'USER' }).body;
  const requests: [title: string, body: object, parts: Part[]][] = [
    ['Envelope of an event', conversation.transfer('NA', 'entry', agent).body, ['envelope']],
    ['Transfer event', conversation.transfer('cold', 'exit', agent).body, ['event', 'participant']],
    ['Summary trigger', conversation.summary().body, ['event', 'data']],
    ['End of conversation', conversation.end().body, ['event', 'participant']],
    ['Envelope of a message', message, ['envelope']],
    ['Message', message, ['message', 'author']],
  ];
  const sections = requests.map(([title, body, parts]) => {
    const rows = parts
      .flatMap((part) => hooksDefects(body, part))
      .map((defects) => {
        return `| \`${defects[0]!.field}\` | ${defects.map(({ words }) => words).join(', ')} |\n`;
      });
    return `## ${title}\n\n| field | wrong values |\n| --- | --- |\n${rows.join('')}`;
  });
  return [`${banner}${intro}`, ...sections].join('\n');
}
