// Lines to put in order (data-ordering): tapping gives the next number, tapping again takes it and all later ones back.
function setUp(list) {
  const rows = [...list.querySelectorAll("label")].map((label) => {
    const select = label.querySelector("select");
    const button = document.createElement("button");
    const place = document.createElement("span");
    button.type = "button";
    button.className = label.className;
    place.className = "place";
    button.append(place, label.querySelector("span"));
    select.hidden = true;
    label.replaceWith(button, select);
    return { select, button, place };
  });
  const number = (row) => Number(row.select.value);

  function draw() {
    for (const row of rows) {
      row.place.textContent = row.select.value;
      row.button.setAttribute("aria-pressed", row.select.value !== "");
    }
  }

  function tap(row) {
    const from = number(row);
    if (from) rows.filter((other) => number(other) >= from).forEach((other) => (other.select.value = ""));
    else row.select.value = rows.filter(number).length + 1;
    draw();
    row.select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  rows.forEach((row) => row.button.addEventListener("click", () => tap(row)));
  draw();
  list.parentElement.querySelector("[data-tap]").hidden = false;
}

document.querySelectorAll("[data-ordering]").forEach(setUp);
