// Counts a paper's minutes (p[data-until]: data-left in seconds, words in data-many, data-one, data-none), by the phone's own clock but the server's count.
// Says so politely at 5 and at 1; when none is left, «quiz:over» tells quiz.js to send what it has.
const line = document.querySelector("[data-until]");
const end = Date.now() + line.dataset.left * 1000;
const time = new Date(line.dataset.until).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false });
const SAID = [5, 1];
let before = Infinity;

function words(minutes) {
  const { many, one, none } = line.dataset;
  const text = minutes > 1 ? many : minutes === 1 ? one : none;
  return text.replace("{time}", time).replace("{n}", minutes);
}

function tick() {
  const minutes = Math.max(0, Math.ceil((end - Date.now()) / 60000));
  if (minutes === before) return;
  line.querySelector("[data-words]").textContent = words(minutes);
  if (minutes === 0 || SAID.some((at) => minutes <= at && before > at && before !== Infinity)) {
    line.querySelector("[data-say]").textContent = words(minutes);
  }
  before = minutes;
  if (minutes) return;
  clearInterval(timer);
  document.dispatchEvent(new Event("quiz:over"));
}

const timer = setInterval(tick, 1000);
document.addEventListener("visibilitychange", tick);
tick();
