// The keyboard. A control says which keys press it: data-key="r", "Mod+k", "g t" (one after the other), "Enter|o" (either).
// A table or list with data-rows is walked with j, k and the arrows; Enter opens the row's .row-link, x ticks its box.
// Nothing fires while one types, except with Ctrl (or Cmd) and Esc. In a dialog only its own keys work.
const plum = (window.plum ??= {});
const SEQUENCE_MS = 1500;
let first = null;
let firstAt = 0;

const TICKS = new Set(['checkbox', 'radio', 'button', 'submit', 'reset']);
const typesText = element =>
  element instanceof HTMLElement &&
  (element.isContentEditable || element.tagName === 'TEXTAREA' || element.tagName === 'SELECT' ||
    (element.tagName === 'INPUT' && !TICKS.has(element.type)));

const visible = element => element.checkVisibility({ visibilityProperty: true });
const enabled = element => !element.disabled && element.getAttribute('aria-disabled') !== 'true';

const scope = () => {
  const modals = document.querySelectorAll('dialog.sheet[open], .mud-dialog');
  return modals.length > 0 ? modals[modals.length - 1] : document;
};

const nameOf = event => {
  const key = event.key.length === 1 && (event.ctrlKey || event.metaKey) ? event.key.toLowerCase() : event.key;
  return (event.ctrlKey || event.metaKey ? 'Mod+' : '') + key;
};

const keysOf = element => element.dataset.key.split('|');

const find = name => {
  for (const element of scope().querySelectorAll('[data-key]')) {
    if (element.dataset.key && keysOf(element).includes(name) && enabled(element) && (visible(element) || element.closest('#rail'))) {
      return element;
    }
  }
  return null;
};

const starts = prefix =>
  [...scope().querySelectorAll('[data-key]')].some(element => keysOf(element).some(key => key.startsWith(prefix + ' ')));

const press = element => {
  if (typesText(element)) {
    element.focus();
    element.select?.();
  } else {
    if (typesText(document.activeElement)) {
      document.activeElement.dispatchEvent(new Event('change', { bubbles: true })); // what was typed comes before what is pressed
    }
    element.click();
  }
};

// ---- rows ----

const rowsIn = area => [...area.querySelectorAll('tbody > tr, [data-row]')].filter(visible);
let lastRow = null;

const walk = step => {
  const area = document.activeElement?.closest('[data-rows]') ?? scope().querySelector('[data-rows]');
  if (!area) {
    return false;
  }
  const rows = rowsIn(area);
  if (rows.length === 0) {
    return false;
  }
  const here = document.activeElement?.closest('tbody > tr, [data-row]');
  const from = rows.indexOf(here ?? lastRow);
  const to = rows[Math.min(rows.length - 1, Math.max(0, from < 0 ? 0 : from + step))];
  to.tabIndex = -1;
  to.focus({ preventScroll: true });
  to.scrollIntoView({ block: 'nearest' });
  lastRow = to;
  return true;
};

const onRow = name => {
  switch (name) {
    case 'j':
    case 'ArrowDown':
      return walk(1);
    case 'k':
    case 'ArrowUp':
      return walk(-1);
  }
  const row = document.activeElement;
  if (!row?.matches('[data-rows] tbody > tr, [data-rows] [data-row]')) {
    return false;
  }
  if (name === 'Enter') {
    row.querySelector('.row-link')?.click();
    return true;
  }
  if (name === 'x') {
    row.querySelector('input[type=checkbox]')?.click();
    return true;
  }
  return false;
};

document.addEventListener('keydown', event => {
  if (event.defaultPrevented || event.isComposing || event.altKey || event.key === 'Shift' || event.key === 'Control' || event.key === 'Meta') {
    return;
  }

  const name = nameOf(event);
  const typing = typesText(document.activeElement);
  if (typing && !name.startsWith('Mod+')) {
    if (name === 'Escape' && scope() === document) {
      document.activeElement.blur();
    }
    return;
  }

  const now = performance.now();
  const full = first !== null && now - firstAt < SEQUENCE_MS ? `${first} ${name}` : name;
  first = null;
  const control = find(full);
  if (control) {
    event.preventDefault();
    press(control);
    return;
  }

  if (full === name && starts(name)) {
    first = name;
    firstAt = now;
    return;
  }

  const onControl = document.activeElement?.matches('a, button, summary, [role=button], [role=tab], [role=menuitem], [role=option]');
  if (!(name === 'Enter' && onControl) && onRow(name)) {
    event.preventDefault();
  }
});

const textOf = element => {
  const copy = element.cloneNode(true);
  copy.querySelectorAll('kbd, .sr-only, [aria-hidden=true]').forEach(part => part.remove());
  return copy.textContent.trim().replace(/\s+/g, ' ');
};

plum.keys = {
  /** What the keyboard does on this page now: [{keys, label}], each once, in the page's order. */
  list() {
    const found = new Map();
    for (const element of document.querySelectorAll('[data-key]')) {
      if (!element.dataset.key || element.closest('dialog, .mud-dialog') || !(visible(element) || element.closest('#rail'))) {
        continue;
      }
      const label = element.dataset.keyLabel || element.getAttribute('aria-label') || textOf(element) || element.title;
      if (!found.has(element.dataset.key)) {
        found.set(element.dataset.key, { keys: element.dataset.key, label, everywhere: !element.closest('main') });
      }
    }
    const all = [...found.values()];
    if (document.querySelector('[data-rows]')) {
      all.push(
        { keys: 'j|k', label: 'Next and previous row', everywhere: false },
        { keys: 'Enter', label: 'Open the row', everywhere: false });
      if (document.querySelector('[data-rows] tbody input[type=checkbox]')) {
        all.push({ keys: 'x', label: 'Tick the row', everywhere: false });
      }
    }
    return all;
  },
};
