// Sets light or dark before the first paint when the person chose one; the cookie lets the server write it into the page.
window.plumTheme = {
  /** @param {'light'|'dark'|'system'} choice */
  set(choice) {
    if (choice === 'system') {
      document.documentElement.removeAttribute('data-theme');
    } else {
      document.documentElement.setAttribute('data-theme', choice);
    }
    document.cookie = `plum-theme=${choice}; path=/; max-age=31536000; samesite=strict${location.protocol === 'https:' ? '; secure' : ''}`;
  },
  get() {
    return document.documentElement.getAttribute('data-theme') ?? 'system';
  },
};
