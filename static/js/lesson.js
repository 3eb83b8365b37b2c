// A lesson's cards (.lesson-card): Next leads to the card below, the stitches follow, and the place is kept on the server.
const form = document.querySelector("[data-lesson]");
const cards = [...document.querySelectorAll(".lesson-card")];
const cells = document.querySelectorAll(".top .stitches i");
let at = -1;
let told = -1;
let timer;

function current() {
  const { scrollHeight, scrollTop, clientHeight } = document.documentElement;
  if (scrollHeight - scrollTop - clientHeight < 8) return cards.length - 1;
  const line = document.querySelector(".top").offsetHeight + 48;
  return Math.max(0, cards.filter((card) => card.getBoundingClientRect().top <= line).length - 1);
}

function follow() {
  const now = current();
  if (now === at) return;
  at = now;
  cells.forEach((cell, i) => (cell.className = i < at ? "done" : i === at ? "current" : "open"));
  const next = form.querySelector("[data-next]");
  next.hidden = at === cards.length - 1;
  form.querySelector("[data-done]").hidden = !next.hidden;
  if (!next.hidden) next.hash = cards[at + 1].id;
  clearTimeout(timer);
  timer = setTimeout(tell, 1500);
}

function tell() {
  if (at === told || !form.dataset.placeUrl) return;
  told = at;
  const body = new FormData(form);
  body.set("card", at + 1);
  body.set("script", "1");
  fetch(form.dataset.placeUrl, { method: "POST", body, keepalive: true }).catch(() => (told = -1));
}

if (form && cards.length) {
  addEventListener("scroll", () => requestAnimationFrame(follow), { passive: true });
  addEventListener("resize", follow);
  addEventListener("pagehide", tell);
  form.querySelector("[data-next]").addEventListener("click", (event) => {
    event.preventDefault();
    location.replace(event.currentTarget.href);
  });
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = told = at;
  });
  addEventListener("pageshow", () => delete form.dataset.sent);
  follow();
}
