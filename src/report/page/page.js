// The script of conformance.html. The page shows everything without it; the script adds the filter and the copy buttons,
// and opens the target of a link.

const rows = [...document.querySelectorAll('details.requirement')];
const filter = document.getElementById('filter');
const status = document.getElementById('filter-status');
const words = document.getElementById('filter-text');

/** The values of the ticked checkboxes of a name; none means all. */
function ticked(name) {
  return [...filter.querySelectorAll(`input[name="${name}"]:checked`)].map((box) => box.value);
}

function applyFilter() {
  const verdicts = ticked('verdict');
  const levels = ticked('level');
  const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const row of rows) {
    const text = row.querySelector('summary').textContent.toLowerCase();
    row.hidden = !(
      (verdicts.length === 0 || verdicts.includes(row.dataset.verdict)) &&
      (levels.length === 0 || levels.includes(row.dataset.level)) &&
      wanted.every((word) => text.includes(word))
    );
  }
  for (const area of document.querySelectorAll('.area')) {
    area.hidden = !area.querySelector('.requirement:not([hidden])');
  }
  const shown = rows.filter((row) => !row.hidden).length;
  status.textContent = `${shown} of ${rows.length} requirements shown`;
}

filter.hidden = false;
filter.addEventListener('input', applyFilter);
filter.addEventListener('submit', (event) => event.preventDefault());
// The event comes before the fields are cleared.
filter.addEventListener('reset', () => setTimeout(applyFilter));
applyFilter();

function named(hash) {
  try {
    return document.getElementById(decodeURIComponent(hash.slice(1)));
  } catch {
    return null;
  }
}

/** Opens the target of a link, and every element around it. */
function reveal(hash) {
  const target = named(hash);
  if (!target) return;
  if (target.closest('.requirement[hidden]')) {
    filter.reset();
    // The filter is applied later, but the row has to be visible now.
    target.hidden = false;
    target.closest('.area').hidden = false;
  }
  for (let one = target; one; one = one.parentElement) if (one.localName === 'details') one.open = true;
  target.scrollIntoView();
  if (target.localName === 'details') target.querySelector('summary').focus({ preventScroll: true });
}

addEventListener('hashchange', () => reveal(location.hash));
addEventListener('load', () => reveal(location.hash));

document.addEventListener('click', (event) => {
  const link = event.target.closest('a[href^="#"]');
  if (!link) return;
  if (link.dataset.only) {
    filter.reset();
    filter.querySelector(`input[name="verdict"][value="${link.dataset.only}"]`).checked = true;
    setTimeout(applyFilter);
  }
  // A link to the current hash does not fire hashchange.
  if (link.hash === location.hash) reveal(link.hash);
});

for (const button of document.querySelectorAll('button.copy')) {
  const line = button.parentElement.querySelector('pre');
  const name = button.textContent;
  button.hidden = false;
  button.addEventListener('click', async () => {
    button.textContent = (await copied(line)) ? 'Copied' : 'Press Ctrl+C';
    setTimeout(() => {
      button.textContent = name;
    }, 2000);
  });
}

/** Selects the command if the page may not write to the clipboard. */
async function copied(line) {
  try {
    await navigator.clipboard.writeText(line.textContent);
    return true;
  } catch {
    getSelection().selectAllChildren(line);
    return false;
  }
}

let openedForPaper = [];

addEventListener('beforeprint', () => {
  openedForPaper = [...document.querySelectorAll('details[data-on-paper]:not([open])')];
  for (const details of openedForPaper) details.open = true;
});

addEventListener('afterprint', () => {
  for (const details of openedForPaper) details.open = false;
});
