// Values as real contact centres have them, where the documents ask for a text and leave its content to the sender. Each has
// a name for a finding, after the field: "participant.name with an apostrophe".

/** A value, by what is special about it. */
export interface Special {
  with: string;
  value: string;
}

const special = (what: string, value: string): Special => ({ with: what, value });
const long = (unit: string, length: number) => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);

export const names: readonly Special[] = [
  special('an apostrophe', "Siobhan O'Brien"),
  special('a typographic apostrophe', 'Chiara D’Angelo'),
  special('letters with accents', 'Jürgen Großmann-Çelik'),
  special('combining marks', 'Zoe\u0308 Mu\u0308ller'),
  special('Chinese characters', '王小明'),
  special('Japanese characters', '佐藤 さくら'),
  special('Korean characters', '김민준'),
  special('Cyrillic letters', 'Алексей Иванов'),
  special('Greek letters', 'Ελένη Παπαδοπούλου'),
  special('Arabic letters', 'أحمد الحسيني'),
  special('Hebrew letters', 'שרה כהן'),
  special('Devanagari letters', 'नेहा शर्मा'),
  special('Thai letters', 'สมชาย ใจดี'),
  special('an emoji', 'Max 🚀'),
  special('an emoji of several characters', 'Nadia 👩🏽‍💻'),
  special('quotation marks', 'Dwayne "The Rock" Johnson'),
  special('markup', '<b>Ann</b> & Partner'),
  special('a comma', 'Müller, Jürgen'),
  special('parentheses', 'Anna (Team 2)'),
  special('a slash', 'Front Desk / Night'),
  special('a backslash', 'CORP\\anna'),
  special('a percent sign', '100% Anna'),
  special('braces', '{{agent.name}} \u0024{name}'),
  special('a semicolon and dashes', "Ann'; -- Smith"),
  special('one letter', 'X'),
  special('digits only', '4711'),
  special('the word null', 'null'),
  special('an ampersand and a plus', 'R+D & Sales'),
  special('upper case and underscores', 'KORE_UAT_AGT_EN'),
  special('lower case only', 'anna meier'),
  special('120 characters', long('Maria del Carmen ', 119).padEnd(120, 'x')),
];

/** Identities of agents: `#` stands for the number of the agent, in two digits, and `^#` for letters whose case tells it. */
export const identities: readonly Special[] = [
  special('an e-mail address', "anna.o'neil+#@cc.example.com"),
  special('a SIP address', 'sip:10#@pbx.example.com:5060;transport=tls'),
  special('a telephone number', '+49309018#'),
  special('a UUID in upper case', '6F9619FF-8B86-4011-B42D-00CF4FC964#'),
  special('a UUID in braces', '{6f9619ff-8b86-4011-b42d-00cf4fc964#}'),
  special('quotation marks', '"anna"#'),
  special('leading zeros', '0000#'),
  special('dots and an underscore', 'anna.meier_#'),
  special('a space', 'Anna Meier #'),
  special('a backslash', 'CORP\\anna#'),
  special('a slash', 'eu/berlin/#'),
  special('colons', 'acd:eu-1:#'),
  special('percent-encoding', 'anna%2Fmeier%20#'),
  special('two digits alone', '#'),
  special('the name of a member of JavaScript objects', '^member'),
  special('letters that differ in their case only', 'AnnaMeier^#'),
  special('letters with accents', 'jürgen.groß#'),
  special('Cyrillic letters', 'агент-#'),
  special('Chinese characters', '坐席#'),
  special('a number sign and a question mark', 'queue#?x=#'),
  special('nineteen digits', '90071992547409930#'),
  special('128 characters', `${long('anna-meier-', 126)}#`),
];

/** No more than the longest conversation has messages whose text is left open. */
export const texts: readonly Special[] = [
  special('line breaks and a tab', 'My address is:\nMain Street 1\r\n\r\n12345\tSpringfield'),
  special('an apostrophe', "It doesn't work, and I can't wait"),
  special('quotation marks', 'It says "try again" and ‘later’'),
  special('a backslash', 'C:\\new\\temp\\u0041'),
  special(
    'letters with accents',
    'Où est ma commande ? Straße, naïve, çok güzel, a\u0301 o\u0308 n\u0303 \u1ea5',
  ),
  special('a hundred Chinese and Japanese characters', long('我的订单在哪里？ 注文はどこですか。', 100)),
  special(
    'Arabic and Hebrew letters and direction marks',
    '\u200fأين طلبي؟ \u2066no. 4711\u2069 איפה ההזמנה שלי?\u200e',
  ),
  special('Thai and Devanagari letters', 'สวัสดี नमस्ते'),
  special('an emoji', 'Thank you 👍🏽👨‍👩‍👧‍👦🇩🇪'),
  special('markup', '<script>alert("1")</script> <br/> &amp; <!-- x -->'),
  special('JSON', '{"events":[{"name":"END_OF_CONVERSATION"}]}'),
  special('what looks like SQL', "Robert'); DROP TABLE calls;-- % _"),
  special('what looks like a template', '{{7*7}} \u0024{7*7} <%= 7 %> #{7} %s %d $1'),
  special('addresses', 'Write to anna+1@example.com: https://example.com/a%20b?x=1&y=2#z'),
  special('a date and a time', '2026-11-29T10:00:00Z'),
  special('a word of command', 'Stop!'),
  special('digits only', '0'),
  special('one letter', 'k'),
  special('spaces around it', '  hello  '),
  special('the word null', 'null'),
  special('spaces that are not written as one', 'From\u00a07\u202fa.m.\u2028to\u200b8\u00a0a.m.'),
  special(
    'a price and the digits of a card',
    'I paid €49.90 by 4111 1111 1111 1111, order 12345678901234567890',
  ),
  special('a slash in front', '/help #1 @anna !now -v'),
  special('12000 characters', long('I have been waiting for an answer. ', 12_000)),
];

export const sources: readonly Special[] = [
  special('a space', 'Amazon Connect'),
  special('a hyphen', 'twilio-flex'),
  special('upper case only', 'AVAYA'),
  special('a dot and digits', 'five9.v2'),
  special('letters with accents', 'télésuivi'),
];

export const reasons: readonly Special[] = [
  special('spaces', 'The customer hung up'),
  special('upper case only', 'CUSTOMER_INITIATED'),
  special('letters with accents', 'Kunde hat aufgelegt, überlastet'),
  special('Japanese characters', '顧客が切断'),
  special('colons and digits', 'network:timeout:504'),
];

/** What follows the rest of a conversationId, which makes it unique. */
export const idEndings: readonly Special[] = [
  special('an e-mail address', '-anna+1@cc.example.com'),
  special('a SIP address', ';sip:1001@pbx.example.com:5060'),
  special('a UUID in upper case', '-6F9619FF-8B86-4011-B42D-00CF4FC964AB'),
  special('a UUID in braces', '{6f9619ff-8b86-4011-b42d-00cf4fc964ab}'),
  special('a space', ' leg 2'),
  special('a slash', '/leg/2'),
  special('a backslash', '\\leg2'),
  special('colons', ':eu:42'),
  special('a plus and an equals sign', '+aGVsbG8='),
  special('percent-encoding', '%2Fleg%202'),
  special('a number sign and a question mark', '#leg?x=2&y=3'),
  special('an apostrophe', "-o'brien"),
  special('quotation marks', '"leg 2"'),
  special('a comma and a semicolon', ',2;3'),
  special('letters with accents', '-überlauf'),
  special('Chinese characters', '-通话'),
  special('Arabic letters', '-مكالمة'),
  special('an emoji', '-📞'),
  special('markup', '<leg>2</leg>'),
  special('dots', '..leg..2.json'),
  special('an underscore at its end', '_'),
  special('more than 200 characters', `-${long('0123456789abcdef', 200)}`),
];

/** Each subset of the documented ones, an empty object, and values in any text. */
export const customFields: readonly { with: string; value: Record<string, string> }[] = [
  { with: 'no member', value: {} },
  { with: 'agentEmail alone', value: { agentEmail: 'anna@example.com' } },
  { with: 'queueId alone', value: { queueId: '1694' } },
  { with: 'queueName alone', value: { queueName: 'Billing' } },
  { with: 'agentEmail and queueId', value: { agentEmail: 'anna@example.com', queueId: '1694' } },
  { with: 'agentEmail and queueName', value: { agentEmail: 'anna@example.com', queueName: 'Billing' } },
  { with: 'queueId and queueName', value: { queueId: '1694', queueName: 'Billing' } },
  {
    with: 'all documented members, as they are printed',
    // EC, Example.
    value: { agentEmail: 'qqqqqq', queueId: '1694', queueName: 'queue11' },
  },
  { with: 'empty texts', value: { agentEmail: '', queueId: '', queueName: '' } },
  {
    with: 'letters with accents',
    value: { agentEmail: 'jürgen@exämple.com', queueId: 'qu-Ä1', queueName: 'Störungsannahme' },
  },
  {
    with: 'capital letters and leading zeros',
    value: {
      agentEmail: 'TP000037111.Maria.del.Carmen@Support.Example.com',
      queueId: '00004294967296',
      queueName: 'BILLING',
    },
  },
  {
    with: 'punctuation',
    value: {
      agentEmail: "anna.o'neil+cc@example.com",
      // As long as those of the other API.
      queueId: 'qu-5dd2c8b1-5a09-4d2a-9c3b-0f1f3c2b:1/2#3',
      queueName: 'Kids\' & "Teens" <2nd level>',
    },
  },
];

/** Of an agent who has entered without any. */
export const fieldsOfExits = { agentEmail: 'anna@example.com', queueId: '1694', queueName: 'Support' };
