// A slider moves the number beside it, and the number the slider. Without this the number alone is there, with a button.
const prepare = () => {
  for (const range of document.querySelectorAll('input[data-range-for][hidden]')) {
    const number = document.getElementById(range.dataset.rangeFor);
    const step = Number(range.dataset.step) || 1;
    const decimals = Math.max(0, Math.ceil(-Math.log10(step)));
    // A slider counts with a point; whoever reads the number beside it may write a comma.
    const sign = range.form?.dataset.decimal || '.';
    range.step = step;
    range.min = Math.floor(Number(range.min) / step) * step;
    range.value = range.getAttribute('value');
    range.setAttribute('aria-valuetext', number.value);
    range.addEventListener('input', () => {
      number.value = Number(Number(range.value).toFixed(decimals)).toString().replace('.', sign);
      range.setAttribute('aria-valuetext', number.value);
    });
    number.addEventListener('input', () => {
      range.value = number.value.replace(/\s/g, '').replace(',', '.');
      range.setAttribute('aria-valuetext', number.value);
    });
    range.hidden = false;
  }
};
prepare();
document.addEventListener('htmx:after:swap', prepare);
