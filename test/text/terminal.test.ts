// Untrusted text must not control a terminal, or hide anything from a reader.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { escapeXml } from '../../src/text/escape-xml.ts';
import { terminalJson } from '../../src/text/json.ts';
import { link } from '../../src/text/markdown.ts';
import { oneLine } from '../../src/text/one-line.ts';
import { harmless, printable, visible } from '../../src/text/terminal.ts';
import { command, commands } from './ci-commands.ts';

const hostile = 'a\u001b[31mb\u009b2J\u202ec\u200b\u2028d\ud800';
const replaced = 'a\ufffd[31mb\ufffd2J\ufffdc\ufffd\ufffdd\ufffd';

suite('An invisible character', () => {
  test('has a replacement character in its place', () => assert.equal(visible(hostile), replaced));

  test('line breaks and tabs stay in a text of several lines', () => {
    assert.equal(harmless(`one\r\n\ttwo\n${hostile}\r`), `one\n\ttwo\n${replaced}\ufffd`);
  });

  test('line breaks go in one line', () => {
    assert.equal(oneLine('  one\r\n\t two\u2028three '), 'one two three');
    assert.equal(oneLine('a\u001bb'), 'a\ufffdb');
  });
});

test('a line is cut to its length', () => {
  assert.equal(oneLine('one\ntwo', 7), 'one two');
  assert.equal(oneLine('one\ntwo ', 6), 'one t…');
  assert.equal(printable('a'.repeat(120)), 'a'.repeat(120));
  assert.equal(printable('a'.repeat(121)), `${'a'.repeat(119)}…`);
});

suite('A command to a CI', () => {
  const lines = commands.split('\n');

  test('is broken in any text that is made safe', () => {
    for (const one of [commands, ...lines]) {
      assert.match(one, command);
      for (const safe of [visible, harmless, oneLine, printable]) assert.doesNotMatch(safe(one), command);
    }
    assert.equal(harmless('a ##vso[b]c\n ::error::d ::e::'), 'a # #vso[b]c\n : :error::d ::e::');
  });

  test('is escaped in JSON and XML, and no link', () => {
    const json = terminalJson({ commands, 'a\u001b\u{e0001}': lines }, 2);
    assert.doesNotMatch(json, command);
    assert.deepEqual(JSON.parse(json), { commands, 'a\u001b\u{e0001}': lines });
    assert.equal(escapeXml('<##[a]>'), '&lt;&#35;#[a]&gt;');
    assert.equal(escapeXml('\n ::a::'), '\n &#58;:a::');
    assert.doesNotMatch(link('https://a.example/##vso[b]c'), command);
  });

  test('is nothing of this, which stays as it is', () => {
    for (const text of [
      '# a',
      '## b',
      '##',
      'a #[b]',
      '::1',
      '[::ffff:1]',
      'a ::b::',
      'std::cout',
      '#12 [c]',
    ])
      assert.equal(harmless(text), text);
  });
});
