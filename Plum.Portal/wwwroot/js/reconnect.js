// Blazor tells when the circuit is lost. Nothing typed is thrown away: the page stays readable while Plum joins again, and when
// the circuit is gone for good, what was typed is put by (shell.js) before the page is loaded anew.
const notice = document.getElementById('components-reconnect-modal');
const button = document.getElementById('components-reconnect-button');
const EVERY = 5000;
let timer;
let lost = false;

const reload = () => {
  window.plum.keep.snapshot();
  lost = false;
  location.reload();
};

const again = async () => {
  clearTimeout(timer);
  try {
    // true: joined. false: reached, and the circuit is gone. Throws: not reached.
    if (!(await Blazor.reconnect()) && !(await Blazor.resumeCircuit())) {
      reload();
    }
  } catch {
    timer = setTimeout(again, EVERY);
  }
};

notice?.addEventListener('components-reconnect-state-changed', event => {
  const state = event.detail.state;
  notice.dataset.state = state;
  document.documentElement.dataset.live = String(state === 'hide');
  switch (state) {
    case 'hide':
      lost = false;
      clearTimeout(timer);
      notice.close();
      break;
    case 'rejected':
      reload();
      break;
    case 'failed':
      timer = setTimeout(again, EVERY);
      break;
    default:
      lost = true;
      if (!notice.open) {
        notice.show();
      }
  }
});

button?.addEventListener('click', again);

addEventListener('pagehide', () => {
  if (lost) {
    window.plum.keep.snapshot();
  }
});
