// What the account pages need of the browser: its time zone, and passkeys. Everything hangs on the document, so that it also works on
// what enhanced navigation puts in later.

const can =
  typeof window.PublicKeyCredential?.parseCreationOptionsFromJSON === 'function' &&
  typeof window.PublicKeyCredential?.parseRequestOptionsFromJSON === 'function';

function dress() {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  for (const field of document.querySelectorAll('[data-browser-zone]')) {
    field.value = zone ?? '';
  }

  for (const form of document.querySelectorAll('form[data-passkey]')) {
    form.hidden = !can;
  }
}

/** The credential as JSON, after the person has agreed. */
async function ceremony(form) {
  const token = form.querySelector('[name="__RequestVerificationToken"]');
  const answer = await fetch(form.dataset.options, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { RequestVerificationToken: token.value },
  });
  if (!answer.ok) {
    throw new Error('The portal did not answer. Load the page again and try once more.');
  }

  const options = await answer.json();
  const credential =
    form.dataset.passkey === 'create'
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
  return JSON.stringify(credential);
}

document.addEventListener('submit', async (event) => {
  const form = event.target;
  if (!form.matches?.('form[data-passkey]') || form.dataset.ready) {
    return;
  }

  event.preventDefault();
  const error = form.querySelector('[data-passkey-error]');
  const button = form.querySelector('button[type="submit"]');
  error.hidden = true;
  button.disabled = true;
  try {
    form.querySelector('[data-credential]').value = await ceremony(form);
    form.dataset.ready = 'true';
    form.submit();
  } catch (fault) {
    error.textContent =
      fault.name === 'NotAllowedError' || fault.name === 'AbortError'
        ? 'No passkey was given. Try again, or use your password.'
        : fault.name === 'InvalidStateError'
          ? 'This device has a passkey for your account already.'
          : fault.message;
    error.hidden = false;
  } finally {
    button.disabled = false;
  }
});

dress();
window.Blazor?.addEventListener('enhancedload', dress);
