// The list of cards: a decision goes out without a page load, the next card takes the focus, and
// the next page is there before it is needed.
import { say, sentence } from "./desk-said.js";

const FEW = 12; // cards left, below which the next page's are put under them

const list = document.querySelector(".cards[data-list]");
const paging = document.querySelector(".paging");
const done = []; // what was decided here, to be undone; the last one last
let ahead = null; // the next page: its items and the page after it

export const isList = Boolean(list);
export const cards = () => [...document.querySelectorAll(".card")];
export const current = () => document.activeElement?.closest(".card") ?? cards()[0];
export const cardOf = (id) => document.getElementById(`c${id}`);

// Items that are in the list or will be next.
export const items = () => [...(list?.children ?? []), ...(ahead?.items ?? [])];

const read = async (address) => {
  const answer = await fetch(address, { headers: { accept: "text/html" } });
  if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
};

const itemsOf = (page) => [...page.querySelectorAll(".cards[data-list] > li")].map((item) => document.adoptNode(item));
const nextOf = (page) => page.querySelector(".paging [rel=next]")?.getAttribute("href");
const nextLink = () => paging?.querySelector("[rel=next]");

// Reads the next page, and puts it under the list once that is short.
const refill = async () => {
  try {
    if (!ahead && nextLink()) {
      ahead = read(nextLink().getAttribute("href")).then((page) => ({ items: itemsOf(page), next: nextOf(page) }));
      ahead = await ahead;
    }
    if (list.children.length < FEW && ahead?.items) {
      const { items: fresh, next } = ahead;
      ahead = null;
      list.append(...fresh.filter((item) => !cardOf(item.firstElementChild.id.slice(1))));
      if (next) nextLink().href = next;
      else nextLink().remove();
      document.dispatchEvent(new Event("codau:list"));
      return refill();
    }
    if (!list.children.length && !ahead) {
      // What was decided last must be on record first, or it would come back.
      await Promise.allSettled(done.map((entry) => entry.answer));
      if (!list.children.length) await startAgain();
    }
  } catch {
    ahead = null; // The link to the next page still works.
  }
};

// The list anew from its first page: what came in meanwhile, or thanks for the work.
export const startAgain = async () => {
  const first = list.dataset.list;
  const page = await read(first);
  const fresh = page.querySelector(".cards[data-list]");
  if (!fresh) {
    document.querySelector("#main").replaceWith(document.adoptNode(page.querySelector("#main")));
    document.getElementById("main").focus();
    return;
  }
  list.replaceChildren(...itemsOf(page));
  ahead = null;
  const next = nextOf(page);
  if (next && nextLink()) nextLink().href = next;
  else if (next) paging.append(document.adoptNode(page.querySelector(".paging [rel=next]")));
  else nextLink()?.remove();
  list.dataset.mark = fresh.dataset.mark;
  document.dispatchEvent(new Event("codau:list"));
  cards()[0]?.focus();
  refill();
};

export const move = (by) => {
  const all = cards();
  const at = all.indexOf(document.activeElement?.closest(".card"));
  const next = all[at < 0 ? 0 : at + by];
  if (next) return next.focus();
  document.querySelector(by > 0 ? ".paging [rel=next]" : ".paging [rel=first]")?.click();
};

// Sends a form; the answer's JSON, with `ok` and `status`.
export const post = async (action, fields) => {
  const body = new URLSearchParams(fields);
  const answer = await fetch(action, { method: "POST", body, headers: { accept: "application/json" } });
  return { ok: answer.ok, status: answer.status, ...(await answer.json().catch(() => ({}))) };
};

// Why a decision was not carried out, for people.
const why = (answer) => {
  if (answer.decided) return answer.decided.message;
  return answer.messages?.join(" ") || answer.message || sentence("failed");
};

const nameOn = (card) => card.querySelector(".about bdi")?.textContent ?? "";
const isBusy = () => document.activeElement?.matches("input, textarea, select");

// Takes a card out of the list; what puts it back where it was.
const takeOut = (card) => {
  const item = card.closest("li");
  const after = item.nextElementSibling;
  const next = (after ?? item.previousElementSibling)?.querySelector(".card");
  const hadFocus = item.contains(document.activeElement) || document.activeElement === document.body;
  item.remove();
  if (hadFocus) (next ?? document.getElementById("main")).focus();
  return (focus) => {
    if (after?.isConnected) after.before(item);
    else list.append(item);
    if (focus && !isBusy()) card.focus();
  };
};

// A card that could not be decided comes back with what was typed and the reason.
const comeBack = (card, putBack, answer) => {
  putBack(true);
  const text = why(answer);
  card.querySelector(".failed")?.remove();
  const note = document.createElement("p");
  note.className = "failed";
  note.textContent = text;
  card.querySelector(".decisions").prepend(note);
  if (answer.decided) greyOut(card, text);
  say(`${nameOn(card)}: ${text}`);
};

// A card that somebody else decided: its buttons go, who and how stays.
export const greyOut = (card, text) => {
  card.classList.add("decided-elsewhere");
  const decisions = card.querySelector(".decisions");
  const open = decisions.querySelector("a[data-key=e]")?.cloneNode(true);
  const note = document.createElement("p");
  note.className = "by";
  note.textContent = text;
  decisions.replaceChildren(note, ...(open ? [open] : []));
  if (open) open.firstChild.textContent = sentence("open");
  const box = card.querySelector("[name=comment]");
  if (box) box.disabled = true;
};

const newVersion = (card, version) => {
  for (const field of card.querySelectorAll("[name=version]")) field.value = version;
  const box = card.querySelector("[name=comment]");
  if (box) box.value = `${box.value.split(".")[0]}.${version}`;
};

const decide = async (card, form, submitter) => {
  const fields = new FormData(form, submitter);
  const action = fields.get("action");
  const putBack = takeOut(card);
  const panel = form.closest("details");
  if (panel) panel.open = false;
  card.querySelector(".failed")?.remove();
  const entry = { card, putBack, form };
  done.push(entry);
  say(sentence(action, { name: nameOn(card) }) || sentence("decided", { name: nameOn(card) }), {
    name: sentence("undo"),
    run: undo,
  });
  entry.answer = post(form.getAttribute("action"), fields).catch(() => ({ ok: false }));
  refill();
  const answer = await entry.answer;
  if (answer.ok) {
    document.dispatchEvent(new CustomEvent("codau:decided", { detail: [card.id.slice(1), answer.version] }));
    return;
  }
  done.splice(done.indexOf(entry), 1);
  comeBack(card, putBack, answer);
};

// Undoes the last decision that was made here; says whether there was one.
export const undo = () => {
  const entry = done.pop();
  if (!entry) return false;
  if (entry.run) entry.run();
  else takeBack(entry);
  return true;
};

// Puts something else that can be undone on top.
export const undoable = (run) => done.push({ run });

const takeBack = async ({ card, putBack, form, answer }) => {
  const decided = await answer;
  if (!decided.ok) return; // It came back by itself.
  const csrf = form.elements.csrf.value;
  const fields = { csrf, version: decided.version, action: "undo" };
  const undone = await post(form.getAttribute("action"), fields).catch(() => ({ ok: false }));
  if (!undone.ok) return say(`${nameOn(card)}: ${why(undone)}`);
  newVersion(card, undone.version);
  document.dispatchEvent(new CustomEvent("codau:decided", { detail: [card.id.slice(1), undone.version] }));
  putBack(true);
  say(sentence("undone", { name: nameOn(card) }));
};

if (list) {
  document.addEventListener("submit", (event) => {
    const card = event.target.closest(".cards[data-list] .card");
    if (!card || event.defaultPrevented || !event.target.getAttribute("action").endsWith("/decision")) return;
    event.preventDefault();
    decide(card, event.target, event.submitter);
  });
  (cardOf(location.hash.slice(2)) ?? cards()[0])?.focus();
  refill();
}
