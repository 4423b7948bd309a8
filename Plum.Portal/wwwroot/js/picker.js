// A combobox's own keys must not move the cursor, send the form or close the dialog; what they do is decided on the server.
document.addEventListener('keydown', event => {
  const box = event.target instanceof Element ? event.target.closest('[role=combobox]') : null;
  if (!box || event.isComposing) {
    return;
  }
  const open = box.getAttribute('aria-expanded') === 'true';
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp' || event.key === 'Enter' || (event.key === 'Escape' && open)) {
    event.preventDefault();
  }
}, true);
