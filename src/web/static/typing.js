// Telex and VNI for readers whose keyboard has no Vietnamese. Loaded by widget.js when switched on.
//
// A word is taken apart into onset, vowels and coda; a key changes it only if what comes out can
// be a Vietnamese syllable, so that addresses and foreign words stay as typed. The same key again
// undoes. Tones stand where newspapers put them: hòa, thúy, but hoàn, quý.

const TONES = ["", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"]; // sắc huyền hỏi ngã nặng
const MARKS = { a: "aăâ", e: "eê", o: "oôơ", u: "uư", d: "dđ" };
const PLAIN = Object.fromEntries(Object.entries(MARKS).flatMap(([base, all]) => [...all].map((c) => [c, base])));
const set = (words) => new Set(words.split(" "));
const ONSETS = set("b c ch d đ g gh gi h k kh kr l m n ng ngh nh p ph qu r s t th tr v x");
const CODAS = set("c ch k m n ng nh p t");
const STOPS = set("c ch k p t");
const VOWELS = set("a ă â e ê i o ô ơ u ư y ai ao au ay âu ây eo êu ia iê iu oa oă oe oi oo ôi ơi ua uâ uê ui uô uơ uy ưa ưi ươ ưu yê iêu yêu oai oao oay oeo uây uôi ươi ươu uya uyê uyu");
const plain = (text) => [...text].map((c) => PLAIN[c] ?? c).join("");
// On the way to «uyê» one types «uye», to «ươ» «ưo».
const GOING = new Set([...VOWELS].flatMap((v) => [v, plain(v)]).concat("ưo"));

/** Telex and VNI: key → what it asks for. Of marks, which letters become which. */
const CIRCUMFLEX = { a: "â", ă: "â", e: "ê", o: "ô", ơ: "ô" };
const HORN = { u: "ư", o: "ơ", ô: "ơ" };
const BREVE = { a: "ă", â: "ă" };
const only = (map, base) => Object.fromEntries(Object.entries(map).filter(([from]) => PLAIN[from] === base));
const METHODS = {
  telex: {
    s: { tone: 1 }, f: { tone: 2 }, r: { tone: 3 }, x: { tone: 4 }, j: { tone: 5 }, z: { tone: 0 },
    a: { mark: only(CIRCUMFLEX, "a") }, e: { mark: only(CIRCUMFLEX, "e") }, o: { mark: only(CIRCUMFLEX, "o") },
    w: { mark: { ...HORN, ...BREVE }, lone: "ư" }, d: { stroke: true },
  },
  vni: {
    1: { tone: 1 }, 2: { tone: 2 }, 3: { tone: 3 }, 4: { tone: 4 }, 5: { tone: 5 }, 0: { tone: 0 },
    6: { mark: CIRCUMFLEX }, 7: { mark: HORN }, 8: { mark: BREVE }, 9: { stroke: true },
  },
};

/** A word without its tone, the tone, and its parts; `parts` is missing if it is no syllable. */
const read = (word) => {
  let tone = 0;
  const bare = word.toLowerCase().normalize("NFD").replace(/[\u0300\u0301\u0303\u0309\u0323]/g, (mark) => {
    tone = TONES.indexOf(mark);
    return "";
  }).normalize("NFC");
  const found = /^(qu|gi(?=[aeiouyăâêôơư])|[^aeiouyăâêôơư]*)([aeiouyăâêôơư]*)(.*)$/.exec(bare);
  const [, onset, vowels, coda] = found ?? [];
  const good = found && (!onset || ONSETS.has(onset)) && GOING.has(vowels) && (!coda || CODAS.has(coda))
    && !(STOPS.has(coda) && tone > 0 && tone !== 1 && tone !== 5);
  return { bare, tone, parts: good ? { onset, vowels, coda } : undefined };
};

/** Where among the vowels the tone stands. */
const seat = ({ vowels, coda }) => {
  for (let at = vowels.length - 1; at >= 0; at -= 1) if (/[ăâêôơư]/.test(vowels[at])) return at;
  if (vowels.length === 1) return 0;
  if (coda) return vowels.length - 1;
  return vowels.length === 3 ? 1 : 0;
};

/** A word from its parts, in capitals where `like` has them; nothing if it is no syllable. */
const build = ({ onset, vowels, coda }, tone, like) => {
  const at = onset.length + seat({ vowels, coda });
  const letters = [...(onset + vowels + coda)].map((letter, place) => {
    const upper = like[place] !== like[place]?.toLowerCase();
    const whole = place === at ? (letter + TONES[tone]).normalize("NFC") : letter;
    return upper ? whole.toUpperCase() : whole;
  });
  const word = letters.join("");
  return read(word).parts ? word : undefined;
};

/** The vowels with a mark put on; nothing if it fits none. */
const marked = ({ onset, vowels, coda }, map) => {
  const swap = (from) => [...vowels].map((c, at) => (from(c, at) && map[c]) || c).join("");
  // «uơ» ends a few words (thuở, huơ); elsewhere the two go together.
  const pair = /^[uư][oôơ]/.test(vowels) && map.u && map.o;
  if (pair && !coda && vowels.length === 2 && /^(h|th|kh)$/.test(onset) && vowels !== "ưo") return vowels === "uơ" ? undefined : `u${map.o}`;
  if (pair) return vowels === "ươ" + vowels.slice(2) ? undefined : "ươ" + vowels.slice(2);
  const tries = [swap((c) => "aâă".includes(c)), swap((c) => "oôơ".includes(c)), swap((c, at) => c === "u" && at === vowels.indexOf("u")), swap((c) => "eê".includes(c))];
  return tries.find((tried) => tried !== vowels && VOWELS.has(tried));
};

/**
 * What a key makes of the word before the caret: the new word, or nothing if the key is to be
 * typed as it is. `alone` says that the word's last letter came of a lone w.
 */
const change = (word, key, method, alone) => {
  const asked = METHODS[method][key.toLowerCase()];
  const { tone, parts, bare } = read(word);
  const cut = asked && strike(word, key, asked, { tone, parts, bare, alone });
  if (cut !== undefined) return cut;
  if (!parts || !/^\p{L}$/u.test(key)) return undefined;
  // A letter more may move the tone, and «ưo», «uơn» are «ươ», «ươn».
  const more = read(word + key);
  if (!more.parts) return undefined;
  const joined = { ...more.parts };
  if (/^(ưo|uơ)/.test(joined.vowels) && (joined.coda || joined.vowels.length > 2)) joined.vowels = "ươ" + joined.vowels.slice(2);
  const next = build(joined, tone, word + key);
  return next === word + key ? undefined : next;
};

const strike = (word, key, asked, { tone, parts, bare, alone }) => {
  if (asked.lone && alone) return word.slice(0, -1) + key;
  if (asked.stroke) {
    if (bare[0] !== "d" && bare[0] !== "đ") return undefined;
    const other = bare[0] === "d" ? "đ" : "d";
    const first = word[0] === word[0].toLowerCase() ? other : other.toUpperCase();
    if (parts || word.length === 1) return first + word.slice(1) + (other === "d" ? key : "");
    return undefined;
  }
  if (!parts) return asked.lone && (!bare || ONSETS.has(bare)) ? word + (key === "W" ? "Ư" : "ư") : undefined;
  if (asked.tone === tone) return asked.tone ? build(parts, 0, word) + key : undefined;
  if (asked.tone !== undefined) return build(parts, asked.tone, word);
  const vowels = marked(parts, asked.mark);
  if (vowels) {
    const next = build({ ...parts, vowels }, tone, word);
    if (next) return next;
  }
  // Again: the marks go, and the key stands.
  const given = new Set(Object.values(asked.mark));
  if (![...parts.vowels].some((c) => given.has(c))) return undefined;
  const back = [...parts.vowels].map((c) => (given.has(c) ? PLAIN[c] : c)).join("");
  return build({ ...parts, vowels: back }, tone, word) + key;
};

/** A typist: give it the word before the caret, the rest of the word, and a key. */
export const typist = (method) => {
  let lone;
  return (before, key, after = "") => {
    if (after) {
      // In the middle of a word a key sets the tone or mark of what it stands after, or is a letter.
      const asked = METHODS[method][key.toLowerCase()];
      const reached = asked?.stroke ? before : /[aeiouy]/i.test(before.normalize("NFD"));
      const whole = asked && reached && change(before + after, key, method, false);
      return whole?.length === before.length + after.length ? [whole.slice(0, before.length), whole.slice(before.length)] : undefined;
    }
    const next = change(before, key, method, lone !== undefined && before === lone);
    lone = next?.length === before.length + 1 && /[ưƯ]$/.test(next) && /w/i.test(key) ? next : undefined;
    return next === undefined ? undefined : [next, ""];
  };
};

/** What a row of keys makes, from nothing. */
export const compose = (keys, method) => {
  const type = typist(method);
  let text = "";
  for (const key of keys) {
    const word = /[\p{L}\p{M}]*$/u.exec(text)[0];
    const [next] = type(word, key) ?? [word + key];
    text = text.slice(0, text.length - word.length) + next;
  }
  return text;
};

/** Lets a field be typed into by a method; returns what switches it off. */
export const attach = (field, method, replace) => {
  const type = typist(method);
  let own = false;
  const listen = (event) => {
    // An input method that is on composes by itself; what is pasted stays.
    if (own || event.isComposing || event.inputType !== "insertText" || event.data?.length !== 1) return;
    const { value, selectionStart: start, selectionEnd: end } = field;
    const before = /[\p{L}\p{M}]*$/u.exec(value.slice(0, start))[0];
    const after = start === end ? /^[\p{L}\p{M}]*/u.exec(value.slice(end))[0] : "";
    // Addresses are not words.
    if (/[\d@_/]$/.test(value.slice(0, start - before.length))) return;
    const typed = type(before.normalize("NFC"), event.data, after.normalize("NFC"));
    if (!typed) return;
    event.preventDefault();
    const [next, rest] = typed;
    // Only what differs is replaced.
    let same = 0;
    while (same < before.length && before[same] === next[same]) same += 1;
    own = true;
    const tail = rest === after ? "" : rest;
    replace(field, start - before.length + same, end + (tail ? after.length : 0), next.slice(same) + tail);
    if (tail) field.setSelectionRange(field.selectionStart - tail.length, field.selectionStart - tail.length);
    own = false;
  };
  field.addEventListener("beforeinput", listen);
  return () => field.removeEventListener("beforeinput", listen);
};
