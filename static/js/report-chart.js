/* Draws a report's charts from the block of data beside each: the same numbers as its table. Colours and patterns: look.md. */
const INK = "#1b1736", LEAF = "#00634a", GOLD = "#ffb81f", LINE = "#dcd3c2";

function hatched(colour) {
  const tile = Object.assign(document.createElement("canvas"), { width: 8, height: 8 });
  const pen = tile.getContext("2d");
  pen.fillStyle = colour;
  pen.fillRect(0, 0, 8, 8);
  pen.strokeStyle = INK;
  pen.beginPath();
  for (const at of [-4, 4, 12]) { pen.moveTo(at - 4, 8); pen.lineTo(at + 4, 0); }
  pen.stroke();
  return pen.createPattern(tile, "repeat");
}

const scale = { beginAtZero: true, ticks: { color: INK, precision: 0 }, grid: { color: LINE } };
const plain = { ticks: { color: INK }, grid: { display: false } };
const common = { animation: false, responsive: true, maintainAspectRatio: false, plugins: { legend: { display: false } } };

const KINDS = {
  steps: (data) => ({
    type: "bar",
    data: {
      labels: data.labels,
      datasets: [{
        data: data.values, borderColor: INK, borderWidth: 1,
        backgroundColor: data.values.map((_, at) => (at === data.values.length - 1 ? LEAF : hatched(GOLD))),
      }],
    },
    options: { ...common, indexAxis: "y", scales: { x: scale, y: plain } },
  }),
  months: (data) => ({
    type: "line",
    data: {
      labels: data.labels,
      datasets: [{ data: data.values, borderColor: LEAF, backgroundColor: LEAF, borderWidth: 3, pointRadius: 4, tension: 0 }],
    },
    options: { ...common, scales: { x: plain, y: scale } },
  }),
};

for (const figure of document.querySelectorAll("[data-chart]")) {
  const box = figure.querySelector(".chart-canvas"), data = JSON.parse(figure.querySelector("script").textContent);
  box.hidden = false;
  new window.Chart(box.querySelector("canvas"), KINDS[data.kind](data));
}
