// The copy button shows itself where the browser lets a script copy, and says when it has.
const prepare = (root) => {
  for (const button of root.querySelectorAll('[data-copy][hidden]')) {
    if (navigator.clipboard) button.hidden = false;
  }
};

document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-copy]');
  if (!button) return;
  const field = document.getElementById(button.dataset.copy);
  const answer = document.getElementById(button.getAttribute('aria-describedby'));
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    answer.textContent = button.dataset.done;
  } catch {
    answer.textContent = button.dataset.failed;
  }
});

prepare(document);
document.addEventListener('htmx:after:swap', () => prepare(document));
