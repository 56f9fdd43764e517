// Runs before the page is drawn, so that a chosen light or dark scheme never flashes. Says too that scripts run.
const chosen = (() => {
  try {
    return localStorage.getItem('color-scheme');
  } catch {
    return null;
  }
})();
document.documentElement.dataset.colorScheme = ['light', 'dark'].includes(chosen) ? chosen : 'auto';
document.documentElement.dataset.scripts = '';
