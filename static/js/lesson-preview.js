// In the editor's preview: begins at the card where the learner is shown, as a link to it would. The editor shows the page
// some time after it has loaded, and puts it back to where the author had scrolled: only from the top does it go there.
const { at } = document.querySelector("script[data-at]").dataset;
const MOST_TRIES = 120;
let tries = 0;

function begin() {
  if (scrollY > 0 || at < 2 || ++tries > MOST_TRIES) return clearInterval(timer);
  document.getElementById(`card-${at}`)?.scrollIntoView({ behavior: "instant" });
}

const timer = setInterval(begin, 250);
