// Watching a practical (form[data-practical]): each mark is kept on the phone as it is given, and sent by its own request.
// The server answers {"state": "saved", "seen": …}, or with 4xx {"state": "refused", "reason": sentence, "value": what stands there}; `next` leads on.
// What is kept belongs to one person (data-person) and is sent from whichever of her pages is open.
const form = document.querySelector("[data-practical]");
const signOff = document.querySelector("[data-sign-off]");
const line = document.querySelector("[data-saved]");
const QUEUE = `marks ${form?.dataset.person}`;
const read = () => JSON.parse(localStorage.getItem(QUEUE) || "[]");
const write = (rows) => (rows.length ? localStorage.setItem(QUEUE, JSON.stringify(rows)) : localStorage.removeItem(QUEUE));
const stands = {}; // by field: what the server has there, as far as this page knows
let wait = 2000;
let running; // the sending under way
let again = false;
let timer;
let pause;
let missing = false; // she asked to sign off and something lacks; said until she writes again

function show(state, reason) {
  if (!line) return;
  for (const part of line.querySelectorAll("[data-state]")) part.hidden = part.dataset.state !== state;
  const waiting = line.querySelector("[data-waiting]");
  waiting.textContent = waiting.dataset.words.replace("{n}", read().length);
  if (reason) line.querySelector("[data-reason]").textContent = reason;
}

function count(name, done, all) {
  const place = document.querySelector(`[data-count="${name}"]`);
  if (place) place.textContent = place.dataset.words.replace("{done}", done).replace("{all}", all);
}

function follow() {
  const steps = [...form.querySelectorAll(".step")];
  const stars = [...form.querySelectorAll("[data-star]")];
  count("steps", steps.filter((step) => step.disabled || step.querySelector(":checked")).length, steps.length);
  count("stars", stars.filter((star) => star.disabled || star.checked).length, stars.length);
  signOff?.setAttribute("aria-disabled", !form.checkValidity());
}

const value = (name) => new FormData(form).get(name) ?? "";

function put(name, text) {
  for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
    if (field.type === "radio") field.checked = field.value === text;
    else field.value = text;
    if (text) field.closest("details")?.setAttribute("open", "");
  }
}

// One entry a field: a newer one takes its place, and says that what was sent before may stand there too.
function keep(name) {
  const url = form.dataset.save;
  const before = read().find((entry) => entry.url === url && entry.name === name);
  const was = before ? [...new Set([...before.was, before.value])] : [stands[name]];
  if (!before && value(name) === stands[name]) return;
  const rest = read().filter((entry) => entry.url !== url || entry.name !== name);
  write([...rest, { url, name, value: value(name), was }]);
  show("kept");
}

async function send(entry) {
  const body = new URLSearchParams({ name: entry.name, value: entry.value });
  for (const known of entry.was) body.append("was", known);
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  const response = await fetch(entry.url, { method: "POST", body, headers: { "X-Requested-With": "fetch" } });
  if (response.status >= 500 || response.status === 429) throw response;
  const signIn = response.redirected || response.status === 401;
  return { ok: response.ok && !signIn, signIn, ...(await response.json().catch(() => ({}))) };
}

// Says what was refused; nothing where all is well.
async function settle(entry) {
  const answer = await send(entry);
  if (answer.signIn) return location.reload(); // the page leads to the sign-in and back; what is kept stays
  const same = (other) => other.url === entry.url && other.name === entry.name;
  write(read().flatMap((other) => {
    if (!same(other)) return [other];
    return other.value === entry.value ? [] : [{ ...other, was: [entry.value] }];
  }));
  if (entry.url === form.dataset.save) {
    stands[entry.name] = answer.ok ? entry.value : answer.value ?? stands[entry.name];
    if (answer.seen) form.elements.seen.value = answer.seen;
    if (answer.value !== undefined) put(entry.name, answer.value);
  }
  if (answer.next) location.assign(answer.next);
  return answer.ok ? "" : answer.reason || line?.querySelector("[data-reason]").textContent;
}

// True once all is sent, what came meanwhile as well, and nothing was refused.
function flush() {
  clearTimeout(timer);
  again = true;
  return (running ??= sendAll().finally(() => (running = undefined)));
}

async function sendAll() {
  let refused = "";
  try {
    do {
      again = false;
      for (const entry of read()) refused = (await settle(entry)) || refused;
    } while (again && read().length);
    wait = 2000;
    show(refused ? "refused" : missing ? "missing" : read().length ? "kept" : "sent", refused);
    follow();
  } catch {
    refused = "waiting";
    show("waiting");
    timer = setTimeout(flush, wait);
    wait = Math.min(wait * 2, 60000);
  }
  return !refused;
}

function written(event) {
  const name = event.target.name;
  if (!name || name === "seen") return;
  missing = false;
  keep(name);
  follow();
  clearTimeout(pause);
  pause = setTimeout(flush, event.type === "input" && event.target.type === "textarea" ? 1500 : 0);
}

// Sign off is sent like a mark, after all marks, and waits for the signal like them.
async function submit(event) {
  event.preventDefault();
  const later = event.submitter?.dataset.later;
  if (later) {
    if (!read().length || (await flush())) location.assign(later);
    return;
  }
  follow();
  missing = !form.checkValidity();
  if (missing) {
    form.querySelector(":invalid:not(fieldset)").focus();
    return show("missing");
  }
  const entry = { url: form.dataset.sign, name: "sign", value: "1", was: [] };
  write([...read().filter((other) => other.url !== entry.url), entry]);
  show("kept");
  flush();
}

function restore() {
  for (const field of form.elements) if (field.name) stands[field.name] ??= value(field.name);
  for (const entry of read()) if (entry.url === form.dataset.save) put(entry.name, entry.value);
}

if (form?.dataset.save) {
  form.noValidate = true;
  restore();
  form.addEventListener("input", written);
  form.addEventListener("change", written);
  form.addEventListener("submit", submit);
}
if (form) {
  form.addEventListener("input", follow);
  if (signOff) follow();
  addEventListener("online", flush);
  addEventListener("pageshow", () => {
    running = undefined;
    if (read().length) flush();
  });
}
