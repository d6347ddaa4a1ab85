import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { escapeHtml } from '../../src/text/escape-html.ts';
import { escapeXml } from '../../src/text/escape-xml.ts';

const markup = `<b title="x" class='y'>&amp;</b>`;
const escaped = '&lt;b title=&quot;x&quot; class=&#39;y&#39;&gt;&amp;amp;&lt;/b&gt;';

suite('Text in HTML and XML', () => {
  test('is never an element or the end of an attribute', () => {
    assert.equal(escapeXml(markup), escaped);
    assert.equal(escapeHtml(markup), escaped);
  });

  test('controls can be seen in HTML', () => {
    assert.equal(escapeHtml('a\u001b\u0000\u009b\u202eb\n\tc\ud800'), 'a␛␀⟨U+009b⟩⟨U+202e⟩b\n\tc\ufffd');
  });
});
