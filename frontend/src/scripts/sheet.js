// A sheet that several fill in at once: each field is saved while one types. Where the connection is lost or the
// session ends, what was typed is kept in this browser for the person who typed it, and sent when that is possible
// again: the server puts it beside newer text, so that sending late overwrites nothing. It goes when it has arrived,
// when somebody signs out, and after a week.
const PAUSE_MS = 900;
const RETRY_MS = 10_000;
const LOOK_MS = 12_000;
const WEEK_MS = 7 * 24 * 3600 * 1000;
const PREFIX = 'sheet:';
const form = document.querySelector('form[data-sheet]');
const state = document.getElementById('sheet-state');

const store = {
  keys: () => {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
    } catch {
      return [];
    }
  },
  get: (key) => {
    try {
      return JSON.parse(localStorage.getItem(key)) ?? {};
    } catch {
      return {};
    }
  },
  set: (key, value) => {
    try {
      if (Object.keys(value).length) localStorage.setItem(key, JSON.stringify(value));
      else localStorage.removeItem(key);
    } catch {
      // A browser that keeps nothing still has the text in its fields.
    }
  },
  forget: (key) => {
    try {
      localStorage.removeItem(key);
    } catch {
      // Nothing was kept.
    }
  },
};

for (const key of store.keys()) {
  const kept = Object.values(store.get(key));
  if (!kept.some((one) => Date.now() - one.at < WEEK_MS)) store.forget(key);
}

// Signing out leaves nothing of what was typed in the browser.
document.addEventListener('submit', (event) => {
  if (/\/logout\/$/.test(new URL(event.target.action, location.href).pathname)) store.keys().forEach(store.forget);
});

if (form && state) {
  const key = `${PREFIX}${form.dataset.sheet}`;
  const field = (name) => form.elements.namedItem(name);
  const boxes = new Map([...form.querySelectorAll('[data-path]')].map((box) => [box.dataset.path, box]));
  const unsent = new Set();
  const waitingForBlur = new Map();
  const taken = new Map();
  let sending = null;
  let underWay = new Set();
  let revision = field('!seen').value;
  let timer = 0;
  let leaving = false;
  field('!window').value = crypto.randomUUID();

  const say = (text) => {
    if (state.textContent !== text) state.textContent = text;
  };
  const boxOf = (element) => element.closest?.('[data-path]');
  const namesOf = (path) => [path, `!other/${path}`, `!unit/${path}`];

  // The fields of one question as the form would send them, with the mark of what they were shown with.
  const pairsOf = (path) => {
    const all = new FormData(form);
    const pairs = [[`!base/${path}`, all.get(`!base/${path}`)]];
    for (const name of namesOf(path)) for (const value of all.getAll(name)) pairs.push([name, value]);
    return pairs;
  };
  const body = (pairs) => {
    const made = new URLSearchParams(pairs);
    for (const name of ['!seal', '!window', '!step']) made.set(name, field(name).value);
    return made;
  };

  const wordsOf = (path) => JSON.stringify(pairsOf(path).slice(1));

  // What can't be sent now, kept by question.
  const keep = (paths) => {
    const kept = store.get(key);
    for (const path of paths) kept[path] = { at: Date.now(), pairs: pairsOf(path) };
    store.set(key, kept);
  };
  const arrived = (paths) => {
    const kept = store.get(key);
    for (const path of paths) delete kept[path];
    store.set(key, kept);
  };

  const fill = (name, value) => {
    const found = field(name);
    if (!found) return;
    const all = found instanceof RadioNodeList ? [...found] : [found];
    for (const one of all) {
      if (one.type === 'checkbox' || one.type === 'radio') {
        one.checked = Array.isArray(value) ? value.includes(one.value) : value === true || value === one.value;
      } else if (typeof value === 'string' && one.value !== value) {
        one.value = value;
      }
    }
  };

  const shows = (path) => unsent.has(path) || (boxes.get(path)?.contains(document.activeElement) ?? false);

  // Another's newer text goes into fields that one hasn't touched; under the cursor it waits until one leaves.
  const takeOver = (path, values, mark, who) => {
    const base = field(`!base/${path}`);
    if (!base || base.value === mark) return;
    if (unsent.has(path)) return;
    if (shows(path)) {
      waitingForBlur.set(path, [values, mark, who]);
      return;
    }
    for (const [name, value] of Object.entries(values)) fill(name, value);
    taken.delete(path);
    base.value = mark;
    const line = boxes.get(path).querySelector('.sheet-who');
    if (line) {
      line.textContent = who ? state.dataset.changed.replace('%(name)s', who) : '';
      line.hidden = !who;
    }
  };

  const showProblem = (path, text) => {
    const line = document.getElementById(`problem-${path}`);
    if (!line || (text && shows(path))) return;
    document.getElementById(`q-${path}_error`)?.remove();
    line.textContent = text;
    line.hidden = !text;
    for (const one of form.querySelectorAll(`[data-path="${CSS.escape(path)}"] :is(input, textarea, select)`)) {
      if (one.name !== path) continue;
      one.toggleAttribute('aria-invalid', Boolean(text));
      if (text) one.setAttribute('aria-invalid', 'true');
      const said = (one.getAttribute('aria-describedby') ?? '').split(' ').filter((id) => id !== line.id && document.getElementById(id));
      if (text) said.push(line.id);
      if (said.length) one.setAttribute('aria-describedby', said.join(' '));
      else one.removeAttribute('aria-describedby');
    }
  };

  let problems = {};
  const show = (answer, sent) => {
    revision = answer.revision;
    for (const [path, mark] of Object.entries(answer.marks)) {
      const base = field(`!base/${path}`);
      // Where two met, the mark stays what it was: nobody overwrites a text that they haven't been shown in its field.
      if (answer.met.includes(path)) continue;
      if (sent.has(path) && base) base.value = mark;
      else if (answer.values[path]) takeOver(path, answer.values[path], mark, answer.who[path]);
    }
    problems = answer.problems;
    for (const path of boxes.keys()) {
      showProblem(path, problems[path] ?? '');
      const clash = document.getElementById(`clash-${path}`);
      const html = answer.clashes[path] ?? '';
      if (clash && !clash.contains(document.activeElement) && clash.dataset.shown !== html) {
        clash.innerHTML = html;
        clash.dataset.shown = html;
      }
    }
    for (const box of form.querySelectorAll('[data-asked]')) {
      const asked = answer.asked[box.dataset.asked];
      if (asked !== undefined && !box.contains(document.activeElement)) box.hidden = !asked;
    }
    for (const line of form.querySelectorAll('[data-told]')) {
      const told = answer.told[line.dataset.told];
      if (told?.length) line.textContent = told.join(', ');
    }
    for (const [number, word] of Object.entries(answer.steps)) {
      document.querySelector(`[data-step="${number}"]`)?.setAttribute('data-state', word);
    }
    const rows = [...form.querySelectorAll('[data-row]')].map((row) => row.dataset.row);
    if (answer.met.length) say(state.dataset.met);
    else if (rows.join() !== answer.rows.join()) say(state.dataset.rows);
    else if (sent.size) say(`${state.dataset.saved} ${answer.saved}`);
  };

  const later = (ms) => {
    clearTimeout(timer);
    timer = setTimeout(send, ms);
  };

  const failed = (paths, text) => {
    for (const path of paths) unsent.add(path);
    keep(paths);
    say(text);
    later(RETRY_MS);
  };

  // One at a time: the next waits for the marks that the last brings.
  const send = async () => {
    if (sending || leaving) return;
    const kept = store.get(key);
    const paths = new Set([...unsent, ...Object.keys(kept)]);
    if (!paths.size) return;
    unsent.clear();
    underWay = paths;
    const words = [...paths].filter((path) => boxes.has(path)).map((path) => [path, wordsOf(path)]);
    const pairs = [...paths].flatMap((path) => (boxes.has(path) ? pairsOf(path) : kept[path].pairs));
    sending = fetch(form.dataset.url, {
      method: 'POST',
      body: body(pairs),
      headers: { Accept: 'application/json' },
      redirect: 'manual',
    });
    try {
      const answer = await sending;
      if (answer.ok) {
        const said = await answer.json();
        arrived(paths);
        for (const [path, text] of words) taken.set(path, text);
        show(said, paths);
      } else if (answer.type === 'opaqueredirect' || answer.status === 401 || answer.status === 403) failed(paths, state.dataset.signedOut);
      else if (answer.status >= 500 || answer.status === 429) failed(paths, state.dataset.failed);
      else {
        keep(paths);
        const said = await answer.json().catch(() => ({}));
        say(said.refused || state.dataset.away);
      }
    } catch {
      failed(paths, state.dataset.offline);
    } finally {
      sending = null;
      underWay = new Set();
      if (unsent.size) later(PAUSE_MS);
    }
  };

  // What others write comes by itself, as long as one looks.
  const look = async () => {
    if (document.visibilityState !== 'visible' || sending || leaving) return;
    if (unsent.size || Object.keys(store.get(key)).length) {
      send();
      return;
    }
    try {
      const url = `${form.dataset.url}&since=${revision}`;
      const answer = await fetch(url, { headers: { Accept: 'application/json' }, redirect: 'error' });
      if (answer.status === 200 && !sending) show(await answer.json(), new Set());
    } catch {
      // The next look tries again; what is typed meanwhile says it.
    }
  };

  const touched = (event) => {
    const box = boxOf(event.target);
    if (!box || event.target.type === 'file') return;
    if (taken.get(box.dataset.path) === wordsOf(box.dataset.path)) return;
    unsent.add(box.dataset.path);
    waitingForBlur.delete(box.dataset.path);
    later(PAUSE_MS);
  };
  form.addEventListener('input', touched);
  form.addEventListener('change', touched);
  form.addEventListener('focusout', (event) => {
    const path = boxOf(event.target)?.dataset.path;
    if (!path) return;
    setTimeout(() => {
      showProblem(path, problems[path] ?? '');
      if (waitingForBlur.has(path) && !shows(path)) {
        takeOver(path, ...waitingForBlur.get(path));
        waitingForBlur.delete(path);
      }
    });
    if (unsent.size) later(0);
  });

  // The whole page is sent: if it arrives, its answer is the next page. What is chosen or removed isn't put back.
  form.addEventListener('submit', (event) => {
    leaving = true;
    const [verb, ...rest] = (event.submitter?.value ?? '').split(':');
    const place = ['mine', 'theirs', 'both', 'remove'].includes(verb) ? rest.join(':').split(' ').pop() : '';
    const gone = (path) => place && (path === place || path.startsWith(`${place}/`));
    keep([...unsent, ...underWay].filter((path) => boxes.has(path) && !gone(path)));
  });
  addEventListener('pageshow', (event) => {
    if (event.persisted) leaving = false;
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') {
      look();
      return;
    }
    if (!unsent.size || leaving) return;
    keep(unsent);
    navigator.sendBeacon?.(form.dataset.url, body([...unsent].flatMap(pairsOf)));
  });
  addEventListener('online', () => send());
  setInterval(look, LOOK_MS);

  // What never reached the server before this page was loaded again: put it back into its fields, and send it.
  for (const [path, one] of Object.entries(store.get(key))) {
    if (boxes.has(path)) {
      for (const name of [`!base/${path}`, ...namesOf(path)]) {
        const values = one.pairs.filter((pair) => pair[0] === name).map((pair) => pair[1]);
        fill(name, values.length === 1 ? values[0] : values);
      }
      unsent.add(path);
    }
  }
  later(0);
}
