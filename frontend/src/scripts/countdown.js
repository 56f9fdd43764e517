// How long there is until a call opens or closes. The server says how many seconds are left, so that a wrong clock in
// this machine changes nothing; when none are left, the page is asked for anew.
for (const place of document.querySelectorAll('[data-countdown]')) {
  const left = Number(place.dataset.countdown);
  const begun = performance.now();
  const said = place.textContent;
  const show = () => {
    const seconds = Math.ceil(left - (performance.now() - begun) / 1000);
    if (seconds <= 0) {
      clearInterval(ticking);
      if (left > 0) location.reload();
      return;
    }
    const parts = [
      [Math.floor(seconds / 86400), place.dataset.days],
      [Math.floor(seconds / 3600) % 24, place.dataset.hours],
      [Math.floor(seconds / 60) % 60, place.dataset.minutes],
      [seconds % 60, place.dataset.seconds],
    ];
    const first = parts.findIndex(([number]) => number > 0);
    place.textContent = parts.slice(first).map(([number, unit]) => `${number} ${unit}`).join(' ');
  };
  place.title = said.trim();
  const ticking = setInterval(show, 1000);
  show();
}
