// In the editor's preview: begins at the card where the learner is shown, as a link to it would. The editor shows the page
// some time after it has loaded, and puts it back to the top where the author had not scrolled: so it goes there again,
// until she does something herself.
const { at } = document.querySelector("script[data-at]").dataset;
const MOST_TRIES = 120;
let tries = 0;

function begin() {
  if (at < 2 || ++tries > MOST_TRIES) return clearInterval(timer);
  if (scrollY === 0) document.getElementById(`card-${at}`)?.scrollIntoView({ behavior: "instant" });
}

const timer = setInterval(begin, 250);
for (const sign of ["wheel", "touchstart", "pointerdown", "keydown"]) addEventListener(sign, () => clearInterval(timer));
