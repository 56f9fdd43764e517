// A film that lies elsewhere is put in place when the reader asks for it; without this the link leads to it.
document.addEventListener('click', (event) => {
  const link = event.target.closest?.('a[data-frame]');
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  const frame = document.createElement('iframe');
  frame.src = link.dataset.frame;
  frame.title = link.dataset.frameTitle;
  frame.allow = 'fullscreen; encrypted-media; picture-in-picture';
  frame.referrerPolicy = 'strict-origin';
  frame.tabIndex = 0;
  link.closest('p').replaceWith(frame);
  frame.focus();
});
