// The search of the handbook: shows the sections that hold every word.
const box = document.querySelector('[data-search-box]');
const field = box?.querySelector('input');
const status = box?.querySelector('[role="status"]');
const sections = [...document.querySelectorAll('[data-section]')].map(part => [part, part.textContent.toLowerCase()]);

function search() {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  let found = 0;
  for (const [part, text] of sections) {
    part.hidden = !words.every(word => text.includes(word));
    found += part.hidden ? 0 : 1;
  }
  status.textContent = words.length ? `${found} of ${sections.length} sections` : '';
}

if (box) {
  box.hidden = false;
  field.addEventListener('input', search);
}
