// Many comments at once: x ticks, Shift+X ticks up to here, and while something is ticked the keys
// of decisions are about all of it.
import { current, post, startAgain, undoable } from "./desk-list.js";
import { keys } from "./desk-keys.js";
import { say, sentence } from "./desk-said.js";

const GLANCE = 300; // milliseconds between two looks at how far a bulk has come

let last = null; // the card that was ticked last

const form = () => document.getElementById("bulk");
const boxes = () => [...document.querySelectorAll(".card [name=comment]:enabled")];
const ticked = () => boxes().filter((box) => box.checked);
const all = () => form()?.elements.all;

const show = () => {
  if (!form()) return;
  const count = ticked().length;
  const place = form().querySelector(".picked");
  form().classList.toggle("open", count > 0 || all().checked);
  place.textContent = place.dataset.picked.replace("{count}", count);
  place.hidden = all().checked;
  for (const box of boxes()) box.closest(".card").classList.toggle("ticked", box.checked || all().checked);
};

export const selects = () => Boolean(form()?.classList.contains("open"));

const unpick = () => {
  for (const box of ticked()) box.checked = false;
  if (form()) all().checked = false;
  last = null;
  show();
};

// Ticks a card, or with Shift all between it and the one ticked last.
const tick = (card, upToHere) => {
  const box = card?.querySelector("[name=comment]:enabled");
  if (!box) return;
  const row = boxes();
  const from = row.indexOf(last);
  if (upToHere && from >= 0) {
    const to = row.indexOf(box);
    for (const between of row.slice(Math.min(from, to), Math.max(from, to) + 1)) between.checked = true;
  } else {
    box.checked = !box.checked;
  }
  last = box;
  show();
};

const finished = async (id) => {
  for (;;) {
    const answer = await fetch(`/moderation/decisions/${id}`, { headers: { accept: "application/json" } });
    const bulk = await answer.json();
    if (bulk.finished || !answer.ok) return bulk;
    say(sentence("underWay", { count: bulk.done + bulk.skipped, total: bulk.total }));
    await new Promise((later) => setTimeout(later, GLANCE));
  }
};

const outcome = (bulk) => {
  const skipped = bulk.skipped ? ` ${sentence("skipped", { count: bulk.skipped })}` : "";
  return sentence("bulkDone", { count: bulk.done }) + skipped;
};

const takeBack = async (id, csrf) => {
  const answer = await post(`/moderation/decisions/${id}/reversal`, { csrf }).catch(() => ({}));
  if (!answer.bulk) return say(answer.message ?? sentence("failed"));
  const bulk = await finished(answer.bulk);
  await startAgain();
  say(outcome(bulk));
};

const decide = async (submitter) => {
  const fields = new FormData(form(), submitter);
  const panel = submitter.closest("details");
  const answer = await post("/moderation/decisions", fields).catch(() => ({}));
  // What was chosen stays, to be sent again.
  if (!answer.bulk) return say(answer.messages?.join(" ") ?? answer.message ?? sentence("failed"));
  if (panel) panel.open = false;
  unpick();
  const bulk = await finished(answer.bulk);
  await startAgain();
  const run = () => takeBack(answer.bulk, fields.get("csrf"));
  undoable(run);
  say(outcome(bulk), { name: sentence("undo"), run: () => keys.z() });
};

document.addEventListener("change", (event) => {
  if (event.target.matches(".card [name=comment]")) last = event.target;
  if (event.target.closest(".card [name=comment], #bulk-all")) show();
});
// A click with Shift ticks a range, as the key does.
document.addEventListener("click", (event) => {
  if (event.target.matches("[data-unpick]")) return unpick();
  if (!event.shiftKey || !event.target.matches(".card [name=comment]") || !last) return;
  event.target.checked = !event.target.checked;
  tick(event.target.closest(".card"), true);
});
document.addEventListener("submit", (event) => {
  if (event.target.id !== "bulk" || !event.submitter) return;
  event.preventDefault();
  decide(event.submitter);
});
document.addEventListener("codau:list", show);

// While something is ticked, the keys of decisions press the buttons for all of it.
const forAll = (key, selector, act) => {
  const alone = keys[key];
  keys[key] = (event) => {
    if (!selects()) return alone?.(event);
    if (act) return act();
    form().querySelector(selector)?.click();
  };
};
forAll("a", "[value=approve]");
forAll("s", "[value=spam]");
forAll("o", "[value=reopen]");
forAll("d", "", () => {
  const panel = form().querySelector("details.rejecting");
  if (!panel) return;
  panel.open = true;
  panel.querySelector("select").focus();
});
keys.x = () => tick(current(), false);
keys.X = () => tick(current(), true);
keys.Escape = unpick;

document.documentElement.dataset.bulk = "";
show();
