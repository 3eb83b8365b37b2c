// One question (form[data-quiz]): the answer is kept on the phone as it is chosen, and sent once by its own request.
// The server answers {"state": "saved", "next": address}, or with 4xx {"state": "refused", "reason": sentence}, or leads to the sign-in. Load it before ordering.js.
// What is kept on the phone belongs to one person (data-person).
const form = document.querySelector("[data-quiz]");
const line = document.querySelector("[data-saved]");
const go = document.querySelector(".dock .go");
const QUEUE = `answers ${form?.dataset.person}`;
const DRAFT = `draft ${form?.action}`;
const read = (key) => JSON.parse(localStorage.getItem(key) || "[]");
const write = (key, rows) => (rows.length ? localStorage.setItem(key, JSON.stringify(rows)) : localStorage.removeItem(key));
let wait = 2000;
let busy = false;
let timer;

function show(state, reason) {
  for (const part of line.querySelectorAll("[data-state]")) part.hidden = part.dataset.state !== state;
  if (reason) line.querySelector("[data-reason]").textContent = reason;
}

function fields() {
  return [...new FormData(form)].filter(([name]) => !["csrfmiddlewaretoken", "answer_id"].includes(name));
}

function isComplete() {
  const groups = [...form.querySelectorAll("[data-some]")];
  return form.checkValidity() && groups.every((group) => group.querySelector(":checked"));
}

// A random UUID, also where the page came without TLS and crypto.randomUUID is missing.
const freshId = () => URL.createObjectURL(new Blob()).slice(-36);

function follow(event) {
  go.setAttribute("aria-disabled", !isComplete());
  if (event) {
    write(DRAFT, fields());
    show("kept");
  }
}

function restore() {
  for (const [name, value] of read(DRAFT)) {
    for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (["radio", "checkbox"].includes(field.type)) field.checked ||= field.value === value;
      else if (field.type !== "hidden") field.value = value;
    }
  }
}

async function send(entry) {
  const body = new URLSearchParams(entry.fields);
  body.set("answer_id", entry.id);
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  const response = await fetch(entry.url, { method: "POST", body, headers: { "X-Requested-With": "fetch" } });
  if (response.status >= 500 || response.status === 429) throw response;
  if (response.redirected) return { signIn: true, next: response.url };
  const answer = await response.json().catch(() => ({}));
  return { ok: response.ok, signIn: response.status === 401, ...answer };
}

async function settle(entry) {
  const answer = await send(entry);
  if (!answer.signIn) write(QUEUE, read(QUEUE).filter((other) => other.id !== entry.id));
  if (answer.ok && entry.url !== form.action) return "";
  if (answer.state) localStorage.removeItem(DRAFT);
  show(answer.ok ? "sent" : "refused", answer.reason);
  return answer.next;
}

async function flush() {
  if (busy) return;
  busy = true;
  clearTimeout(timer);
  try {
    for (const entry of read(QUEUE)) {
      const next = await settle(entry);
      if (next) return location.assign(next);
    }
    wait = 2000;
  } catch {
    show("waiting");
    timer = setTimeout(flush, wait);
    wait = Math.min(wait * 2, 60000);
  }
  busy = false;
}

function submit(event) {
  event.preventDefault();
  if (!isComplete()) return show("missing");
  const now = { url: form.action, fields: fields() };
  const same = (entry) => entry.url === now.url && String(entry.fields) === String(now.fields);
  if (!read(QUEUE).some(same)) {
    write(QUEUE, [...read(QUEUE).filter((entry) => entry.url !== now.url), { ...now, id: freshId() }]);
  }
  show("kept");
  flush();
}

if (form) {
  form.noValidate = true;
  restore();
  follow();
  form.addEventListener("change", follow);
  form.addEventListener("input", follow);
  form.addEventListener("submit", submit);
  addEventListener("online", flush);
  addEventListener("pageshow", (event) => {
    busy &&= !event.persisted;
  });
  if (read(QUEUE).length) flush();
}
