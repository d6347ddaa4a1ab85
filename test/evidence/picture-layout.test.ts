// A browser measures what a reader would see: every text is inside the picture, and none overlaps another.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { type Browser, chromium, type Page } from 'playwright';
import { pictures } from '../../src/evidence/picture.ts';
import type { LabelledExchange } from '../../src/evidence/timeline.ts';
import { answered, conversation, faulty, flowExchanges, transfer, unanswered } from './picture-exchanges.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome'];
const folders = (process.env.PATH ?? '').split(path.delimiter);
const executablePath = [
  chromium.executablePath(),
  ...folders.flatMap((folder) => names.map((name) => path.join(folder, name))),
].find((file) => existsSync(file));

const talk = conversation('conformance-talk', 'chat');
const many = conversation('conformance-many');
const agent = (number: number) => ({ number });

const drawn: Record<string, LabelledExchange[]> = {
  'the cold transfer flow': flowExchanges('the cold transfer flow'),
  'the warm transfer flow': flowExchanges('the warm transfer flow'),
  'messages, a refusal and a lost event': [
    answered(talk.transfer('NA', 'entry', agent(1))),
    ...['Where is my order number seven?', '请帮忙请帮忙请帮忙请帮忙请帮忙', 'Nobody tells me anything'].map(
      (text) => answered(talk.message({ author: 'USER', text })),
    ),
    faulty(talk.summary(), `data is missing ${'and so on '.repeat(50)}`),
    unanswered(talk.end(), 'TRANSPORT_TIMEOUT', `no answer within 10000 ms: ${'请帮忙'.repeat(50)}`),
  ],
  'many agents in several rows': Array.from({ length: 60 }, (_, index) =>
    answered(many.transfer(index % 2 ? 'redial' : 'warm', 'entry', agent(index))),
  ),
  transfers: [transfer('transfer to the agent', { aId: 'a-1' }), transfer('transfer', {}, 400)],
};

suite('In a browser', { skip: executablePath ? false : 'no chromium on this machine' }, () => {
  let browser: Browser;
  let page: Page;
  before(async () => {
    browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox'] });
    page = await browser.newPage();
  });
  after(() => browser.close());

  for (const [name, exchanges] of Object.entries(drawn)) {
    test(`${name}: every text is inside, and none overlaps another`, async () => {
      await page.setContent(pictures(exchanges)[0]!.svg);
      assert.deepEqual(await page.evaluate(collisions), []);
    });
  }

  test('colours follow the reader’s choice, and print is white', async () => {
    await page.setContent(pictures(flowExchanges('the cold transfer flow'))[0]!.svg);
    const grounds = [];
    for (const [media, colorScheme] of [
      ['screen', 'light'],
      ['screen', 'dark'],
      ['print', 'dark'],
    ] as const) {
      await page.emulateMedia({ media, colorScheme });
      grounds.push(await page.evaluate('getComputedStyle(document.querySelector(".cv-b")).fill'));
    }
    assert.deepEqual(grounds, ['rgb(255, 255, 255)', 'rgb(18, 23, 29)', 'rgb(255, 255, 255)']);
  });
});

/** Runs in the page: the texts that overlap another one, or leave the picture. A tolerance of one pixel. */
const collisions = `(() => {
  const boxOf = (node) => ({ text: node.textContent, box: node.getBoundingClientRect() });
  const { box: all } = boxOf(document.querySelector('svg'));
  const texts = [...document.querySelectorAll('svg > text')].map(boxOf);
  const outside = ({ box }) =>
    box.left < all.left - 1 || box.right > all.right + 1 || box.top < all.top || box.bottom > all.bottom;
  const meet = (a, b) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
  const wrong = texts.filter((one, index) => outside(one) || texts.slice(0, index).some((other) => meet(one.box, other.box)));
  return texts.length === 0 ? ['no text'] : wrong.map(({ text }) => text);
})()`;
