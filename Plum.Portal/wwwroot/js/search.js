// The search's list, walked in the browser: the arrows answer at once, whatever the network does. The server renders the options.
const plum = (window.plum ??= {});
const RECENT = 'plum-recent';
const MOST_RECENT = 8;

const dialog = () => document.getElementById('search');
const input = () => dialog()?.querySelector('[role=combobox]');
const options = () => [...(dialog()?.querySelectorAll('[role=option]') ?? [])];
let wanted = false;

const mark = index => {
  const all = options();
  all.forEach((option, i) => option.setAttribute('aria-selected', String(i === index)));
  const chosen = all[index];
  if (chosen) {
    input().setAttribute('aria-activedescendant', chosen.id);
    chosen.scrollIntoView({ block: 'nearest' });
  } else {
    input()?.removeAttribute('aria-activedescendant');
  }
};

const current = () => options().findIndex(option => option.getAttribute('aria-selected') === 'true');
const isFor = text => dialog()?.querySelector('[role=listbox]')?.dataset.for === text.trim();

const open = option => {
  const recent = plum.search.recent().filter(r => r.href !== option.getAttribute('href'));
  recent.unshift({ href: option.getAttribute('href'), title: option.dataset.title, detail: option.dataset.detail ?? '', icon: option.dataset.icon });
  sessionStorage.setItem(RECENT, JSON.stringify(recent.slice(0, MOST_RECENT)));
};

document.addEventListener('keydown', event => {
  if (event.target !== input()) {
    return;
  }
  const all = options();
  switch (event.key) {
    case 'ArrowDown':
      mark(Math.min(all.length - 1, current() + 1));
      break;
    case 'ArrowUp':
      mark(Math.max(0, current() - 1));
      break;
    case 'Enter':
      if (isFor(event.target.value)) {
        all[Math.max(0, current())]?.click();
      } else {
        wanted = true; // typed faster than found: opened when it is
      }
      break;
    default:
      wanted = false;
      return;
  }
  event.preventDefault();
}, true);

document.addEventListener('click', event => {
  const option = event.target instanceof Element ? event.target.closest('#search [role=option]') : null;
  if (option) {
    open(option);
  }
}, true);

plum.search = {
  recent() {
    return JSON.parse(sessionStorage.getItem(RECENT) ?? '[]');
  },
  /** The server has rendered another list. */
  shown() {
    const all = options();
    mark(all.length > 0 ? 0 : -1);
    if (wanted && all.length > 0 && isFor(input().value)) {
      wanted = false;
      all[0].click();
    }
  },
  clear() {
    wanted = false;
    if (input()) {
      input().value = '';
    }
  },
};
