// A form with a file shows how far the file has come, and looks at its size before it is sent. Without this script the
// browser sends the form as it always has, and the server says the same things.
const sending = new WeakSet();

const stateOf = (input) => {
  let state = document.getElementById(`${input.id}_state`);
  if (!state) {
    state = document.createElement('div');
    state.id = `${input.id}_state`;
    state.className = 'upload-state';
    state.setAttribute('role', 'status');
    input.after(state);
  }
  return state;
};

const say = (input, text, fault = false) => {
  const words = document.createElement('p');
  words.textContent = text;
  words.className = fault ? 'upload-fault' : '';
  stateOf(input).replaceChildren(words);
};

const chosen = (form) => [...form.querySelectorAll('input[data-upload]')].filter((input) => input.files.length);
const isTooBig = (input) => [...input.files].some((file) => file.size > Number(input.dataset.upload));

document.addEventListener('change', (event) => {
  const input = event.target.closest?.('input[data-upload]');
  if (!input) return;
  if (isTooBig(input)) {
    input.setAttribute('aria-invalid', 'true');
    say(input, input.dataset.tooBig, true);
  } else {
    input.removeAttribute('aria-invalid');
    document.getElementById(`${input.id}_state`)?.replaceChildren();
  }
});

// The number changes all the time, so it is drawn and not read out; that the file is on its way is read once.
const progress = (input) => {
  say(input, input.dataset.sending);
  const bar = document.createElement('progress');
  const part = document.createElement('span');
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute('aria-label', input.dataset.sending);
  part.setAttribute('aria-hidden', 'true');
  stateOf(input).append(bar, part);
  return (share) => {
    bar.value = share;
    part.textContent = `${share} %`;
  };
};

const go = (address) => {
  const target = new URL(address, location.href);
  const stays = target.pathname === location.pathname && target.search === location.search;
  location.assign(target);
  if (stays && target.hash) location.reload();
};

const answered = (request) => {
  const kind = request.getResponseHeader('Content-Type') ?? '';
  if (kind.startsWith('application/json')) {
    go(JSON.parse(request.responseText).go);
    return;
  }
  // The same page again, with what is wrong: it takes this one's place as if the browser had sent the form.
  document.open();
  document.write(request.responseText);
  document.close();
};

const send = (form, submitter, inputs) => {
  const data = new FormData(form);
  if (submitter?.name) data.append(submitter.name, submitter.value);
  const request = new XMLHttpRequest();
  const tell = progress(inputs[0]);
  const lost = () => {
    sending.delete(form);
    submitter?.removeAttribute('data-busy');
    say(inputs[0], inputs[0].dataset.lost, true);
  };
  request.upload.addEventListener('progress', (event) => {
    if (event.lengthComputable) tell(Math.floor((100 * event.loaded) / event.total));
  });
  request.upload.addEventListener('load', () => say(inputs[0], inputs[0].dataset.checking));
  request.addEventListener('load', () => answered(request));
  request.addEventListener('error', lost);
  request.addEventListener('abort', lost);
  request.open('POST', submitter?.hasAttribute('formaction') ? submitter.formAction : form.action);
  request.setRequestHeader('X-Waits-For', 'upload');
  request.send(data);
  submitter?.setAttribute('data-busy', '');
};

document.addEventListener(
  'submit',
  (event) => {
    const form = event.target;
    const inputs = form.method === 'post' && form.enctype === 'multipart/form-data' ? chosen(form) : [];
    if (!inputs.length || event.submitter?.hasAttribute('hx-post')) return;
    event.preventDefault();
    const tooBig = inputs.find(isTooBig);
    if (tooBig) {
      tooBig.focus();
      return;
    }
    if (sending.has(form)) return;
    sending.add(form);
    send(form, event.submitter, inputs);
  },
  true,
);
