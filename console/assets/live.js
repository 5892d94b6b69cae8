// Keeps a page true while it is open and looked at. What is being typed stays as it is, and a line says what is newer.
const PLACES = 'a[href], button, summary, input, select, textarea';
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 60_000;
const ANSWER_WITHIN_MS = 5_000;

const live = () => document.querySelector('[data-live]');
const say = (what, isSo = true) => {
  document.querySelector(`[data-${what}]`).hidden = !isSo;
};

let source = null;
let isLost = false;
let wait = FIRST_WAIT_MS;

function listen() {
  if (source && source.readyState !== EventSource.CLOSED) return;
  // The address says what the content has seen: what happened since then is told, and nothing else.
  source = new EventSource(live().dataset.events);
  source.addEventListener('change', ask);
  // The session is over, or other windows took this one's place: nothing more comes.
  source.addEventListener('end', stop);
  source.addEventListener('open', () => {
    wait = FIRST_WAIT_MS;
    isLost = false;
  });
  source.addEventListener('error', () => {
    isLost = true;
    // By itself the browser would come back with the address of the content that it had first.
    source?.close();
    setTimeout(() => {
      if (source && !document.hidden) listen();
    }, wait);
    wait = Math.min(2 * wait, LONGEST_WAIT_MS);
  });
}

// What is told while the content is being fetched may not be in it yet, and htmx forgets it with the old content.
let isFetching = false;
let isToldMeanwhile = false;

function ask() {
  if (isFetching) isToldMeanwhile = true;
  else htmx.trigger(live(), 'told');
}

document.addEventListener('htmx:beforeSend', () => {
  isFetching = true;
});
document.addEventListener('htmx:afterSettle', fetched);
document.addEventListener('htmx:afterRequest', ({ detail }) => {
  if (!detail.successful) fetched();
});

function fetched() {
  isFetching = false;
  if (!isToldMeanwhile) return;
  isToldMeanwhile = false;
  ask();
}

function stop() {
  source?.close();
  source = null;
  say('ended');
}

// A browser has few connections to one server: a page that nobody looks at keeps none.
document.addEventListener('visibilitychange', () => {
  if (!source) return;
  if (document.hidden) source.close();
  else listen();
});

document.addEventListener('input', ({ target }) => target.closest('form')?.setAttribute('data-typed', ''));

document.addEventListener('htmx:beforeRequest', (event) => {
  const content = live();
  const isFilled = content.contains(document.activeElement) && document.activeElement.closest('form') !== null;
  const isTouched = content.querySelector('form[data-typed], details[open] form') !== null;
  if (content.dataset.live !== 'tell' && !isFilled && !isTouched) return;
  event.preventDefault();
  say('changed');
});

// What is sent into nothing is lost with the page: while the server is not heard, it is asked first.
let isAsking = false;
document.addEventListener('submit', (event) => {
  if (!isLost) return;
  event.preventDefault();
  if (isAsking) return;
  isAsking = true;
  const { target: form, submitter } = event;
  fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(ANSWER_WITHIN_MS) })
    .then(({ ok }) => {
      say('away', !ok);
      if (!ok) return;
      isLost = false;
      form.requestSubmit(submitter);
    })
    .catch(() => say('away'))
    .finally(() => {
      isAsking = false;
    });
});

// What a refresh would take away: the place of who goes by the keyboard, and what he had unfolded.
let place = null;
document.addEventListener('htmx:beforeSwap', (event) => {
  // A server that is just starting, or short of its database: the content stays, and is asked for again.
  if (event.detail.xhr.status >= 500) {
    event.detail.shouldSwap = false;
    setTimeout(ask, wait);
    wait = Math.min(2 * wait, LONGEST_WAIT_MS);
    return;
  }
  // Not the page that was asked for, but a sign-in: the content stays.
  if (!event.detail.serverResponse.includes('data-live=')) {
    event.detail.shouldSwap = false;
    stop();
    return;
  }
  const content = live();
  place = {
    at: [...content.querySelectorAll(PLACES)].indexOf(document.activeElement),
    href: document.activeElement?.getAttribute('href'),
    unfolded: [...content.querySelectorAll('details')].map(({ open }) => open),
  };
});

document.addEventListener('htmx:afterSwap', () => {
  say('changed', false);
  const content = live();
  const { at, href, unfolded } = place;
  const folded = [...content.querySelectorAll('details')];
  if (folded.length === unfolded.length) for (const [i, one] of folded.entries()) one.open ||= unfolded[i];
  if (at === -1) return;
  const places = [...content.querySelectorAll(PLACES)];
  const same = places.find((one) => href && one.getAttribute('href') === href) ?? places[at];
  same?.focus({ preventScroll: true });
});

listen();
