// Text on the page: names are shown as they are, whatever characters they hold; nothing is ever read as markup.

const MOST_OF_A_NAME = 120;
const MOST_OF_A_SENTENCE = 600;

/** Text on one line in which every character can be seen: what does not print stands as its number. */
export function visible(text) {
  const shown = String(text).replace(/[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu, (one) => `\\u{${one.codePointAt(0).toString(16)}}`);
  return shown === "" || shown !== shown.trim() ? `'${shown}'` : shown;
}

/** The same, shortened where nobody would read it. */
export function clipped(text, most = MOST_OF_A_NAME) {
  const shown = visible(text);
  const letters = [...shown];
  if (letters.length <= most) return shown;
  return `${letters.slice(0, most).join("")}… (${[...String(text)].length.toLocaleString("en")} characters)`;
}

/** The same of what is read as a sentence. */
export function sentence(text) {
  return clipped(text, MOST_OF_A_SENTENCE);
}

/** An element with attributes and children; text becomes text, `on...` a listener, what is null or false is left out. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

/** Put other children into an element; what is null or false is left out. */
export function fill(root, ...children) {
  root.replaceChildren(...children.filter((child) => child !== null && child !== undefined && child !== false));
}

/** A name in a direction of its own, so that it turns round nothing beside it. */
export function named(text, kind = "name") {
  return element("bdi", { class: kind }, clipped(text));
}

/** Several names with something between them. */
export function listed(names, between = ", ") {
  return names.flatMap((name, at) => (at ? [between, named(name)] : [named(name)]));
}

/** "1 step", "2 steps". */
export function counted(number, word) {
  return `${number.toLocaleString("en")} ${word}${number === 1 ? "" : "s"}`;
}

/** The heading of a part of the page. */
export function title(id, words, ...more) {
  return element("h2", { id: `${id}-title` }, words, ...more);
}

/** A button that is found again by its key when its part is drawn anew. */
export function button(words, key, action, more = {}) {
  return element("button", { type: "button", "data-key": key, onclick: action, ...more }, words);
}
