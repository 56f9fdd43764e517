// After a live swap the boxes say what the page says. A box that a hand has touched no longer listens to its attribute,
// so taking a choice away by its tag would leave it ticked.
document.addEventListener('htmx:after:swap', () => {
  for (const box of document.querySelectorAll('form.live input[type="checkbox"]')) box.checked = box.defaultChecked;
  for (const option of document.querySelectorAll('form.live option')) option.selected = option.defaultSelected;
});
