// Light, dark, or as the device says; remembered in this browser alone.
const root = document.documentElement;

const show = (scheme) => {
  root.dataset.colorScheme = scheme;
  for (const button of document.querySelectorAll('[data-set-scheme]')) {
    button.setAttribute('aria-pressed', String(button.dataset.setScheme === scheme));
  }
};

const remember = (scheme) => {
  try {
    if (scheme === 'auto') localStorage.removeItem('color-scheme');
    else localStorage.setItem('color-scheme', scheme);
  } catch {
    // A browser that keeps nothing still switches for this page.
  }
};

for (const box of document.querySelectorAll('.scheme-switch[hidden]')) box.hidden = false;
show(root.dataset.colorScheme);

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-set-scheme]');
  if (!button) return;
  show(button.dataset.setScheme);
  remember(button.dataset.setScheme);
});
