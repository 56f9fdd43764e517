// Drafts that save themselves: what HTMX can't do alone. Where the connection is lost the text is kept in this window's
// own storage, which no other window sees and which goes when the window closes; it goes too as soon as the server has
// the text, and when somebody signs out.
const RETRY_MS = 10_000;
const PREFIX = 'draft:';
const SENT = `${PREFIX}sent`;
const form = document.querySelector('form[data-draft-of]');
const state = document.getElementById('draft-state');

const store = {
  get: (key) => {
    try {
      return sessionStorage.getItem(key);
    } catch {
      return null;
    }
  },
  set: (key, value) => {
    try {
      sessionStorage.setItem(key, value);
    } catch {
      // A browser that keeps nothing still has the text in its fields.
    }
  },
  forget: (keep = '') => {
    try {
      for (const key of Object.keys(sessionStorage)) {
        if (key.startsWith(PREFIX) && !(keep && key.startsWith(keep))) sessionStorage.removeItem(key);
      }
    } catch {
      // Nothing was kept.
    }
  },
};

// Signing out leaves nothing of what was typed in the browser.
document.addEventListener('submit', (event) => {
  if (/\/logout\/$/.test(new URL(event.target.action, location.href).pathname)) store.forget();
});

if (!form && store.get(SENT)) store.forget();

if (form && state) {
  const person = `${PREFIX}${form.dataset.draftOf.split(' ')[0]}`;
  const key = `${PREFIX}${form.dataset.draftOf}`;
  let waiting = 0;
  let dirty = false;
  let sent = false;
  if (store.get(SENT) === key) store.forget();
  else store.forget(person);

  const say = (text) => {
    if (state.textContent !== text) state.textContent = text;
  };
  const typed = () => new URLSearchParams(new FormData(form)).toString();
  const again = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => state.dispatchEvent(new CustomEvent('draft-keep')), RETRY_MS);
  };

  form.addEventListener('input', () => {
    dirty = true;
  });

  // The page itself is sent: if its answer comes, it comes with the next page.
  form.addEventListener('submit', () => {
    sent = true;
    store.set(key, typed());
    store.set(SENT, key);
  });
  addEventListener('pageshow', (event) => {
    if (event.persisted) sent = false;
  });

  // No answer at all: the connection is lost, or the server is.
  state.addEventListener('htmx:error', () => {
    store.set(key, typed());
    say(state.dataset.offline);
    again();
  });

  state.addEventListener('htmx:response:error', (event) => {
    const { status } = event.detail.ctx.response;
    if (status < 500 && status !== 429) {
      say(state.dataset.away);
      return;
    }
    store.set(key, typed());
    say(state.dataset.failed);
    again();
  });

  state.addEventListener('htmx:after:swap', () => {
    dirty = false;
    clearTimeout(waiting);
    store.forget();
  });

  addEventListener('online', () => state.dispatchEvent(new CustomEvent('draft-keep')));

  // The lid closes, or another window comes to the front: send what hasn't been sent.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') {
      if (store.get(key) && !sent) state.dispatchEvent(new CustomEvent('draft-keep'));
      return;
    }
    if (!dirty || sent) return;
    store.set(key, typed());
    if (navigator.sendBeacon?.(state.getAttribute('hx-post'), new URLSearchParams(new FormData(form)))) dirty = false;
  });

  // A button that adds or takes away a row was refused: send the page itself, and let its answer say why.
  for (const sign of ['htmx:response:error', 'htmx:error']) {
    form.addEventListener(sign, (event) => {
      const button = event.target.closest?.('button[hx-post]');
      if (!button) return;
      if (sign === 'htmx:error') say(state.dataset.offline);
      else form.requestSubmit(button);
    });
  }

  // Text that never reached us before this page was loaded again; what did reach us stands in the fields already.
  const words = (text) => {
    const fields = new URLSearchParams(text);
    fields.delete('seal');
    return fields.toString();
  };
  const left = store.get(key);
  if (left && words(left) === words(typed())) store.forget();
  else if (left) {
    const button = (label, act) => {
      const made = document.createElement('button');
      made.type = 'button';
      made.className = 'ds-button';
      made.dataset.variant = 'secondary';
      made.dataset.size = 'sm';
      made.textContent = label;
      made.addEventListener('click', act);
      return made;
    };
    const putBack = async () => {
      const body = new URLSearchParams(left);
      body.set('do', 'keep:force');
      const answer = await fetch(state.getAttribute('hx-post'), { method: 'POST', body }).catch(() => null);
      if (answer?.ok) {
        store.forget();
        location.reload();
      } else say(state.dataset.failed);
    };
    const box = document.createElement('p');
    box.append(
      `${state.dataset.left} `,
      button(state.dataset.putBack, putBack),
      ' ',
      button(state.dataset.forget, () => {
        store.forget();
        box.remove();
      }),
    );
    state.replaceChildren(box);
  }
}
