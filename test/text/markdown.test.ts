import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { code, fence, folded, html, link, text } from '../../src/text/markdown.ts';

suite('Text in Markdown', () => {
  test('is shown as it is', () => {
    assert.equal(text('a_b *c* | [d](e) `f`\n# g'), 'a_b \\*c\\* \\| \\[d\\](e) \\`f\\` # g');
    assert.equal(text('1. x'), '1\\. x');
    assert.equal(text('# x'), '\\# x');
  });

  test('mentions nobody and links nothing', () => {
    assert.equal(text('@team #12 :bug:'), '@&#8203;team #&#8203;12 :&#8203;bug:');
  });

  test('stays text between HTML tags', () => {
    assert.equal(
      html(`<b> & "it's" @team #12`),
      '&lt;b&gt; &amp; &quot;it&#39;s&quot; @&#8203;team #&#8203;12',
    );
    assert.equal(html('&#12'), '&amp;#&#8203;12');
    assert.match(
      folded('</summary>', 'content'),
      /^<details><summary>&lt;\/summary&gt;<\/summary>\n\ncontent\n/,
    );
  });

  test('in code is enclosed by more backticks than it has', () => {
    assert.equal(code('a`b``c'), '```a`b``c```');
    assert.equal(code('`'), '`` ` ``');
    assert.equal(code(''), '(empty)');
    assert.equal(fence('a\r\n```\rb\u001b', 'sh', 100), '````sh\na\n```\nb\ufffd\n````');
    assert.match(fence('abcdef', 'sh', 3), /^The first 3 of 6 characters; .*\n\n```sh\nabc\n```$/);
  });

  test('is a link when it is the address of a page', () => {
    assert.equal(link('https://tracker.example/1'), '<https://tracker.example/1>');
    assert.equal(link('javascript:alert(1)'), 'javascript:alert(1)');
  });
});
