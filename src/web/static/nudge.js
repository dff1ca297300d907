// The nudge in place: a text that lacks its marks is shown under the box with the syllables
// underlined, and its writer may have the marks put in, type again, or send it as it is.
// Loaded by widget.js when somebody begins to write.

/** A pause after which a text is looked at, and the shorter one after a sentence, in milliseconds. */
const PAUSE = 1600;
const SENTENCE_PAUSE = 800;
/** Fewer letters say nothing. */
const LEAST = 12;

/** A text cut at what lacks its marks; neighbours make one piece. Places count characters. */
const pieces = (text, spans) => {
  const letters = Array.from(text);
  const cut = [];
  let done = 0;
  for (const { start, end } of spans) {
    if (start < done) continue;
    const before = letters.slice(done, start).join("");
    const last = cut.at(-1);
    const word = letters.slice(start, end).join("");
    if (last?.lacks && before === " ") last.text += before + word;
    else cut.push({ text: before, lacks: false }, { text: word, lacks: true });
    done = end;
  }
  cut.push({ text: letters.slice(done).join(""), lacks: false });
  return cut.filter((piece) => piece.text);
};

const mark = (text) => Object.assign(document.createElement("mark"), { textContent: text });

/** The text with its marks put in, and the doubtful words with their places in it. */
const restore = ({ text, changes, repaired }) => {
  if (repaired) return { text: repaired, doubts: [] };
  const letters = Array.from(text);
  const doubts = [];
  let out = "";
  let done = 0;
  for (const { start, end, to, doubtful, alternatives } of changes) {
    out += letters.slice(done, start).join("");
    const words = [...new Set([to, ...alternatives])];
    if (doubtful && words.length > 1) doubts.push({ at: out.length, from: letters.slice(start, end).join(""), word: to, words });
    out += to;
    done = end;
  }
  return { text: out + letters.slice(done).join(""), doubts };
};

export const attach = ({ body, copy, replace, after, lang, url, site, insist }) => {
  const place = document.createElement("div");
  place.className = "codau-help";
  place.setAttribute("aria-live", "polite");
  after.after(place);
  let timer;
  let asking;
  let quiet = false; // the writer was asked and answered
  let put; // what was put into the box: { sent, doubts }
  let seen = body.value;
  let own = false; // the box changes by us
  let asked; // the text that was last asked about
  let lacking; // what the open panel shows

  const close = () => {
    if (place.contains(document.activeElement)) body.focus();
    place.replaceChildren();
  };
  const write = (start, end, text) => {
    own = true;
    replace(body, start, end, text);
    own = false;
    seen = body.value;
  };
  const open = (panel, actions, focus) => {
    panel.addEventListener("click", (event) => actions[event.target.closest("[data-do]")?.dataset.do]?.());
    place.replaceChildren(panel);
    if (focus) panel.focus();
  };

  const show = (found, focus) => {
    lacking = found;
    const opened = place.querySelector(".codau-nudge");
    const panel = opened ?? copy("nudge");
    panel.querySelector(".codau-text").replaceChildren(...pieces(found.text, found.spans).map(({ text, lacks }) => (lacks ? mark(text) : text)));
    // One that is open stays, with the focus in it.
    if (opened && focus) opened.focus();
    if (!opened) open(panel, {
      restore: () => fill(lacking),
      retype: () => { quiet = true; close(); body.focus(); },
      insist: () => { quiet = true; close(); insist(); },
    }, focus);
  };

  const fill = (found) => {
    const sent = body.value;
    const restored = restore(found);
    const focus = place.contains(document.activeElement);
    write(0, sent.length, restored.text);
    put = { sent, doubts: restored.doubts };
    quiet = true;
    const panel = copy("restored");
    const list = panel.querySelector("ul");
    for (const doubt of put.doubts) {
      const item = document.createElement("li");
      item.append(mark(doubt.from), " → ");
      for (const word of doubt.words) {
        const choice = Object.assign(document.createElement("button"), { type: "button", textContent: word });
        choice.setAttribute("aria-pressed", word === doubt.word);
        choice.addEventListener("click", () => choose(doubt, word, item));
        item.append(choice, " ");
      }
      doubt.item = item;
      list.append(item);
    }
    panel.querySelector(".codau-doubts").hidden = !put.doubts.length;
    open(panel, {
      undo: () => { write(0, body.value.length, put.sent); put = undefined; close(); body.focus(); },
    }, focus);
  };

  const choose = (doubt, word, item) => {
    const grown = word.length - doubt.word.length;
    write(doubt.at, doubt.at + doubt.word.length, word);
    for (const other of put.doubts) if (other.at > doubt.at) other.at += grown;
    doubt.word = word;
    for (const choice of item.querySelectorAll("button")) choice.setAttribute("aria-pressed", choice.textContent === word);
  };

  /** The writer edits what was put in: words before stay, words after move, the edited one is settled. */
  const follow = () => {
    const now = body.value;
    let start = 0;
    while (start < seen.length && seen[start] === now[start]) start += 1;
    let rest = 0;
    while (rest < Math.min(seen.length, now.length) - start && seen.at(-1 - rest) === now.at(-1 - rest)) rest += 1;
    const end = seen.length - rest;
    put.doubts = put.doubts.filter((doubt) => {
      if (doubt.at + doubt.word.length < start) return true;
      if (doubt.at >= end && doubt.at > start) doubt.at += now.length - seen.length;
      else doubt.item.remove();
      return doubt.item.isConnected;
    });
  };

  const ask = async () => {
    clearTimeout(timer);
    asking?.abort();
    const text = body.value;
    if (quiet || text === asked || text.trim().length < LEAST) return;
    asked = text;
    asking = new AbortController();
    try {
      const response = await fetch(url, {
        method: "POST", signal: asking.signal, body: JSON.stringify({ text, site }),
        headers: { accept: "application/json", "accept-language": lang, "content-type": "application/json" },
      });
      const found = await response.json();
      if (!response.ok || body.value !== text || quiet) return;
      if (found.nudge) show(found, false);
      else close();
    } catch { /* a text can be sent without it */ }
  };

  const wait = () => {
    clearTimeout(timer);
    asking?.abort();
    timer = setTimeout(ask, /[.!?…\n]\s*$/.test(body.value) ? SENTENCE_PAUSE : PAUSE);
  };
  body.addEventListener("input", () => {
    if (own) return;
    if (put) follow();
    seen = body.value;
    if (seen) wait();
    else reset();
  });
  body.addEventListener("blur", () => { if (!own && !place.hasChildNodes()) ask(); });

  const reset = () => {
    clearTimeout(timer);
    asking?.abort();
    [quiet, put, asked, seen] = [false, undefined, undefined, body.value];
    place.replaceChildren();
  };
  // What was written before this file was here.
  if (seen) wait();
  // Marks that were put in and looked over are not asked about again.
  return { show, reset, looked: () => Boolean(put) };
};
