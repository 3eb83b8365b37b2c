// A numeric field (data-pin-pad) gets rings that fill and a pad of twelve keys; the pad brings the form's go button. A keyboard works as before.
function setUp(input) {
  const keys = input.parentElement.querySelector("[data-pin-keys]").content.cloneNode(true);
  const box = document.createElement("div");
  const rings = document.createElement("div");
  const pad = document.createElement("div");
  box.className = "ringed";
  rings.className = "rings";
  pad.className = "pad";
  for (let i = 0; i < input.maxLength; i++) rings.append(document.createElement("i"));
  for (let digit = 1; digit <= 9; digit++) pad.append(key(digit));
  pad.append(keys);
  input.before(box);
  box.append(input, rings);
  box.after(pad);
  input.inputMode = "none";
  input.form.querySelectorAll(".go:not(.key)").forEach((other) => (other.hidden = true));

  function fill() {
    [...rings.children].forEach((ring, i) => ring.classList.toggle("full", i < input.value.length));
  }

  pad.addEventListener("click", (event) => {
    const pressed = event.target.closest("button[type=button]");
    if (!pressed) return;
    if ("rub" in pressed.dataset) input.value = input.value.slice(0, -1);
    else if (input.value.length < input.maxLength) input.value += pressed.textContent;
    fill();
  });
  input.addEventListener("input", fill);
  fill();
}

function key(digit) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "key";
  button.textContent = digit;
  return button;
}

document.querySelectorAll("[data-pin-pad]").forEach(setUp);
