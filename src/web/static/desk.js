// Keys of the moderation desk. They press what is on the page: without this script everything
// still works. Never active in a field, nor with Ctrl, Alt or Meta held.
(() => {
  const cards = [...document.querySelectorAll(".card")];
  const help = document.getElementById("keys");
  const lanes = { p: "pending", a: "approved", r: "rejected", s: "spam", e: "expired", u: "recent" };
  let waiting = ""; // «g», until the letter of a lane

  const current = () => document.activeElement?.closest(".card") ?? cards[0] ?? document;
  const press = (selector, within = current()) => {
    const target = within.querySelector(selector);
    target?.click();
    return Boolean(target);
  };
  const move = (by) => {
    const at = cards.indexOf(document.activeElement?.closest(".card"));
    const next = cards[at < 0 ? 0 : at + by];
    if (next) return next.focus();
    press(by > 0 ? '.paging [rel="next"]' : '.paging [rel="first"]', document);
  };
  // Opens the reasons; on a comment's own page, without cards, the page's only ones.
  const reject = () => {
    const panel = current().querySelector("details[name=reject]");
    if (!panel) return;
    panel.open = true;
    panel.querySelector("select").focus();
  };
  // A digit in the open reasons chooses one and sends.
  const chooseReason = (digit, select) => {
    const option = select.options[digit];
    if (!option?.value) return;
    select.value = option.value;
    if (option.value === "other") return select.form.elements.note.focus();
    select.form.querySelector("[value=reject]").click();
  };
  const keys = {
    j: () => move(1),
    k: () => move(-1),
    a: () => press("[name=action][value=approve]"),
    e: () => press("a[data-key=e]") || document.getElementById("body")?.focus(),
    d: reject,
    s: () => press("[name=action][value=spam]"),
    o: () => press("[name=action][value=reopen]"),
    t: () => press("[name=action][value=marks]", document),
    z: () => press(".undo", document) || press("[name=action][value=undo]"),
    "/": () => document.getElementById("q")?.focus(),
    "?": () => help?.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const field = event.target.closest("input, textarea, select");
    const reasons = event.target.closest("details[name=reject] select");
    if (event.key === "Escape" && (field || event.target.closest("details[name=reject]"))) {
      const panel = event.target.closest("details[name=reject]");
      if (panel) panel.open = false;
      (event.target.closest(".card") ?? document.body).focus();
      event.target.blur?.();
      return;
    }
    if (reasons && /^[1-9]$/.test(event.key)) {
      event.preventDefault();
      return chooseReason(Number(event.key), reasons);
    }
    if (field || help?.open) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (waiting === "g") {
      waiting = "";
      const lane = lanes[key];
      if (lane) location.href = lane === "recent" ? "/moderation/recent" : `/moderation/?status=${lane}`;
      return;
    }
    if (key === "g") {
      waiting = "g";
      return;
    }
    const act = keys[key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  document.querySelector("[data-open=keys]")?.addEventListener("click", () => help?.showModal());
  document.querySelector(".lanes [aria-current]")?.scrollIntoView({ inline: "nearest", block: "nearest" });
  // After a decision the page comes back without its card: the next one takes the focus.
  document.addEventListener("submit", (event) => {
    const at = cards.indexOf(event.target.closest(".card"));
    if (at >= 0) sessionStorage.setItem("codau-at", at);
  });
  const at = Number(sessionStorage.getItem("codau-at") ?? 0);
  sessionStorage.removeItem("codau-at");
  cards[Math.min(at, cards.length - 1)]?.focus();
})();
