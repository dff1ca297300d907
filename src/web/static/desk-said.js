// What the desk says: one line at the window's edge that moves nothing, read out by screen readers.

const place = document.getElementById("said");
const words = document.getElementById("words").dataset;

// The sentence `name` of the page's language, with values for its {blanks}.
export const sentence = (name, values = {}) => {
  const blank = (text, [key, value]) => text.replaceAll(`{${key}}`, value);
  return Object.entries(values).reduce(blank, words[name] ?? "");
};

let leaving;

// Says something; `act`, if given, is a button's name and what it does.
export const say = (text, act) => {
  clearTimeout(leaving);
  const line = document.createElement("span");
  line.textContent = text;
  place.replaceChildren(line);
  if (act) {
    const button = document.createElement("button");
    button.className = "button";
    button.type = "button";
    button.textContent = act.name;
    button.addEventListener("click", act.run);
    place.append(button);
  }
  place.hidden = false;
  leaving = setTimeout(() => (place.hidden = true), 12000);
};
