// What the shell needs of the browser: sheets, the drawer, light and dark. Works on static pages too.
const plum = (window.plum ??= {});

plum.sheet = {
  open(dialog) {
    if (dialog.isConnected && !dialog.open) {
      dialog.showModal();
    }
  },
  close(dialog) {
    if (dialog?.open) {
      dialog.close(); // gives the focus back to where it was
    }
  },
};

plum.focus = element => element?.focus();

/** The heading of a page that one has just come to, so that a screen reader says where one is; a field that is being typed into keeps the focus. */
plum.focusHeading = () => {
  const heading = document.querySelector('h1');
  if (heading && !document.activeElement?.matches('input, select, textarea, [contenteditable]')) {
    heading.tabIndex = -1;
    heading.focus();
  }
};

plum.scrollTo = element => element?.scrollIntoView({ block: 'nearest' });

// ---- drafts: each keystroke into the session at once, to the server when the typing rests ----

const DRAFT = 'plum-draft:';
const REST_MS = 500;

plum.draft = {
  /** Returns what was typed here and never reached the server, or null. */
  attach(area, key) {
    area.dataset.draft = key;
    if (!area.plumDraft) {
      area.plumDraft = true;
      let timer;
      area.addEventListener('input', () => {
        sessionStorage.setItem(DRAFT + area.dataset.draft, area.value);
        clearTimeout(timer);
        timer = setTimeout(() => area.dispatchEvent(new Event('change', { bubbles: true })), REST_MS);
      });
      area.addEventListener('change', () => clearTimeout(timer));
    }
    if (area.value) {
      return area.value; // typed before the circuit was there
    }
    return sessionStorage.getItem(DRAFT + key);
  },
  show(area, text) {
    if (area && area.value !== text) {
      area.value = text;
    }
  },
  saved(key, text) {
    if (sessionStorage.getItem(DRAFT + key) === text) {
      sessionStorage.removeItem(DRAFT + key);
    }
  },
  forget(key) {
    sessionStorage.removeItem(DRAFT + key);
  },
};

const markTheme = () => {
  for (const button of document.querySelectorAll('[data-theme-choice]')) {
    button.setAttribute('aria-pressed', String(button.dataset.themeChoice === window.plumTheme.get()));
  }
};

document.addEventListener('click', event => {
  const target = event.target;
  if (!(target instanceof Element)) {
    return;
  }

  const choice = target.closest('[data-theme-choice]');
  if (choice) {
    window.plumTheme.set(choice.dataset.themeChoice);
    markTheme();
    return;
  }

  if (target.closest('[data-skip]')) {
    event.preventDefault();
    event.stopPropagation();
    document.getElementById('main')?.focus();
    return;
  }

  const opens = target.closest('[data-opens]');
  if (opens) {
    plum.sheet.open(document.getElementById(opens.dataset.opens)); // at once; the server fills it
  }

  if (target.closest('[data-closes]')) {
    target.closest('dialog')?.close();
  }

  // The drawer and the menu have done their work once something in them is chosen.
  const popover = target.closest('a[href]')?.closest('[popover]');
  if (popover?.matches(':popover-open')) {
    popover.hidePopover();
  }

  target.closest('a[href]')?.closest('dialog.sheet')?.close();

  if (target instanceof HTMLDialogElement && target.hasAttribute('data-light') && target.open) {
    target.close(); // the dialog itself is what is clicked only beside its content
  }
}, true);

document.addEventListener('toggle', event => {
  if (event.target instanceof Element && event.target.id === 'user-menu' && event.newState === 'open') {
    markTheme();
  }
}, true);

// ---- what was typed, over a lost connection ----

const KEPT = 'plum-kept';
const HALF_AN_HOUR = 30 * 60 * 1000;
const dirty = new Set();
const fields = 'input:not([type=password], [type=hidden], [type=file], [type=submit], [type=button]), textarea, select';

document.addEventListener('input', event => {
  if (event.target instanceof Element && event.target.matches(fields)) {
    dirty.add(event.target);
  }
}, true);

const labelOf = field =>
  field.dataset.keep || (field.name && !field.name.startsWith('__') ? field.name : null) || field.getAttribute('aria-label') ||
  field.labels?.[0]?.textContent?.trim() || field.placeholder || '';

/** A field is known again by its kind, its label and its place among its like: ids are made anew with each circuit. */
const identities = () => {
  const seen = new Map();
  const found = new Map();
  for (const field of document.querySelectorAll(fields)) {
    if (field.dataset.draft) {
      continue; // kept by its draft
    }
    const base = `${field.tagName}:${field.type ?? ''}:${labelOf(field)}`;
    const n = seen.get(base) ?? 0;
    seen.set(base, n + 1);
    found.set(`${base}:${n}`, field);
  }
  return found;
};

const isTick = field => field.type === 'checkbox' || field.type === 'radio';

plum.keep = {
  /** Puts by what was typed on this page and not yet taken; called when the circuit is gone for good. */
  snapshot() {
    const values = [];
    for (const [identity, field] of identities()) {
      if (dirty.has(field)) {
        values.push([identity, isTick(field) ? field.checked : field.value]);
      }
    }
    if (values.length > 0) {
      sessionStorage.setItem(KEPT, JSON.stringify({ url: location.href, at: Date.now(), values }));
    }
  },

  /** Types it again into the same fields, as they appear. Returns how many there are to put back. */
  restore() {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? 'null');
    sessionStorage.removeItem(KEPT);
    if (!kept || kept.url !== location.href || Date.now() - kept.at > HALF_AN_HOUR) {
      return 0;
    }

    const left = new Map(kept.values);
    const fill = () => {
      for (const [identity, field] of identities()) {
        if (!left.has(identity)) {
          continue;
        }
        const value = left.get(identity);
        left.delete(identity);
        if (isTick(field)) {
          field.checked = value;
        } else {
          field.value = value;
        }
        dirty.add(field);
        field.dispatchEvent(new Event('input', { bubbles: true }));
        field.dispatchEvent(new Event('change', { bubbles: true }));
      }
      if (left.size === 0 || location.href !== kept.url) {
        watch.disconnect();
      }
    };
    const watch = new MutationObserver(fill);
    watch.observe(document.body, { childList: true, subtree: true });
    fill();
    return kept.values.length;
  },
};

/** The circuit answers. Returns how many fields there were to put back. */
plum.live = () => {
  document.documentElement.dataset.live = 'true';
  return plum.keep.restore();
};
