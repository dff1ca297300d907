// Puts the thread of an article into its page, and helps with writing:
//   <script src="https://SERVICE/widget.js" data-site="SITE" data-thread="NUMBER" defer></script>
// The thread goes into the element with the id «codau», or before the script if there is none.
// Without data-site it helps with the thread that the page already includes.
// Every sentence comes with the thread; without this script the same form works by itself.
(() => {
  const script = document.currentScript;
  const service = new URL(".", script.src).href;
  const part = (name) => import(new URL(`static/${name}.js`, script.src).href);

  /** Storage that may be full, forbidden or written by an older version. */
  const memory = (key) => ({
    read() {
      try { return JSON.parse(localStorage.getItem(key)) ?? undefined; } catch { return undefined; }
    },
    write(value) {
      try {
        if (value === undefined) localStorage.removeItem(key);
        else localStorage.setItem(key, JSON.stringify(value));
      } catch { /* then nothing is remembered */ }
    },
  });

  /** Characters as people count them. */
  const segmenter = globalThis.Intl?.Segmenter && new Intl.Segmenter();
  const count = (text) => [...(segmenter?.segment(text) ?? text.normalize("NFC"))].length;

  const newKey = () => crypto.randomUUID?.() ?? Array.from(crypto.getRandomValues(new Uint32Array(4))).join("-");

  /** Replaces text in a field so that Ctrl+Z takes it back, and puts the caret after it. */
  const replace = (field, start, end, text) => {
    const focused = document.activeElement;
    // On a phone, the focus would bring its keyboard up.
    const undoable = focused === field || matchMedia("(pointer: fine)").matches;
    if (undoable) field.focus({ preventScroll: true });
    field.setSelectionRange(start, end);
    if (start === end && !text) return;
    if (!undoable || !document.execCommand(text ? "insertText" : "delete", false, text)) {
      field.setRangeText(text, start, end, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    if (focused !== field && focused !== document.body) focused?.focus?.({ preventScroll: true });
  };

  /** A thread as the service made it: all that people wrote in it is escaped there. */
  const piece = async (address) => {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.status);
    const template = document.createElement("template");
    template.innerHTML = await answer.text();
    return document.importNode(template.content.querySelector(".codau"), true);
  };

  /** Times of the last days as people say them; when exactly stands in the title. */
  const units = [["day", 864e5], ["hour", 36e5], ["minute", 6e4]];
  const sayTimes = (thread) => {
    const words = globalThis.Intl?.RelativeTimeFormat && new Intl.RelativeTimeFormat(thread.lang);
    for (const time of thread.querySelectorAll(".codau-time time")) {
      const age = Date.now() - new Date(time.dateTime);
      const [unit, length] = units.find(([, length]) => age >= length) ?? units[2];
      if (!words || age < 0 || age > 7 * 864e5) continue;
      time.title ||= time.textContent;
      time.textContent = words.format(-Math.floor(age / length), unit);
    }
  };

  /** Puts another part of the thread in the place of the one that is shown, or below it. */
  const turn = async (thread, address, below) => {
    const found = await piece(address.replace(/\/page(?=\?|$)/, ""));
    const [old, fresh] = [thread, found].map((each) => each.querySelector(".codau-comments"));
    const first = fresh.querySelector(".codau-comment");
    if (below) {
      old.querySelector(".codau-list").append(...fresh.querySelectorAll(".codau-comment"));
      old.querySelector(".codau-more").replaceWith(...fresh.querySelectorAll(".codau-more"));
    } else {
      const back = thread.leaveReply?.();
      old.replaceWith(fresh);
      back?.();
    }
    sayTimes(thread);
    return below ? first : thread.querySelector(".codau-count");
  };

  const settle = async (thread) => {
    if (!thread) return;
    help(thread);
    sayTimes(thread);
    setInterval(sayTimes, 6e4, thread);
    // The links lead to pages of the service; here they turn the pages in place.
    thread.addEventListener("click", async (event) => {
      const link = event.target.closest(".codau-more a, .codau-order a");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      try {
        const place = await turn(thread, link.href, link.closest(".codau-more"));
        if (!place) return;
        place.tabIndex = -1;
        place.focus();
      } catch {
        location = link.href;
      }
    });
    // The comment that the address of the page names may be further down.
    const [, id] = /^#binh-luan-(\d+)$/.exec(location.hash) ?? [];
    const pages = thread.querySelector(".codau-order a");
    if (id && pages && !thread.querySelector(location.hash)) await turn(thread, `${pages.href}?at=${id}`).catch(() => undefined);
    if (location.hash.startsWith("#binh-luan")) document.getElementById(location.hash.slice(1))?.scrollIntoView();
  };

  /** Says in the console what keeps the page and the service apart. */
  let forbidden;
  addEventListener("securitypolicyviolation", ({ blockedURI, effectiveDirective }) => {
    if (service.startsWith(blockedURI) || blockedURI.startsWith(service)) forbidden = effectiveDirective;
  });
  const explain = ({ message }, site) => {
    const why = forbidden
      ? `this page's Content-Security-Policy lacks ${service} in ${forbidden}`
      : /^\d+$/.test(message)
        ? `the service answered ${message}${message === "403" ? `: its settings have no [[site]] with id = "${site}"` : ""}`
        : `the browser got no answer it may read (${message}): either the service is away, or "origins" of [[site]] "${site}" in its settings lacks "${location.origin}"`;
    console.error(`Có Dấu: no comments from ${service}: ${why}. «codau doctor» on the service checks its side.`);
  };

  const arrive = () => {
    const { site, thread, title } = script.dataset;
    const url = document.querySelector('link[rel="canonical"]')?.href ?? location.href.split("#")[0];
    const place = document.getElementById("codau") ?? script.insertAdjacentElement("beforebegin", document.createElement("div"));
    const query = new URLSearchParams({ url, title: title ?? document.title });
    piece(`${service}threads/${encodeURIComponent(site)}/${encodeURIComponent(thread)}?${query}`)
      .then((found) => {
        place.replaceChildren(found);
        return settle(found);
      })
      .catch((error) => explain(error, site));
  };

  const help = (thread) => {
    const form = thread?.querySelector(".codau-form");
    // A closed thread has none; one that an older version made has no parts.
    const parts = thread?.querySelector(".codau-parts")?.content;
    if (!form || !parts) return;
    const copy = (name) => parts.querySelector(`.codau-${name}`).cloneNode(true);
    const hidden = (name) => {
      const input = form.elements[name] ?? Object.assign(document.createElement("input"), { type: "hidden", name });
      if (!input.isConnected) form.append(input);
      return input;
    };
    const { body, name, email, site, thread: object } = form.elements;
    const key = hidden("submission");
    const parent = hidden("parent");
    const strokes = hidden("strokes");
    const stamp = hidden("stamp");
    const state = form.querySelector(".codau-state");
    const button = form.querySelector(".codau-send");
    const desk = new URL(".", form.action).href;
    const draft = memory(`codau:draft:${site.value}/${object.value}`);
    const receipts = memory(`codau:receipts:${site.value}/${object.value}`);
    // What is wrong is said once, by the service, in the newspaper's language.
    form.noValidate = true;
    key.value ||= newKey();

    // Under the box: the typing aid and how many characters are left.
    const aid = copy("aid");
    body.closest("p").after(aid);
    const left = aid.querySelector(".codau-left");
    body.setAttribute("aria-describedby", left.id);
    const max = Number(form.dataset.max);
    const measure = () => {
      const rest = body.value.length > max * 0.9 ? max - count(body.value.trim()) : max;
      left.textContent = rest > max / 10 ? "" : (rest < 0 ? form.dataset.over : form.dataset.left).replace("#", Math.abs(rest));
      left.classList.toggle("codau-over", rest < 0);
    };

    const chosen = memory("codau:typing");
    const select = aid.querySelector("select");
    let stopTyping;
    const useTyping = async () => {
      stopTyping?.();
      stopTyping = undefined;
      const method = select.value;
      if (!method) return;
      const { attach } = await part("typing");
      if (select.value === method) stopTyping = attach(body, method, replace);
    };
    select.value = chosen.read() ?? "";
    select.addEventListener("change", () => {
      chosen.write(select.value || undefined);
      useTyping();
    });
    useTyping();

    // Errors stand at their fields until these change.
    const describe = (field, id, add) => {
      const ids = new Set((field.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean));
      ids[add ? "add" : "delete"](id);
      if (ids.size) field.setAttribute("aria-describedby", [...ids].join(" "));
      else field.removeAttribute("aria-describedby");
      if (add) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    };
    const absolve = (field) => {
      const error = form.querySelector(`#codau-${field.name}-error`);
      if (!error) return;
      error.remove();
      describe(field, error.id, false);
    };
    const accuse = (field, message) => {
      absolve(field);
      const error = Object.assign(copy("error"), { id: `codau-${field.name}-error`, textContent: message });
      const holder = field.closest("p");
      if (holder.classList.contains("codau-check")) holder.before(error);
      else field.before(error);
      describe(field, error.id, true);
    };

    // The draft: as it was left, unless it was sent.
    const keep = () => {
      const text = body.value || name.value || email.value;
      draft.write(text ? { body: body.value, name: name.value, email: email.value, parent: parent.value, key: key.value, strokes: strokes.value } : undefined);
    };
    form.addEventListener("input", (event) => {
      absolve(event.target);
      if (event.target === body) strokes.value = Number(strokes.value) + 1;
      measure();
      keep();
    });

    // A reply opens under its comment.
    const home = document.createComment("");
    form.before(home);
    let replying;
    const goHome = () => {
      replying?.remove();
      replying = undefined;
      parent.value = "";
      home.after(form);
    };
    const reply = (link) => {
      goHome();
      parent.value = link.closest(".codau-comment").id.replace(/\D+/, "");
      replying = copy("replying");
      replying.querySelector("b").textContent = link.getAttribute("aria-label");
      replying.querySelector("button").addEventListener("click", () => {
        goHome();
        keep();
        link.focus();
      });
      form.prepend(replying);
      link.after(form);
    };
    thread.addEventListener("click", (event) => {
      const link = event.target.closest(".codau-reply");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      reply(link);
      keep();
      body.focus();
    });

    const replyTo = (id) => {
      const link = id && thread.querySelector(`#binh-luan-${CSS.escape(id)} > .codau-reply`);
      if (link) reply(link);
    };
    // While the comments are replaced, a reply that is being written waits at home.
    thread.leaveReply = () => {
      const id = parent.value;
      goHome();
      return () => replyTo(id);
    };

    const old = draft.read();
    if (old) {
      for (const field of [body, name, email]) field.value ||= old[field.name] ?? "";
      key.value = old.key ?? key.value;
      strokes.value = old.strokes ?? "";
      replyTo(old.parent);
    }
    measure();

    // What this reader sent and is not decided yet, told on each visit.
    const mine = document.createElement("div");
    mine.setAttribute("aria-live", "polite");
    home.before(mine);
    const show = (receipt) => {
      const notice = copy("waiting");
      notice.querySelector("a").href = receipt;
      notice.querySelector("a").rel = "nofollow noreferrer";
      mine.append(notice);
      return notice;
    };
    const forget = (receipt) => {
      const rest = (receipts.read() ?? []).filter((other) => other !== receipt);
      receipts.write(rest.length ? rest : undefined);
    };
    const headers = { accept: "application/json", "accept-language": thread.lang };
    for (const receipt of receipts.read() ?? []) {
      if (!receipt.startsWith?.(`${desk}receipts/`)) continue;
      const notice = show(receipt);
      fetch(receipt, { headers, referrerPolicy: "no-referrer" })
        .then(async (answer) => {
          if (answer.status === 404) notice.remove();
          if (answer.status === 404) return forget(receipt);
          const { decided, message } = await answer.json();
          // Sent back to be changed, it is still told on each visit.
          if (message) notice.querySelector("span").textContent = message;
          return decided && forget(receipt);
        })
        .catch(() => { /* it is asked again on the next visit */ });
    }

    let nudge;
    const nudging = () => (nudge ??= part("nudge").then((module) => module.attach({ body, copy, replace, after: aid, lang: thread.lang, url: `${desk}assessments`, site: site.value, insist: () => send("insist") })).catch(() => undefined));
    body.addEventListener("focus", nudging, { once: true });
    // The page may have been kept for many: when this form was made, the service says now.
    const stamped = () => fetch(`${desk}stamp`).then((answer) => answer.text()).then((made) => { stamp.value ||= made; }).catch(() => { /* then nobody knows */ });
    body.addEventListener("focus", stamped, { once: true });

    // Sending, once at a time.
    let sending = false;
    let last = "";
    const label = button.textContent;
    const say = (text) => { state.textContent = text; };
    // What could not be sent for want of a network goes out when there is one again, unless it is
    // changed meanwhile.
    const again = () => {
      removeEventListener("online", again);
      send(last);
    };
    form.addEventListener("input", () => {
      removeEventListener("online", again);
      if (state.textContent === form.dataset.offline) say(form.dataset.failed);
    });
    const send = async (answer) => {
      if (sending) return;
      sending = true;
      last = answer;
      button.setAttribute("aria-disabled", "true");
      say(form.dataset.sending);
      const fields = new URLSearchParams(new FormData(form));
      if (answer) fields.set("answer", answer);
      const post = async (proof) => {
        fields.set("proof", proof);
        const response = await fetch(form.action, { method: "POST", headers, body: fields, signal: AbortSignal.timeout?.(30000) });
        const said = await response.json();
        if (said.error !== "proof" || !proof) return answered(response.status, said);
        // A suspect’s machine is asked for a second’s work.
        say(said.message);
        return post(await part("proof").then((module) => module.prove(said.challenge, said.bits), () => ""));
      };
      try {
        say(await post("able"));
      } catch (error) {
        button.textContent = form.dataset.again;
        if (navigator.onLine === false) {
          addEventListener("online", again);
          say(form.dataset.offline);
        } else {
          explain(error, site.value);
          say(form.dataset.failed);
        }
      }
      button.removeAttribute("aria-disabled");
      sending = false;
    };
    /** Does what an answer asks for; returns what is to be said of it. */
    const answered = async (status, said) => {
      if (status === 202) {
        receipts.write([...(receipts.read() ?? []), said.receipt].slice(-9));
        button.textContent = label;
        // The name stays for another comment.
        body.value = "";
        key.value = newKey();
        goHome();
        draft.write(undefined);
        measure();
        (await nudge)?.reset();
        show(said.receipt).focus();
        return "";
      }
      // The key stands for the text it was first sent with.
      if (status === 409) key.value = newKey();
      keep();
      if (said.error === "lacks-marks") {
        const panel = await nudging();
        // Without it there is still the page of the service that says the same.
        if (panel) panel.show(said.assessment, true);
        else form.submit();
        return "";
      }
      if (said.error !== "invalid") return [said.message, form.dataset.failed].filter(Boolean).join(" ");
      const elsewhere = [];
      for (const { field, message } of said.fields) {
        const input = form.elements[field];
        if (input && input.type !== "hidden") accuse(input, message);
        else elsewhere.push(message);
      }
      form.querySelector("[aria-invalid=true]")?.focus();
      return [said.message, ...elsewhere].join(". ");
    };
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      send((await nudge)?.looked() ? "insist" : "");
    });
  };

  if (script.dataset.site) arrive();
  else settle(document.querySelector(".codau"));
})();
