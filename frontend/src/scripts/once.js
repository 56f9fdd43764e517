// A form that changes something is sent once, however often its button is pressed.
const sending = new WeakSet();

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== 'post') return;
  if (sending.has(form)) {
    event.preventDefault();
    return;
  }
  sending.add(form);
  event.submitter?.setAttribute('data-busy', '');
});

// A page that the back button brings from the browser's memory starts afresh.
addEventListener('pageshow', (event) => {
  if (!event.persisted) return;
  for (const form of document.forms) sending.delete(form);
  for (const button of document.querySelectorAll('[data-busy]')) button.removeAttribute('data-busy');
});
