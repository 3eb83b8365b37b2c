// A field of digits and the browser's chooser beside it show the same colour, whichever of them was changed.
const isColour = /^#[0-9a-f]{6}$/i;

function tie(chooser) {
  const digits = document.getElementById(chooser.dataset.colourOf);
  digits.addEventListener("input", () => {
    if (isColour.test(digits.value)) chooser.value = digits.value;
  });
  chooser.addEventListener("input", () => {
    digits.value = chooser.value;
    // The preview listens to the field that is sent.
    for (const name of ["input", "change"]) digits.dispatchEvent(new Event(name, { bubbles: true }));
  });
}

function begin() {
  document.querySelectorAll("[data-colour-of]").forEach(tie);
}

if (document.readyState === "loading") addEventListener("DOMContentLoaded", begin);
else begin();
