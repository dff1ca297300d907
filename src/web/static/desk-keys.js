// Keys of the desk. They press what is on the page. Never active in a field, nor with Ctrl, Alt or
// Meta held; a moderator can turn them off.
import { current, move, undo } from "./desk-list.js";

const OFF = "codau-keys-off";
const help = document.getElementById("keys");
const root = document.documentElement;
let waiting = ""; // «g», until the letter of a lane

const press = (selector, within = current() ?? document) => {
  const target = within.querySelector(selector);
  target?.click();
  return Boolean(target);
};

// Opens the reasons; on a comment's own page, without cards, the page's only ones.
const open = (which) => {
  const panel = (current() ?? document).querySelector(`details.${which}`);
  if (!panel) return;
  panel.open = true;
  panel.querySelector("select").focus();
};

// A digit in the open reasons chooses one and sends.
const chooseReason = (digit, select) => {
  const option = select.options[digit];
  if (!option?.value) return;
  select.value = option.value;
  if (option.value === "other" && select.form.elements.note) return select.form.elements.note.focus();
  select.closest("details").querySelector("[name=action]").click();
};

export const keys = {
  j: () => move(1),
  k: () => move(-1),
  a: () => press("[name=action][value=approve]"),
  e: () => press("[data-key=e]") || document.querySelector(".editor textarea")?.focus(),
  d: () => open("rejecting"),
  r: () => open("returning"),
  s: () => press("[name=action][value=spam]"),
  o: () => press("[name=action][value=reopen]"),
  t: () => press("[name=action][value=marks]", document),
  z: () => undo() || press(".undo", document) || press("[name=action][value=undo]"),
  "/": () => document.getElementById("q")?.focus(),
  "?": () => help.showModal(),
};

const isOff = () => localStorage.getItem(OFF) !== null;
const show = () => root.toggleAttribute("data-keys-off", isOff());

const leaveField = (event) => {
  const panel = event.target.closest("details[name=panel]");
  if (panel) panel.open = false;
  const card = event.target.closest(".card");
  event.target.blur?.();
  card?.focus();
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented) return;
  const field = event.target.closest("input:not([type=checkbox]), textarea, select");
  if (event.key === "Escape") {
    if (field || event.target.closest("details[name=panel]")) return leaveField(event);
    return keys.Escape?.();
  }
  if (isOff()) return;
  const reasons = event.target.closest("details[name=panel] select");
  if (reasons && /^[1-9]$/.test(event.key)) {
    event.preventDefault();
    return chooseReason(Number(event.key), reasons);
  }
  if (field || document.querySelector("dialog[open]")) return;
  // A letter with Shift is another key: «X» is not «x».
  const key = event.key;
  if (waiting === "g") {
    waiting = "";
    return press(`[data-go="${CSS.escape(key)}"]`, document);
  }
  if (key === "g") {
    waiting = "g";
    return;
  }
  if (!keys[key]) return;
  event.preventDefault();
  keys[key](event);
});

const choice = document.getElementById("keys-on");
choice.checked = !isOff();
choice.addEventListener("change", () => {
  if (choice.checked) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, "");
  show();
});
show();
