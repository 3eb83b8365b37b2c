// Boxes of a list: all of this page at once, and how many are ticked. Without it each is ticked by hand.
const boxes = () => [...document.querySelectorAll("[data-pick]")];

function show() {
  const count = document.querySelector("[data-pick-count]");
  const page = document.querySelector("[data-pick-page]");
  if (!count || !page) return;
  const ticked = boxes().filter((box) => box.checked).length;
  count.hidden = !ticked;
  count.textContent = ticked ? `✓ ${ticked}` : "";
  page.hidden = false;
  page.checked = ticked > 0 && ticked === boxes().length;
  page.indeterminate = ticked > 0 && !page.checked;
}

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-pick-page]")) for (const box of boxes()) box.checked = event.target.checked;
  if (event.target.matches("[data-pick], [data-pick-page]")) show();
});
document.addEventListener("w-swap:success", show);
show();
