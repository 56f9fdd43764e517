// Blocks that can be dragged into another order. Each holds a field with its place, which is what the server reads; the
// buttons beside it do the same without a mouse, and without this script.
for (const list of document.querySelectorAll('[data-order]')) {
  const blocks = () => [...list.querySelectorAll(':scope > [data-moves]')];
  const number = () => {
    blocks().forEach((block, at) => {
      const place = block.querySelector('input[name$="-position"]');
      if (place) place.value = at + 1;
      const told = block.querySelector('[data-place]');
      if (told) told.textContent = at + 1;
    });
    list.dispatchEvent(new Event('change', { bubbles: true }));
  };
  let held = null;

  for (const block of blocks()) {
    const handle = document.createElement('span');
    handle.className = 'letter-handle';
    handle.setAttribute('aria-hidden', 'true');
    handle.textContent = '⠿';
    handle.draggable = true;
    block.firstElementChild?.prepend(handle);
    handle.addEventListener('dragstart', (event) => {
      held = block;
      event.dataTransfer.effectAllowed = 'move';
      event.dataTransfer.setData('text/plain', block.id);
      block.dataset.held = '';
    });
    handle.addEventListener('dragend', () => {
      delete block.dataset.held;
      held = null;
    });
  }

  list.addEventListener('dragover', (event) => {
    const over = event.target.closest('[data-moves]');
    if (!held || !over || over.parentElement !== list) return;
    event.preventDefault();
    if (over === held) return;
    const box = over.getBoundingClientRect();
    if (event.clientY > box.top + box.height / 2) over.after(held);
    else over.before(held);
  });
  list.addEventListener('drop', (event) => {
    if (!held) return;
    event.preventDefault();
    number();
  });
}
