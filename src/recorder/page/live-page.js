// The script of the recorder's page: a list of conversations, kept up to date by the stream of what has changed. Everything that
// a sender wrote is set as text; the detail of a conversation comes escaped from the recorder.

const list = document.getElementById('list');
const none = document.getElementById('none');
const more = document.getElementById('more');
const state = document.getElementById('state');
const find = document.getElementById('find');
const loose = document.getElementById('loose');
const token = new URLSearchParams(location.search).get('token');

/** Rows that are on the page at most; older ones can be asked for. */
const maxRows = 500;
const rows = new Map();
const rowsAtATime = 100;
/** How many rows somebody wants to see: those that are loaded again are as many. */
let wantedRows = rowsAtATime;
let next;
/** Of the latest request for a list: what an older one brings is not shown. */
let asked = 0;

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function addressOf(path) {
  return token === null ? path : `${path}${path.includes('?') ? '&' : '?'}token=${encodeURIComponent(token)}`;
}

function chosen() {
  return document.querySelector('input[name="show"]:checked').value;
}

function wanted() {
  return find.value.trim().toLowerCase();
}

function kindsOf({ verdict, findings }) {
  return ['all', verdict, ...(findings.length > 0 ? ['findings'] : [])];
}

function isWanted(conversation) {
  return (
    kindsOf(conversation).includes(chosen()) && JSON.stringify(conversation).toLowerCase().includes(wanted())
  );
}

async function showDetail(row) {
  const { id, revision } = row.dataset;
  if (row.dataset.shown === revision) return;
  row.dataset.shown = revision;
  const inside = row.querySelector('.inside');
  try {
    const answer = await fetch(addressOf(`/conversations/${encodeURIComponent(id)}?as=html`));
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    const scrolled = inside.querySelector('.picture')?.scrollLeft ?? 0;
    inside.innerHTML = await answer.text();
    const picture = inside.querySelector('.picture');
    if (picture) picture.scrollLeft = scrolled;
  } catch {
    row.dataset.shown = '';
    inside.textContent = 'The recorder did not answer. Close it and open it again.';
  }
}

function rowOf(id) {
  const row = element('li');
  const details = element('details', 'conversation');
  details.dataset.id = id;
  details.dataset.revision = 0;
  const summary = element('summary');
  summary.append(
    element('b', 'verdict'),
    element('span', 'id', id),
    element('span', 'said'),
    element('span', 'quiet'),
  );
  details.append(summary, element('div', 'inside'));
  details.addEventListener('toggle', () => details.open && showDetail(details));
  row.append(details);
  return row;
}

function saidOf({ findings, further = [], agents }) {
  const first = findings.find(({ level }) => level === 'must') ?? findings[0];
  const count = further.reduce((sum, one) => sum + one.count, findings.length);
  if (!first) return agents.join(', ');
  return `${first.requirement} ${first.message}${count > 1 ? ` (and ${count - 1} more)` : ''}`;
}

function fill(row, conversation) {
  const { verdict, latest, stepCount, findings } = conversation;
  const details = row.firstChild;
  const [badge, , said, when] = details.firstChild.children;
  badge.className = `verdict ${verdict}`;
  badge.textContent = verdict;
  said.className = findings.some(({ level }) => level === 'must') ? 'said broken' : 'said';
  said.textContent = saidOf(conversation);
  const time = latest === undefined ? '' : `${new Date(latest).toLocaleTimeString()}, `;
  when.textContent = `${time}${stepCount} ${stepCount === 1 ? 'step' : 'steps'}`;
  details.dataset.revision = Number(details.dataset.revision) + 1;
  if (details.open) showDetail(details);
}

/** @param place puts a new row into the list */
function show(conversation, place) {
  const { conversationId: id } = conversation;
  const row = rows.get(id) ?? rowOf(id);
  fill(row, conversation);
  // A row that somebody reads stays where it is.
  if (!rows.has(id) || !row.firstChild.open) place(row);
  rows.set(id, row);
}

function remove(id) {
  rows.get(id)?.remove();
  rows.delete(id);
}

function tellNumber() {
  more.hidden = next === undefined;
  const isFiltered = chosen() !== 'all' || wanted() !== '';
  none.hidden = rows.size > 0;
  none.textContent = isFiltered
    ? `Nothing like that${next === undefined ? '' : ' among the newest'}.`
    : 'No conversation yet.';
}

async function load(path) {
  asked += 1;
  const turn = asked;
  try {
    const answer = await fetch(addressOf(path));
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    const page = await answer.json();
    return turn === asked ? page : undefined;
  } catch {
    return undefined;
  }
}

async function reload() {
  const query = new URLSearchParams({ limit: wantedRows, show: chosen(), find: wanted() });
  const page = await load(`/conversations?${query}`);
  if (!page) return;
  const stays = new Set(page.conversations.map(({ conversationId }) => conversationId));
  for (const id of [...rows.keys()]) if (!stays.has(id)) remove(id);
  for (const conversation of page.conversations) show(conversation, (row) => list.append(row));
  next = page.next;
  tellNumber();
}

async function loadMore() {
  wantedRows = Math.min(wantedRows + rowsAtATime, maxRows);
  const page = await load(next);
  if (!page) return;
  for (const conversation of page.conversations) show(conversation, (row) => list.append(row));
  next = page.next;
  tellNumber();
}

function changed({ conversations, left, counts }) {
  for (const output of document.querySelectorAll('[data-count]')) {
    output.textContent = counts[output.dataset.count].toLocaleString();
  }
  if (left > 0) {
    reload();
    return;
  }
  for (const conversation of conversations) {
    if (isWanted(conversation)) show(conversation, (row) => list.prepend(row));
    else remove(conversation.conversationId);
  }
  while (rows.size > maxRows) {
    const last = list.lastChild;
    remove(last.firstChild.dataset.id);
    more.hidden = false;
    next ??= `/conversations?limit=${rowsAtATime}`;
  }
  tellNumber();
}

function showLoose(findings) {
  loose.hidden = findings.length === 0;
  const items = findings.toReversed().map(({ requirement, level, message, line }) => {
    const item = element('li');
    item.append(
      element('b', `verdict ${level === 'must' ? 'fail' : 'warning'}`, level),
      ' ',
      element('code', '', requirement),
      ' ',
      element('span', 'quiet', `line ${line}`),
      element('p', '', message),
    );
    return item;
  });
  loose.querySelector('ol').replaceChildren(...items);
}

function tellState(text, className) {
  state.textContent = text;
  state.className = className;
}

const stream = new EventSource(addressOf('/conversations'));
stream.addEventListener('open', () => {
  tellState('Recording', 'conformant');
  reload();
});
stream.addEventListener('error', () => tellState('The recorder does not answer', 'inconclusive'));
stream.addEventListener('changed', ({ data }) => changed(JSON.parse(data)));
stream.addEventListener('loose', ({ data }) => showLoose(JSON.parse(data)));

let typing;
document.getElementById('filter').addEventListener('input', () => {
  clearTimeout(typing);
  wantedRows = rowsAtATime;
  typing = setTimeout(reload, 150);
});
document.getElementById('filter').addEventListener('submit', (event) => event.preventDefault());
more.addEventListener('click', loadMore);
