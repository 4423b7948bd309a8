// What a ticket needs of the browser: clocks that count by themselves, fields that are read when one pauses, the timeline's place.
const plum = (window.plum ??= {});

// ---- clocks ----

const MINUTE = 60_000;

/** Minutes as SlaWords says them: "3 h 20 m working". */
const words = ms => {
  const minutes = Math.floor(ms / MINUTE);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const time = hours === 0 ? `${rest} m` : rest === 0 ? `${hours.toLocaleString('en')} h` : `${hours.toLocaleString('en')} h ${rest} m`;
  return `${time} working`;
};

/** The open time between two instants, from half-open pairs of instants. */
const openBetween = (open, from, to) =>
  open.reduce((sum, [start, end]) => sum + Math.max(0, Math.min(end, to) - Math.max(start, from)), 0);

const offsets = new WeakMap(); // the server's clock counts, not this machine's

const tick = () => {
  for (const list of document.querySelectorAll('.sla-clocks[data-now]')) {
    const known = offsets.get(list);
    const offset = known?.now === list.dataset.now ? known.offset : Number(list.dataset.now) - Date.now();
    offsets.set(list, { now: list.dataset.now, offset });
    const now = Date.now() + offset;
    for (const count of list.querySelectorAll('.sla-count')) {
      const due = Number(count.dataset.due);
      const open = JSON.parse(count.dataset.open);
      const text = now < due ? `due in ${words(openBetween(open, now, due))}` : `overdue by ${words(openBetween(open, due, now))}`;
      const node = count.firstChild; // the renderer's own text node: replaced, it would be lost to it
      if (node && node.nodeValue !== text) {
        node.nodeValue = text;
      }
      count.closest('.pill').classList.toggle('late', now >= due);
    }
  }
};

setInterval(tick, 1000);

// ---- a field with data-pause is read when one pauses for so many milliseconds, and at the latest every two seconds ----

const AT_LATEST = 2000;
const waiting = new WeakMap();

document.addEventListener('input', event => {
  const field = event.target;
  if (!(field instanceof HTMLElement) || !field.dataset.pause) {
    return;
  }
  const state = waiting.get(field) ?? { since: performance.now() };
  clearTimeout(state.timer);
  const left = Math.max(0, Math.min(Number(field.dataset.pause), state.since + AT_LATEST - performance.now()));
  state.timer = setTimeout(() => {
    waiting.delete(field);
    field.dispatchEvent(new Event('change', { bubbles: true }));
  }, left);
  waiting.set(field, state);
});

// Read already, by leaving the field: a second reading later could bring back what was sent and cleared meanwhile.
document.addEventListener('change', event => {
  clearTimeout(waiting.get(event.target)?.timer);
  waiting.delete(event.target);
}, true);

// Sent by the keyboard, the field is not left: what was typed last is read before the form is. On window, to come before the renderer.
window.addEventListener('submit', event => {
  for (const field of event.target.querySelectorAll('[data-pause]')) {
    if (waiting.has(field)) {
      field.dispatchEvent(new Event('change', { bubbles: true }));
    }
  }
}, true);

plum.isOutOfSight = () => document.visibilityState === 'hidden';

// ---- the timeline ----

plum.timeline = {
  toEnd(list) {
    if (list) {
      list.scrollTop = list.scrollHeight;
    }
    const asked = location.hash.slice(1);
    if (asked) {
      document.getElementById(asked)?.scrollIntoView({ block: 'center' });
    }
  },
  show(list, id) {
    const entry = document.getElementById(id);
    entry?.scrollIntoView({ block: 'center' });
  },
};
