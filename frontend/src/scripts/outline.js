// The outline of a form: its questions can be dragged too. The buttons beside them do the same without a mouse.
let dragged = null;

const rowOf = (event) => event.target.closest?.('[data-outline] .build-row');

const placeIn = (row, event) => {
  const box = row.getBoundingClientRect();
  const part = (event.clientY - box.top) / box.height;
  if ('group' in row.dataset && part > 0.3 && part < 0.7) return 'into';
  return part < 0.5 ? 'before' : 'after';
};

const clear = () => {
  for (const row of document.querySelectorAll('.build-row[data-over]')) delete row.dataset.over;
};

// A row can be dragged by its text; its buttons stay buttons.
document.addEventListener('pointerdown', (event) => {
  const row = rowOf(event);
  if (row) row.draggable = event.pointerType === 'mouse' && !event.target.closest('button');
});

document.addEventListener('dragstart', (event) => {
  dragged = rowOf(event) ?? null;
  if (!dragged) return;
  event.dataTransfer.effectAllowed = 'move';
  event.dataTransfer.setData('text/plain', dragged.dataset.row);
  dragged.dataset.dragged = '';
});

document.addEventListener('dragover', (event) => {
  const row = rowOf(event);
  clear();
  if (!dragged || !row || row === dragged) return;
  event.preventDefault();
  row.dataset.over = placeIn(row, event);
});

document.addEventListener('drop', (event) => {
  const row = rowOf(event);
  if (!dragged || !row || row === dragged) return;
  event.preventDefault();
  const form = row.closest('form');
  const button = document.createElement('button');
  button.name = 'do';
  button.value = `${placeIn(row, event)}:${dragged.dataset.row}>${row.dataset.row}`;
  button.hidden = true;
  form.append(button);
  form.requestSubmit(button);
  button.remove();
});

document.addEventListener('dragend', () => {
  if (dragged) delete dragged.dataset.dragged;
  dragged = null;
  clear();
});
