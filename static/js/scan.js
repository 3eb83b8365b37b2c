// Says what a scanned square is worth. The signature is checked here; then the register is asked, whose word is the
// newest. Without it the signed lists answer, fresh or as kept.
const page = document.querySelector("[data-scan]"), form = document.querySelector("[data-code]");
const part = (name) => page.querySelector(`[data-${name}]`);
const words = JSON.parse(page.dataset.words);
const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
const STORE = "certificate-check", PATIENCE = 6000, HOUR = 3_600_000, WEEK = 168 * HOUR;
const square = /#([12])\.([0-9A-Z-]+)$/i;
let proof, genuine, scans = 0;

const say = (text, values) => text.replace(/%\((\w+)\)s/g, (_, name) => values[name]);
const written = (date, month = "long") => date.toLocaleDateString(language, { day: "numeric", month, year: "numeric", timeZone: "UTC" });
const here = (date) => new Date(date - date.getTimezoneOffset() * 60_000); // her own day, to be written as if it were UTC
const day = (date) => date.toISOString().slice(0, 10);

async function ask(url, options) {
  const impatience = new AbortController();
  setTimeout(() => impatience.abort(), PATIENCE);
  const response = await fetch(url, { ...options, credentials: "omit", signal: impatience.signal });
  if (!response.ok) throw new Error();
  return response;
}

// From the net, and kept for when there is none; else as it was kept; else undefined.
async function kept(url, read) {
  const store = await caches.open(STORE);
  try {
    const response = await ask(url);
    const found = await read(await response.clone().text());
    await store.put(url, response);
    return { found, fresh: true };
  } catch {
    const old = await store.match(url);
    return old && { found: await read(await old.text()) };
  }
}

const register = (code) =>
  ask(form.action, { method: "POST", body: new URLSearchParams({ code }), headers: { Accept: "application/json" } })
    .then((response) => response.json())
    .catch(() => null);

function handOver(code) {
  scans++;
  form.elements.code.value = code;
  form.submit();
}

// Only the newest scan is told.
async function check(text) {
  const number = ++scans;
  begin();
  const tell = await outcome(text);
  if (number === scans) tell();
}

async function outcome(text) {
  let credential;
  const refuse = () => show({ state: "changed", sentences: [words.refuse] });
  const leave = () => handOver(credential.code);
  try {
    credential = proof.read(text.toUpperCase());
  } catch {
    return refuse;
  }
  if (!window.crypto?.subtle || !window.caches) return leave;
  const keys = await kept("/keys.json", JSON.parse);
  const key = keys?.found.keys.find(({ kid }) => kid === credential.kid);
  if (!key) return () => show(keys?.fresh ? { state: "not_found", when: words.strange } : { state: "unchecked", when: words.connect });
  if (!(await proof.isGenuine(credential, key))) return refuse;
  if (key.compromised_at) return leave; // only the register vouches for what such a key has signed
  const [answer, ...lists] = await weigh(credential, key, keys.found.keys);
  return () => {
    genuine = credential;
    show(answer, ...lists);
    if (!lists.length) checked(words.now);
  };
}

async function weigh(credential, key, keys) {
  const trusted = keys.filter(({ country, compromised_at }) => country === key.country && !compromised_at);
  const list = (purpose) => {
    const address = `/status/${key.country}/${credential.list}/${purpose}`;
    return kept(address, (text) => proof.readList(text, address, trusted)).catch(() => undefined);
  };
  const titles = kept("/status/titles", JSON.parse);
  const [answer, revoked, superseded] = await Promise.all([register(credential.code), list("revoked"), list("superseded")]);
  if (answer) return [answer];
  return [judged(credential, key, revoked?.found, superseded?.found, (await titles)?.found), revoked, superseded];
}

// Without the register: what the square says of itself, and the lists.
function judged(credential, key, revoked, superseded, titles) {
  const newest = Math.max(here(new Date()), revoked?.from ?? 0); // a phone whose clock is behind the list's is wrong
  const today = new Date(newest), sentences = [];
  const state = revoked?.isSet(credential.index) ? "withdrawn"
    : superseded?.isSet(credential.index) ? "replaced"
    : day(credential.until) < day(today) ? "expired" : "valid";
  const hidden = credential.specimen && ["expired", "valid"].includes(state);
  if (credential.specimen) sentences.push(words.specimen);
  if (credential.specimen || state === "withdrawn") sentences.push(words.refuse);
  const since = new Date(+credential.until + 24 * HOUR);
  const when = { valid: say(words.valid, { day: written(today) }), expired: say(words.expired, { day: written(since) }), replaced: words.replaced }[state];
  return { state: hidden ? "specimen" : state, when: hidden ? words.not : when, facts: facts(credential, key, titles), sentences };
}

function facts(credential, key, titles) {
  const title = (!credential.ownTitle && titles?.[credential.programme]?.[credential.language]) || credential.programme;
  return [
    [words.programme, say(words.version, { title, version: credential.version })],
    [words.awarded, written(credential.awarded, "short")],
    [words.until, written(credential.until, "short")],
    [words.country, key.country_name],
  ];
}

function checked(text, warning) {
  part("checked").hidden = false;
  part("checked-words").textContent = text;
  part("warning").hidden = !warning;
  part("warning-words").textContent = warning || "";
}

// The older of both lists counts.
function datedBy(lists) {
  if (lists.some((list) => !list)) return checked(words.offline, words.unlisted);
  const from = new Date(Math.min(...lists.map(({ found }) => found.from)));
  const isFresh = lists.every(({ fresh }) => fresh) && Date.now() - from < HOUR;
  checked(isFresh ? words.now : say(words.listed, { day: written(here(from)) }), Date.now() - from > WEEK && words.old);
}

function show({ state, when, facts, sentences = [] }, ...lists) {
  const panel = page.querySelector(`template[data-state=${state}]`).content.cloneNode(true);
  const table = document.createElement("dl");
  table.className = "facts";
  if (state === "specimen") table.dataset.word = words.mark;
  for (const [label, value] of facts ?? []) table.append(element("dt", label), element("dd", value));
  panel.querySelector("header").append(element("p", when ?? ""));
  if (facts?.length) panel.querySelector("section").append(table);
  part("answer").replaceChildren(panel, ...sentences.map((sentence) => element("p", sentence, "refusal")));
  part("name").hidden = !facts?.length;
  part("start").hidden = !!facts?.length;
  part("title").hidden = true;
  if (lists.length) datedBy(lists);
}

function element(name, text, className = "") {
  return Object.assign(document.createElement(name), { textContent: text, className });
}

function begin() {
  for (const name of ["start", "name", "yes", "no", "checked", "warning"]) part(name).hidden = true;
  part("answer").replaceChildren(element("p", words.wait));
  part("name").reset();
}

async function compare(event) {
  event.preventDefault();
  part("yes").hidden = part("no").hidden = true;
  const number = scans;
  const matches = await proof.nameMatches(genuine, part("name").elements.family_name.value);
  if (number === scans) part(matches ? "yes" : "no").hidden = false;
}

function take(address) {
  const [, kind, text] = square.exec(address) ?? [];
  if (kind === "1") handOver(text);
  if (kind === "2") check(text);
  return !!kind;
}

// Before anything else: no screenshot and no history shows it.
function arrive() {
  const address = location.hash;
  history.replaceState(null, "", location.pathname);
  ready.then(() => take(address));
}

const isOurs = (address) => address.toLowerCase().startsWith(`${location.origin}/v#`);

async function offerCamera() {
  if (!("BarcodeDetector" in window)) return;
  const { canScan, look } = await import(page.dataset.camera);
  if (!(await canScan())) return;
  let stop;
  const turn = (on) => {
    part("viewer").hidden = !on;
    part("open").hidden = on;
  };
  const leave = () => {
    stop = stop?.();
    turn(false);
  };
  part("open").onclick = async () => {
    turn(true);
    stop = await look(part("video"), (address) => isOurs(address) && take(address) && !leave()).catch(leave);
  };
  part("close").onclick = leave;
  turn(false);
  addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => document.hidden && leave());
}

const ready = import(page.dataset.proof).then((module) => (proof = module));
arrive();
addEventListener("hashchange", () => location.hash && arrive());
part("name").addEventListener("submit", compare);
navigator.serviceWorker?.register("/V.js", { scope: "/V" }).catch(() => {});
offerCamera().catch(() => {});
