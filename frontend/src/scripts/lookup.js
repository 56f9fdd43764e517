// A field that offers what is known while one types: a combobox as the pattern book has it. HTMX fetches the list.
const listOf = (field) => document.getElementById(`${field.id}-list`);
const optionsOf = (field) => [...(listOf(field)?.querySelectorAll('[role="option"]') ?? [])];

const close = (field) => {
  const list = listOf(field);
  if (!list) return;
  list.replaceChildren();
  list.hidden = true;
  field.setAttribute('aria-expanded', 'false');
  field.removeAttribute('aria-activedescendant');
};

const mark = (field, option) => {
  for (const one of optionsOf(field)) one.setAttribute('aria-selected', String(one === option));
  if (option) {
    field.setAttribute('aria-activedescendant', option.id);
    option.scrollIntoView({ block: 'nearest' });
  } else field.removeAttribute('aria-activedescendant');
};

const choose = (field, option) => {
  field.value = option.dataset.value;
  close(field);
  field.focus();
  field.dispatchEvent(new Event('change', { bubbles: true }));
};

const prepare = (root) => {
  for (const field of root.querySelectorAll('[data-lookup]:not([role])')) {
    const list = listOf(field);
    if (!list) continue;
    field.setAttribute('role', 'combobox');
    field.setAttribute('aria-autocomplete', 'list');
    field.setAttribute('aria-expanded', 'false');
    field.setAttribute('aria-controls', list.id);
    field.setAttribute('hx-target', `#${CSS.escape(list.id)}`);
    list.setAttribute('role', 'listbox');
    list.setAttribute('aria-label', field.labels?.[0]?.textContent.trim() ?? '');
  }
};

// The answer has come: number the options, and show them if the field still has the focus.
document.addEventListener('htmx:after:swap', (event) => {
  prepare(document);
  const field = event.target.closest?.('[data-lookup]') ?? event.detail?.ctx?.sourceElement;
  if (!field?.matches?.('[data-lookup]')) return;
  const list = listOf(field);
  const options = optionsOf(field);
  options.forEach((option, number) => {
    option.id = `${list.id}-${number}`;
  });
  const shown = options.length > 0 && document.activeElement === field;
  list.hidden = !shown;
  field.setAttribute('aria-expanded', String(shown));
});

document.addEventListener('keydown', (event) => {
  const field = event.target;
  if (!field.matches?.('[data-lookup][aria-expanded="true"]')) return;
  const options = optionsOf(field);
  const at = options.findIndex((option) => option.getAttribute('aria-selected') === 'true');
  if (event.key === 'ArrowDown') mark(field, options[(at + 1) % options.length]);
  else if (event.key === 'ArrowUp') mark(field, options[(at <= 0 ? options.length : at) - 1]);
  else if (event.key === 'Enter' && at >= 0) choose(field, options[at]);
  else if (event.key === 'Escape') close(field);
  else return;
  event.preventDefault();
});

// Before the field loses its focus to the click.
document.addEventListener('mousedown', (event) => {
  const option = event.target.closest('.lookup-list [role="option"]');
  if (!option) return;
  event.preventDefault();
  choose(document.querySelector(`[aria-controls="${CSS.escape(option.parentElement.id)}"]`), option);
});

document.addEventListener('focusout', (event) => {
  if (event.target.matches?.('[data-lookup][role="combobox"]')) close(event.target);
});

prepare(document);
