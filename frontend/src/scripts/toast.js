// A toast stays until somebody puts it away; nothing vanishes while it is being read.
const prepare = () => {
  for (const button of document.querySelectorAll('[data-dismiss][hidden]')) button.hidden = false;
};

document.addEventListener('click', (event) => {
  event.target.closest('[data-dismiss]')?.closest('.toast')?.remove();
});

prepare();
document.addEventListener('htmx:after:swap', prepare);
