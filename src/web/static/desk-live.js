// What happens at other desks: cards that somebody else decides grey out, new comments wait behind
// a button, and who looks at which card is seen. While its window is hidden a page does not listen.
import { cardOf, cards, greyOut, items, post, startAgain } from "./desk-list.js";
import { say, sentence } from "./desk-said.js";

const LINGER = 600; // milliseconds on a card after which it counts as being looked at
const RENEW = 60000; // milliseconds between two words that somebody still looks
const RETRY = 30000; // milliseconds until a stream that was refused is asked for again

const list = document.querySelector(".cards[data-list]");
const page = document.querySelector("[data-claim]"); // a comment's own
const csrf = document.getElementById("words").dataset.csrf;
const fresh = new Set();
const button = () => document.querySelector(".arrived");
let stream = null;

const card = (id) => cardOf(id) ?? items().map((item) => item.querySelector(".card")).find((one) => one?.id === `c${id}`);
const versionOf = (one) => Number(one.querySelector("[name=version]")?.value ?? 0);

const offer = (text) => {
  if (!button()) return;
  button().textContent = text;
  button().hidden = false;
};

const on = {
  arrived({ id }) {
    if (!button() || card(id)) return;
    fresh.add(id);
    offer(sentence("new", { count: fresh.size }));
  },
  decided({ id, version, message, fits }) {
    const one = card(id);
    if (one && version > versionOf(one) && !one.classList.contains("decided-elsewhere")) {
      greyOut(one, message);
      say(message);
    } else if (!one && fits) on.arrived({ id });
    if (page?.dataset.claim.split(".")[0] === String(id) && version > Number(page.dataset.claim.split(".")[1])) say(message);
    if (fits || !fresh.delete(id)) return;
    offer(sentence("new", { count: fresh.size }));
    button().hidden = !fresh.size;
  },
  claimed({ id, message }) {
    const place = (page?.dataset.claim.startsWith(`${id}.`) ? page : card(id))?.querySelector(".claim");
    if (place) place.textContent = message ?? "";
  },
  counts(counts) {
    for (const [name, count] of Object.entries(counts)) {
      for (const tab of document.querySelectorAll(`[data-count="${name}"]`)) {
        tab.querySelector(".count").textContent = count;
        if (tab.closest(".views")) tab.classList.toggle("none", count === 0);
      }
    }
  },
  anything: () => offer(sentence("changed")),
  ended() {
    close();
    say(sentence("ended"));
  },
};

const close = () => {
  stream?.close();
  stream = null;
};

const open = () => {
  if (stream || document.hidden) return;
  const query = new URLSearchParams(list ? list.dataset.list.split("?")[1] : location.search);
  const shown = page ? page.dataset.claim : cards().map((one) => `${one.id.slice(1)}.${versionOf(one)}`).join(",");
  query.set("cards", shown);
  stream = new EventSource(`/moderation/events?${query}`);
  for (const [name, act] of Object.entries(on)) {
    stream.addEventListener(name, (event) => act(JSON.parse(event.data)));
  }
  stream.addEventListener("error", () => {
    // A stream that was cut comes again by itself; one that was refused does not.
    if (stream?.readyState !== EventSource.CLOSED) return;
    close();
    setTimeout(open, RETRY);
  });
};

let looking = null; // the comment that this desk claims
let settling;

const tell = (id, release) => {
  const fields = { csrf, ...(release ? { release: "yes" } : {}) };
  return post(`/moderation/comments/${id}/claim`, fields).catch(() => ({}));
};

const look = async (id) => {
  if (looking && looking !== id) tell(looking, true);
  looking = id;
  if (!id) return;
  const { ok, by } = await tell(id);
  if (ok && by === null) on.claimed({ id, message: null });
};

const settle = () => {
  clearTimeout(settling);
  settling = setTimeout(() => {
    const id = page ? page.dataset.claim.split(".")[0] : document.activeElement?.closest(".card")?.id.slice(1);
    if (id !== looking) look(id ?? null);
  }, LINGER);
};

// The list as it is now, for whoever asks for what came in.
const showFresh = async () => {
  if (!list?.isConnected) return location.reload();
  fresh.clear();
  button().hidden = true;
  await startAgain();
  close();
  open();
};

if (button() || page) {
  document.addEventListener("click", (event) => event.target.matches(".arrived") && showFresh());
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      close();
      look(null);
    } else {
      open();
      settle();
    }
  });
  document.addEventListener("focusin", settle);
  document.addEventListener("codau:list", settle);
  addEventListener("pagehide", () => {
    if (looking) navigator.sendBeacon(`/moderation/comments/${looking}/claim`, new URLSearchParams({ csrf, release: "yes" }));
    close();
  });
  setInterval(() => looking && !document.hidden && tell(looking), RENEW);
  open();
  settle();
}
