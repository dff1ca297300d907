// Editing before publishing: in a card of the list, or on a comment's own page. The text in the
// box is looked at by the server after each pause; what it changes is shown word for word.
import { current, isList, post } from "./desk-list.js";
import { keys } from "./desk-keys.js";

const PAUSE = 150; // milliseconds without a key before the text is looked at

const make = (name, text, more = {}) => Object.assign(document.createElement(name), { textContent: text, ...more });
const editorOf = (place) => place?.querySelector(".editor:not([hidden])");

const enhance = (editor) => {
  const form = editor.querySelector("form.edit");
  const box = form.elements.body;
  const doubts = editor.querySelector(".doubts");
  const live = editor.querySelector(".live");
  const first = box.value;
  let timer;
  let asked = 0; // an answer to an earlier question is not shown

  // Put in as typing is, so that the browser's own undo takes it back.
  const write = (text) => {
    if (box.value === text) return;
    box.focus();
    box.select();
    document.execCommand("insertText", false, text);
  };

  const showDifference = (pieces) => {
    if (!pieces.length) return live.replaceChildren();
    const shown = make("div", "", { className: "text difference", dir: "auto", lang: "vi" });
    for (const [kind, text] of pieces) {
      if (kind === "same") {
        shown.append(text);
        continue;
      }
      const piece = make(kind === "deleted" ? "del" : "ins", "");
      piece.append(make("span", `${live.dataset[kind]} `, { className: "visually-hidden" }), text);
      shown.append(piece);
    }
    live.replaceChildren(shown);
  };

  const showDoubts = (found) => {
    doubts.replaceChildren();
    if (!found.length) return;
    const list = make("ul", "");
    for (const doubt of found) {
      const item = make("li", "");
      item.append(make("mark", doubt.from, { className: "lacks-marks" }), " → ");
      for (const word of doubt.words) {
        const choice = make("button", word, { type: "button" });
        choice.setAttribute("aria-pressed", word === doubt.word);
        choice.addEventListener("click", () => {
          const grown = word.length - doubt.word.length;
          box.setRangeText(word, doubt.at, doubt.at + doubt.word.length, "end");
          for (const other of found) if (other.at > doubt.at) other.at += grown;
          doubt.word = word;
          for (const one of item.querySelectorAll("button")) one.setAttribute("aria-pressed", one === choice);
          look();
        });
        item.append(choice, " ");
      }
      list.append(item);
    }
    doubts.append(make("p", doubts.dataset.title, { className: "hint" }), list);
  };

  const show = (found) => {
    showDifference(found.difference);
    for (const tick of form.querySelectorAll(".edits input")) {
      if (!tick.dataset.chosen) tick.checked = found.edits.includes(tick.name);
    }
    form.querySelector("textarea + .hint").hidden = true; // it said what could be done
    const there = { marks: found.restorable, hide: found.personal, sent: found.changed };
    for (const [action, is] of Object.entries(there)) form.querySelector(`.helps [value=${action}]`).hidden = !is;
  };

  const ask = async (action) => {
    clearTimeout(timer);
    const question = ++asked;
    const fields = { csrf: form.elements.csrf.value, body: box.value, action };
    const found = await post(form.dataset.draft, fields).catch(() => ({}));
    if (!found.ok || question !== asked) return;
    if (action !== "look") {
      write(found.body);
      clearTimeout(timer);
      asked += 1;
      showDoubts(found.doubts);
    }
    show(found);
    return found;
  };
  const look = () => {
    clearTimeout(timer);
    timer = setTimeout(() => ask("look"), PAUSE);
  };

  // The words to step through: a digit chooses and goes on, to the button that publishes at last.
  const step = (item) => {
    const next = item?.nextElementSibling ?? (item ? null : doubts.querySelector("li"));
    (next?.querySelector("[aria-pressed=true]") ?? form.querySelector("[value=edit]")).focus();
  };
  doubts.addEventListener("keydown", (event) => {
    const item = event.target.closest("li");
    const choice = item?.querySelectorAll("button")[Number(event.key) - 1];
    if (!choice || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    choice.click();
    step(item);
  });

  box.addEventListener("input", () => {
    doubts.replaceChildren();
    look();
  });
  form.querySelector(".edits").addEventListener("change", (event) => (event.target.dataset.chosen = "yes"));
  const help = async (action) => {
    const found = await ask(action);
    if (found) step();
  };
  editor.addEventListener("click", (event) => {
    const button = event.target.closest(".helps button");
    if (!button || button.value === "repair") return;
    event.preventDefault();
    help(button.value);
  });
  editor.help = help;
  editor.isChanged = () => box.value !== first;
};

const close = (card) => {
  const editor = editorOf(card);
  if (!editor) return;
  card.classList.remove("editing");
  // What was typed stays for the next time.
  if (editor.isChanged()) editor.hidden = true;
  else editor.remove();
  card.focus();
};

// The editor of a comment's own page, put into its card. Where that page is another by now, one
// goes there.
const open = async (card) => {
  const link = card.querySelector("a[data-edit]");
  let editor = card.querySelector(".editor");
  if (!editor) {
    const answer = await fetch(link.href, { headers: { accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    editor = page.querySelector(".editor[data-status=pending]");
    if (!editor) return location.assign(link.href);
    editor = document.adoptNode(editor);
    card.querySelector(".subject").prepend(editor);
    enhance(editor);
    editor.querySelector("[data-close]").addEventListener("click", () => close(card));
    editor.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || editor.isChanged()) return;
      event.preventDefault();
      close(card);
    });
  }
  editor.hidden = false;
  card.classList.add("editing");
  const box = editor.querySelector("textarea");
  box.focus({ preventScroll: true });
  box.setSelectionRange(box.value.length, box.value.length);
  card.scrollIntoView({ block: "nearest" });
  return editor;
};

const inPlace = () => isList && current()?.querySelector("a[data-edit]") && current();
const { a: approve, e: edit, Escape: leave } = keys;
const help = (action) => async () => {
  const card = inPlace();
  const editor = editorOf(current() ?? document) ?? (card && (await open(card)));
  editor?.help(action);
};

Object.assign(keys, {
  // What is edited is approved as edited.
  a: () => {
    const editor = editorOf(current() ?? document);
    if (editor?.isChanged()) editor.querySelector("[value=edit]").click();
    else approve();
  },
  e: () => (inPlace() ? open(inPlace()) : edit()),
  t: help("marks"),
  p: help("hide"),
  Escape: () => (editorOf(current()) ? close(current()) : leave?.()),
});

document.addEventListener("click", (event) => {
  const link = event.target.closest(".cards[data-list] a[data-edit]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  open(link.closest(".card"));
});
for (const editor of document.querySelectorAll(".editor")) enhance(editor);
