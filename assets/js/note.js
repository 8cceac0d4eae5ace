// The quick note: what was written is kept in this browser until the city has it, is sent once (`mark`), and then goes.
// Without this script, or where the browser keeps nothing, the form is sent as any other.

const KEY = "buurtdraad.notes";
const AGAIN = 20_000;
const KEPT = ["area", "channel"];

const form = document.querySelector("form[data-note]");
const part = (name) => document.querySelector(`[data-note-${name}]`);

/** All notes of this browser; null where it keeps nothing. */
function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "[]");
  } catch {
    return null;
  }
}

function keep(notes) {
  if (notes.length) localStorage.setItem(KEY, JSON.stringify(notes));
  else localStorage.removeItem(KEY);
}

const mine = (note) => note.whose === form.dataset.whose;
const change = (how) => {
  keep(how(kept() ?? []));
  show();
};
const remove = (mark) => change((notes) => notes.filter((note) => note.fields.mark !== mark));

function newMark() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function say(words, links = []) {
  const place = part("says");
  place.hidden = !words;
  place.textContent = words;
  for (const link of links) {
    const there = document.createElement("a");
    there.href = link.href;
    there.textContent = link.text;
    place.append(" ", there);
  }
}

/** What is still to send, as a list. */
function show() {
  const notes = kept() ?? [];
  const waiting = notes.filter(mine);
  part("waiting").hidden = !waiting.length;
  part("number").textContent = waiting.length;
  part("others").hidden = waiting.length === notes.length;
  part("list").replaceChildren(...waiting.map(line));
}

function line(note) {
  const made = part("line").content.firstElementChild.cloneNode(true);
  made.querySelector("[data-text]").textContent = note.fields.text.slice(0, 80);
  made.querySelector("[data-problem]").textContent = note.problem ?? "";
  made.querySelector("[data-drop]").addEventListener("click", () => remove(note.fields.mark));
  made.querySelector("[data-change]").addEventListener("click", () => {
    for (const [name, value] of Object.entries(note.fields)) if (form.elements[name]) form.elements[name].value = value;
    remove(note.fields.mark);
    form.elements.text.focus();
  });
  return made;
}

/** Send one note: true when the next one may go. */
async function send(note) {
  const body = new URLSearchParams({ ...note.fields, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
  let answer;
  try {
    const headers = { Accept: "application/json" };
    answer = await fetch(form.getAttribute("action") ?? location.pathname, { method: "POST", headers, body, redirect: "manual" });
  } catch {
    say(form.dataset.offline);
    return false;
  }
  if (answer.type === "opaqueredirect" || answer.status === 403) {
    part("sign-in").hidden = false;
    say(form.dataset.expired);
    return false;
  }
  if (answer.status === 422) {
    const { errors } = await answer.json();
    change((notes) => notes.map((one) => (one.fields.mark === note.fields.mark ? { ...one, problem: errors.join(" ") } : one)));
    return true;
  }
  if (!answer.ok) {
    say(form.dataset.later);
    return false;
  }
  const { reference, address } = await answer.json();
  remove(note.fields.mark);
  arrived.push({ href: address, text: reference });
  say(form.dataset.said, arrived);
  return true;
}

let sending = false;
let arrived = []; // in this go: each gets its number
async function sendAll() {
  if (sending) return;
  sending = true;
  arrived = [];
  try {
    for (const note of (kept() ?? []).filter((one) => mine(one) && !one.problem)) if (!(await send(note))) break;
  } finally {
    sending = false;
  }
}

function written(event) {
  if (event.submitter?.value === "look" || !form.elements.text.value.trim() || !form.elements.area.value) return;
  const { csrfmiddlewaretoken, ...fields } = Object.fromEntries(new FormData(form, event.submitter));
  if (!fields.channel) return;
  try {
    keep([...(kept() ?? []), { whose: form.dataset.whose, fields }]);
  } catch {
    return; // this browser keeps nothing: the form goes as any other
  }
  event.preventDefault();
  for (const input of form.querySelectorAll("textarea, input[type=text], input[type=tel]")) if (!KEPT.includes(input.name)) input.value = "";
  form.elements.mark.value = newMark();
  document.getElementById("near").replaceChildren();
  show();
  sendAll();
  form.elements.text.focus();
}

if (form && kept() !== null) {
  form.addEventListener("submit", written);
  part("now").addEventListener("click", sendAll);
  addEventListener("online", sendAll);
  setInterval(sendAll, AGAIN);
  show();
  sendAll();
}
