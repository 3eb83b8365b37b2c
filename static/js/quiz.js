// Answers: [data-ask] is form[data-quiz] itself, or each part of form[data-quiz="all"]. Load it before ordering.js.
// An answer is kept on the phone (for data-person) as it is chosen, and sent under its own id until the server has said a word:
// {"state": "saved" | "refused", "next"?: address, "reason"?: sentence}. "all": sent once complete. "check", "start": only what is left is sent.
const form = document.querySelector("[data-quiz]");
const kind = form?.dataset.quiz;
const go = document.querySelector(".dock .go");
const states = document.querySelector("[data-states]");
const QUEUE = `answers ${form?.dataset.person}`;
const PAUSE = 1200;
const read = (key) => JSON.parse(localStorage.getItem(key) || "[]");
const write = (key, rows) => (rows.length ? localStorage.setItem(key, JSON.stringify(rows)) : localStorage.removeItem(key));
const draft = (item) => `draft ${item}`;
const unheard = new Set(); // ids about which this page got no word that it understands
let wait = 2000;
let busy = false;
let timer;
let then; // what waits for the last answer to be sent
let ended = false; // her time has run out

const parts = [...document.querySelectorAll("[data-ask]")].map((box) => ({
  box,
  item: box.dataset.ask,
  url: new URL(box.dataset.url || form.action, location).pathname,
  name: box.dataset.name || "",
  line: box.querySelector("[data-saved]"),
}));

// A random UUID, also where the page came without TLS and crypto.randomUUID is missing.
const freshId = () => URL.createObjectURL(new Blob()).slice(-36);
const controls = (part) => [...part.box.querySelectorAll("[name]")].filter((field) => !/csrf|answer_id/.test(field.name));
const isGiven = (field) => (["radio", "checkbox"].includes(field.type) ? field.checked : field.value !== "");
const isComplete = (part) =>
  controls(part).every((field) => field.checkValidity()) &&
  [...part.box.querySelectorAll("[data-some]")].every((group) => group.querySelector(":checked"));
// On a page of all questions names carry the question's number; an answer travels without it.
const nameOf = (part, field) => (part.name ? field.name.replace(part.name, "a") : field.name);
const fields = (part) => controls(part).filter(isGiven).map((field) => [nameOf(part, field), field.value]);

function put(line, state, words) {
  if (!line || (line.dataset.now === state && !words)) return;
  line.dataset.now = state;
  const told = states.content.querySelector(`[data-state="${state}"]`).cloneNode(true);
  if (words) told.querySelector("[data-words]").textContent = words;
  line.replaceChildren(told);
}

const show = (part, state, reason) => put(part.line, state, state === "missing" ? part.line.dataset.missing : reason);

function keep(part) {
  const given = fields(part);
  write(draft(part.item), given);
  show(part, given.length ? "kept" : "missing");
}

// What the server has gives way as a whole: a box that she unticked since stays so.
function restore(part) {
  const kept = read(draft(part.item));
  if (!kept.length) return;
  for (const field of controls(part)) {
    const values = kept.filter(([name]) => name === nameOf(part, field)).map(([, value]) => value);
    if (["radio", "checkbox"].includes(field.type)) field.checked = values.includes(field.value);
    else field.value = values[0] ?? "";
  }
  show(part, "kept");
}

function enqueue(part) {
  const now = { item: part.item, url: part.url, fields: fields(part) };
  const same = (entry) => entry.item === now.item && String(entry.fields) === String(now.fields);
  if (read(QUEUE).some(same)) return;
  write(QUEUE, [...read(QUEUE).filter((entry) => entry.item !== now.item), { ...now, id: freshId() }]);
}

function enqueueDrafts() {
  parts.filter((part) => read(draft(part.item)).length && isComplete(part)).forEach(enqueue);
}

async function send(entry) {
  const body = new URLSearchParams(entry.fields);
  body.set("answer_id", entry.id);
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  const response = await fetch(entry.url, { method: "POST", body, headers: { "X-Requested-With": "fetch" } });
  if (response.status >= 500 || response.status === 429) throw response;
  if (response.redirected || response.status === 401) return { signIn: true, next: response.redirected && response.url };
  const answer = await response.json().catch(() => ({}));
  return { ...answer, ok: response.ok };
}

// The phone forgets an answer, and what else it holds of a quiz that takes no more.
function forget(entry, answer) {
  const quiz = entry.url.replace(/[^/]+\/$/, "");
  const isOver = answer.state === "refused" && answer.next && kind === "all";
  const rest = read(QUEUE).filter((other) => other.id !== entry.id && !(isOver && other.url.startsWith(quiz)));
  write(QUEUE, rest);
  const replaced = rest.some((other) => other.item === entry.item);
  if (!replaced && (answer.ok || answer.next)) localStorage.removeItem(draft(entry.item));
}

// Returns where to go on, if anywhere.
async function settle(entry) {
  const answer = await send(entry);
  if (answer.signIn) return answer.next || location.href;
  if (answer.state) forget(entry, answer);
  else unheard.add(entry.id);
  const part = parts.find((one) => one.item === entry.item);
  if (!part) return "";
  const isNewer = (other) => other.item === entry.item && other.id !== entry.id;
  if (read(QUEUE).some(isNewer)) show(part, "kept");
  else show(part, answer.ok && answer.state ? "sent" : "refused", answer.reason);
  if (answer.ok && kind === "all") count(part);
  return answer.ok && (ended || kind === "all") ? "" : answer.next;
}

function count(part) {
  const number = parts.indexOf(part);
  const line = document.querySelector(".progress");
  line.querySelectorAll("i")[number].className = "done";
  const words = line.dataset.progress.replace("{n}", line.querySelectorAll(".done").length);
  line.lastElementChild.textContent = words;
  line.querySelector("[role=img]").setAttribute("aria-label", words);
  document.querySelector(`nav.left a[href="#${part.box.id}"]`)?.remove();
  const left = document.querySelector("nav.left");
  if (left) left.hidden = !left.querySelector("a");
}

const next = () => read(QUEUE).find((entry) => !unheard.has(entry.id));

async function flush() {
  if (busy) return;
  busy = true;
  clearTimeout(timer);
  try {
    for (let entry = next(); entry; entry = next()) {
      const url = await settle(entry);
      if (url) return location.assign(url);
    }
    wait = 2000;
    offline(false);
  } catch {
    const kept = read(QUEUE).map((entry) => entry.item);
    for (const part of parts) if (kept.includes(part.item)) show(part, "waiting");
    offline(true);
    timer = setTimeout(flush, wait);
    wait = Math.min(wait * 2, 60000);
    busy = false;
    return;
  }
  busy = false;
  if (!unheard.size) then?.();
}

function offline(is) {
  const line = document.querySelector("[data-offline]");
  if (is) put(line, "off");
  else if (line) {
    line.replaceChildren();
    delete line.dataset.now;
  }
}

function leave(how) {
  then = () => (navigator.onLine ? how() : offline(true));
  flush();
}

function focusMissing(part) {
  const open = "input:invalid, textarea:invalid, [aria-pressed=false], [data-some] input, select:invalid:not([hidden])";
  part.box.querySelector(open)?.focus();
}

function submit(event) {
  if (kind === "start") return;
  event.preventDefault();
  if (kind === "check") return leave(() => form.submit());
  if (kind === "all") {
    enqueueDrafts();
    return leave(() => location.assign(form.dataset.check));
  }
  const [part] = parts;
  if (!isComplete(part)) {
    show(part, "missing");
    return focusMissing(part);
  }
  enqueue(part);
  if (!busy) show(part, "kept");
  flush();
}

function follow(part, event) {
  if (!ended) then = undefined;
  keep(part);
  if (kind !== "all") return go.setAttribute("aria-disabled", !isComplete(part));
  if (!isComplete(part)) return;
  enqueue(part);
  clearTimeout(timer);
  timer = setTimeout(flush, event.type === "change" && event.target.type !== "checkbox" ? 0 : PAUSE);
}

// From time-left.js.
function over() {
  ended = true;
  enqueueDrafts();
  leave(() => document.getElementById("over").submit());
}

if (form) {
  form.noValidate = true;
  for (const part of parts) {
    restore(part);
    part.box.addEventListener("input", (event) => follow(part, event));
    part.box.addEventListener("change", (event) => follow(part, event));
  }
  if (parts.length && kind !== "all") go.setAttribute("aria-disabled", !isComplete(parts[0]));
  document.querySelectorAll("[data-by-hand]").forEach((button) => (button.hidden = true));
  form.addEventListener("submit", submit);
  document.addEventListener("quiz:over", over);
  addEventListener("online", flush);
  addEventListener("pageshow", (event) => {
    busy &&= !event.persisted;
  });
  if (next()) {
    if (kind === "check") then = () => location.reload();
    flush();
  }
}
