// Keeps what is being typed: a part of a page that would be fetched anew stays as it is, and a line says so instead.
document.addEventListener('input', (event) => {
  const form = event.target.closest('form');
  if (form) form.setAttribute('data-typed', '');
});

document.addEventListener('htmx:beforeRequest', (event) => {
  const live = event.target;
  if (!live.matches('[data-live]')) return;
  const isOpen = live.contains(document.activeElement) && document.activeElement.closest('form') !== null;
  if (live.dataset.live !== 'tell' && !isOpen && !live.querySelector('form[data-typed]')) return;
  event.preventDefault();
  live.parentElement.querySelector('[data-changed]').hidden = false;
});
