// What the server found in a saved lesson (curriculum/admin/checks.html), set at the card it belongs to as well.
const SVG = "http://www.w3.org/2000/svg";

function icon() {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.append(document.createElementNS(SVG, "use"));
  svg.firstChild.setAttribute("href", "#icon-warning");
  return svg;
}

function place(list) {
  const card = document.getElementById(`block-${list.dataset.checkCard}-section`);
  if (!card) return;
  const box = document.createElement("div");
  box.className = `help-block ${"checkStops" in list.dataset ? "help-critical" : "help-warning"} checks-note`;
  box.append(icon(), list.cloneNode(true));
  card.querySelector(".w-panel__header").after(box);
}

function begin() {
  document.querySelectorAll("[data-check-card]").forEach(place);
  if (location.hash === "#checks") document.querySelector('[data-side-panel-toggle="checks"][aria-expanded="false"]')?.click();
}

// The editor draws its cards before the page has loaded.
if (document.readyState === "complete") begin();
else addEventListener("load", begin);
