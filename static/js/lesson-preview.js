// In the editor's preview: begins at the card where the learner is shown, as a link to it would.
const { at } = document.querySelector("script[data-at]").dataset;
if (at > 1) document.getElementById(`card-${at}`)?.scrollIntoView();
