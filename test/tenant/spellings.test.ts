// The client secret and every token in each spelling: redaction takes it out, and the search for leaks finds it.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { LeakSearch } from '../../src/tenant/leak-search.ts';
import { Signer } from '../../src/tenant/signer.ts';
import { Spellings } from '../../src/tenant/spellings.ts';
import type { TokenKind } from '../../src/tenant/tokens.ts';
import { escapeXml } from '../../src/text/escape-xml.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const hex = (text: string) => Buffer.from(text).toString('hex');
const each = (text: string, spelt: (byte: number) => string) => [...Buffer.from(text)].map(spelt).join('');
const units = (text: string, spelt: (unit: number) => string) =>
  text
    .split('')
    .map((one) => spelt(one.charCodeAt(0)))
    .join('');
const padded = (unit: number) => unit.toString(16).padStart(4, '0');
const inJson = (text: string) => JSON.stringify(text).slice(1, -1);
/** Behind every tenth character. */
const split = (text: string, by: string) => text.replace(/.{10}/gsu, `$&${by}`);

const spellings: Record<string, (value: string) => string> = {
  'as it is': (value) => value,
  'in JSON': inJson,
  'in JSON, thrice': (value) => inJson(inJson(inJson(value))),
  'in JSON, all of it escaped': (value) => units(value, (unit) => `\\u${padded(unit)}`),
  'in JSON, in capitals': (value) => units(value, (unit) => `\\u${padded(unit).toUpperCase()}`),
  'in JSON, its second half escaped': (value) =>
    value.slice(0, 9) + units(value.slice(9), (unit) => `\\u${padded(unit)}`),
  'in JSON in JSON, escaped': (value) => inJson(units(value, (unit) => `\\u${padded(unit)}`)),
  'slashes of JSON': (value) => inJson(value).replaceAll('/', '\\/'),
  'in a URL': encodeURIComponent,
  'in a URL in a URL': (value) => encodeURIComponent(encodeURIComponent(value)),
  'in a URL, all of it': (value) => each(value, (byte) => `%${byte.toString(16).padStart(2, '0')}`),
  'in a form': (value) => new URLSearchParams([['', value]]).toString().slice(1),
  'in XML': escapeXml,
  'in XML, all of it': (value) => [...value].map((one) => `&#x${one.codePointAt(0)!.toString(16)};`).join(''),
  'in bytes of a program': (value) => each(value, (byte) => `\\x${byte.toString(16).padStart(2, '0')}`),
  'in base64': base64,
  'in base64url': (value) => Buffer.from(value).toString('base64url'),
  'in base64, behind one byte': (value) => base64(`:${value}`),
  'in base64, between others': (value) => base64(`{"a":"${value}","b":1}`),
  'in base64, in lines': (value) => split(base64(`id ${value}`), '\r\n'),
  'in base64, in lines of JSON': (value) => inJson(split(base64(value), '\n')),
  'in hex': hex,
  'in hex, in capitals': (value) => hex(value).toUpperCase(),
  'in hex, in groups': (value) => hex(value).replace(/.{4}/g, '$& '),
  'escaped by code point': (value) =>
    [...value].map((one) => `\\u{${one.codePointAt(0)!.toString(16)}}`).join(''),
  'with line breaks': (value) => split(value, '\r\n'),
  'with line breaks, in JSON': (value) => inJson(split(value, '\n')),
  'with line breaks of a mail': (value) => split(value, '=\r\n'),
  'with blanks and tabs': (value) => split(value, ' \t'),
  'with what cannot be seen': (value) => split(value, '\u200b'),
};

/** The search does not know the tokens of a run, so it does not find them like this. */
const asBytes: typeof spellings = {
  'in hex, byte by byte': (value) => hex(value).match(/../g)!.join(':'),
  'in hex, as a program lists it': (value) =>
    hex(value)
      .match(/../g)!
      .map((pair) => `0x${pair}`)
      .join(', '),
  'as a Buffer in JSON': (value) => JSON.stringify([...Buffer.from(value)]),
  'in base64, as Windows has it': (value) => Buffer.from(value, 'utf16le').toString('base64'),
};

const secrets = {
  plain: 'kX9v2Qm7-Lr4T_b8Wz',
  odd: '~~~???Ünsafe "secret" +/?&= \\ 100%',
};
const around = (spelt: string) => `{"before":"it is ${spelt}", "after":"<>"}`;

for (const [kind, secret] of Object.entries(secrets)) {
  suite(`The client secret, ${kind}`, () => {
    const search = new LeakSearch(secret);
    for (const [name, spell] of Object.entries({ ...spellings, ...asBytes })) {
      test(name, () => {
        const text = around(spell(secret));
        const clean = new Signer('cs-1', secret).redact(text);
        assert.match(clean, /^\{"before":"it is .*<client secret>.*", "after":"<>"\}$/s);
        assert.match(search.in(Buffer.from(text))[0]?.what ?? '', /^the client secret/);
        assert.deepEqual(search.in(Buffer.from(clean)), []);
      });
    }
  });
}

suite('A token', () => {
  const signer = new Signer('cs-1a2b', secrets.plain);
  const search = new LeakSearch(secrets.plain);
  // As many as a run makes.
  const many: TokenKind[] = ['an expired token', 'an unsigned token', 'a token signed with another secret'];
  for (let count = 0; count < 300; count++) signer.token(many[count % many.length]!);
  const kinds: [TokenKind, string][] = [
    ['a valid token', '$TENANT_JWT'],
    ['an unsigned token', '<an unsigned token>'],
    ['a token signed with another secret', '<a token signed with another secret>'],
  ];
  for (const [kind, placeholder] of kinds) {
    const token = signer.token(kind)!;
    for (const [name, spell] of Object.entries(spellings)) {
      test(`${kind}: ${name}`, () => {
        const text = around(spell(token));
        const clean = signer.redact(text);
        assert.ok(clean.includes(placeholder), clean);
        assert.deepEqual(search.in(Buffer.from(clean)), []);
        if (kind !== 'a valid token') return;
        const leaks = search.in(Buffer.from(text));
        assert.match(leaks[0]?.what ?? '', /^a token that the client secret signs/);
        assert.ok(leaks[0]!.at >= 10 && leaks[0]!.at < text.length - 10, 'it says where');
      });
    }
  }

  test('costs no more among hundreds', () => {
    const text = JSON.stringify({
      message: 'not accepted: eyJhbGciOi',
      ids: Array(2000).fill('st-1a2b3c4d-00'),
    });
    const took = (one: Signer) => {
      const start = process.cpuUsage();
      for (let count = 0; count < 100; count++) one.redact(text);
      return process.cpuUsage(start).user;
    };
    const few = new Signer('cs-1a2b', secrets.plain);
    const times = Array.from({ length: 5 }, () => [took(few), took(signer)] as const);
    const [least, leastOfMany] = [0, 1].map((at) => Math.min(...times.map((pair) => pair[at]!)));
    assert.ok(leastOfMany! < 3 * least! + 5000, `${leastOfMany} µs, of few ${least} µs`);
  });
});

suite('What is no spelling', () => {
  const staying = [
    'a client secret is a secret',
    '{"conversationId":"conformance-3f2a-cold-1","customFields":{"queue":"kX9v2Qm7"}}',
    '100%25 &amp; \\u0041 + / = %zz \\uzzzz &nope; &#0; \\',
    '日本語 😀 \ud800',
  ];
  for (const text of staying) {
    test(text.toWellFormed(), () => {
      assert.equal(new Signer('cs-1', 'clientsecret').redact(text), text);
      assert.equal(new Signer('cs-1', secrets.odd).redact(text), text);
      assert.deepEqual(new LeakSearch('clientsecret').in(Buffer.from(text)), []);
    });
  }

  test('nothing, when no secret is known', () => {
    assert.deepEqual(new LeakSearch('').in(Buffer.from('eyJ')), []);
    const none = new Spellings<string>();
    none.add('', 'x');
    assert.equal(
      none.replacedIn('a b', (name) => name),
      'a b',
    );
  });
});

test('A token as a list of bytes, or its signature alone, is taken out', () => {
  const signer = new Signer('cs-1', secrets.plain);
  const token = signer.token('a valid token')!;
  for (const text of [...Object.values(asBytes).map((spell) => spell(token)), token.split('.')[2]!])
    assert.match(signer.redact(around(text)), /it is .*\$TENANT_JWT/);
});
