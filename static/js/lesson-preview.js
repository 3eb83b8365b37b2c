// In the editor's preview: begins at the card where the learner is shown, as a link to it would. The editor puts the
// page back to where the author had scrolled some time after it has loaded: only from the top does it go there.
const { at } = document.querySelector("script[data-at]").dataset;

function begin() {
  if (at > 1 && scrollY === 0) document.getElementById(`card-${at}`)?.scrollIntoView({ behavior: "instant" });
}

addEventListener("load", () => [100, 500, 1500].forEach((pause) => setTimeout(begin, pause)));
