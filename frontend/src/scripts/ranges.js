// A slider moves the number beside it, and the number the slider. Without this the number alone is there, with a button.
const prepare = () => {
  for (const range of document.querySelectorAll('input[data-range-for][hidden]')) {
    const number = document.getElementById(range.dataset.rangeFor);
    const step = Number(range.dataset.step) || 1;
    const decimals = Math.max(0, Math.ceil(-Math.log10(step)));
    const comma = number.value.includes(',');
    range.step = step;
    range.min = Math.floor(Number(range.min) / step) * step;
    range.value = number.value.replace(',', '.');
    range.addEventListener('input', () => {
      const text = Number(Number(range.value).toFixed(decimals)).toString();
      number.value = comma ? text.replace('.', ',') : text;
      range.setAttribute('aria-valuetext', number.value);
    });
    number.addEventListener('input', () => {
      range.value = number.value.replace(',', '.');
    });
    range.hidden = false;
  }
};
prepare();
document.addEventListener('htmx:after:swap', prepare);
