// Watching a practical (form[data-practical]): counts in the dock, and Sign off opens when nothing is missing.
const form = document.querySelector("[data-practical]");
const signOff = document.querySelector("[data-sign-off]");

function count(name, done, all) {
  const place = document.querySelector(`[data-count="${name}"]`);
  if (place) place.textContent = place.dataset.words.replace("{done}", done).replace("{all}", all);
}

function follow() {
  const steps = [...form.querySelectorAll(".step")];
  const stars = [...form.querySelectorAll("[data-star]")];
  count("steps", steps.filter((step) => step.querySelector(":checked")).length, steps.length);
  count("stars", stars.filter((star) => star.checked).length, stars.length);
  signOff.setAttribute("aria-disabled", !form.checkValidity());
}

if (form && signOff) {
  form.addEventListener("input", follow);
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
  });
  addEventListener("pageshow", () => {
    delete form.dataset.sent;
    follow();
  });
}
