// The page of a recorder: it is the same for every recording, and its script asks for the rest.
import { readFileSync } from 'node:fs';
import { style as ofPictures } from '../../evidence/drawing.ts';
import { pageOf } from '../../report/page/document.ts';
import { html, Markup } from '../../report/page/html.ts';

const shown: [show: string, name: string][] = [
  ['all', 'All'],
  ['findings', 'With findings'],
  ['open', 'Open'],
  ['pass', 'In order'],
];

/** Made once: it depends on nothing. */
let made: string | undefined;

export function livePage(): string {
  made ??= pageOf({
    title: 'Recorder',
    asksServer: true,
    script: ownFile('live-page.js'),
    style: ownFile('live-page.css'),
    top: html`<header class="top live">
<p class="suite">Agent AI recorder</p>
<h1 id="state">Connecting</h1>
<p class="lead">Point your adapter at this address: what it sends appears below, with what is wrong with it.</p>
<noscript><p class="note">This page needs its script. <a href="/conversations">/conversations</a> has the same as JSON.</p></noscript>
</header>`,
    contents: undefined,
    main: html`${new Markup(ofPictures)}
<form id="filter" role="search">
<label class="find">Find <input type="search" id="find" maxlength="200" placeholder="conversation, agent, requirement" autocomplete="off"></label>
<fieldset><legend>Show</legend>${shown.map(
      ([show, name]) =>
        html`<label><input type="radio" name="show" value="${show}"${show === 'all' && new Markup(' checked')}> ${name} <output data-count="${show}"></output></label>`,
    )}</fieldset>
</form>
<section id="loose" hidden aria-label="Requests of no conversation"><h2>Of no conversation</h2><ol class="found"></ol></section>
<p id="none" role="status"></p>
<ol id="list" aria-label="Conversations, the newest first"></ol>
<button type="button" id="more" hidden>Show older ones</button>`,
    foot: html`Only this recorder is asked; nothing is loaded from elsewhere.`,
  });
  return made;
}

/** Browsers normalise line ends before they hash a script, so this does too. */
function ownFile(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8').replaceAll('\r\n', '\n');
}
