// The picture beside the lists: which one, of which components, and where one is in it.

import { MOST_DEPTH } from "./address.js";
import { sequenceTable } from "./sequence.js";
import { button, clipped, element, fill, listed, named, sentence, title } from "./text.js";

const KINDS = {
  lifecycle: "lifecycle",
  around: "around here",
  projected: "projected",
  parts: "parts",
  sequence: "sequence",
};
const OF_STATES = new Set(["around", "projected", "parts"]);

/** What a feed is asked for the picture that is wanted, and by what one knows whether it is the one that is there. */
export function pictureWanted(place) {
  const { pictureKind: kind, taken, closed } = place;
  const stem = closed ? closed.stem : taken.length;
  let given = {};
  if (OF_STATES.has(kind)) given = { state: place.now.state, shown: place.shown, steps: place.depth };
  if (kind === "sequence") given = { stem: taken.slice(0, stem), loop: closed ? taken.slice(stem) : null };
  return { kind, given, key: JSON.stringify([place.variant, kind, given]) };
}

/** A picture as elements of the page; its colours in the dark become the page's to choose. A run is kept as it is. */
export function pictureOf(answer, key) {
  if (answer.run) return { key, run: answer.run };
  const inline = /<style>@media \(prefers-color-scheme: dark\) \{([^<]*)\}<\/style>/;
  const dark = inline.exec(answer.svg);
  if (dark) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`:root[data-theme="dark"] .drawing svg { ${dark[1]} }`);
    document.adoptedStyleSheets = [sheet];
  }
  const read = new DOMParser().parseFromString(answer.svg.replace(inline, ""), "image/svg+xml");
  const svg = document.importNode(read.documentElement, true);
  svg.removeAttribute("aria-labelledby");
  svg.querySelectorAll("#title, #desc").forEach((one) => one.removeAttribute("id"));
  svg.setAttribute("aria-label", answer.description);
  return { key, svg, ids: answer.ids ?? null, here: answer.here ?? null, leftOut: answer.left_out ?? "" };
}

/** The picture, the present states lit, and what was left out. */
export function drawPicture(root, place, act) {
  const { picture } = place;
  const before = root.querySelector(".drawing");
  const was = before && { at: before.dataset.at, left: before.scrollLeft, top: before.scrollTop };
  fill(
    root,
    title("picture", "Picture"),
    place.described.can.pictures.length > 1 ? kinds(place, act) : null,
    OF_STATES.has(place.pictureKind) ? ticks(place, act) : null,
    place.pictureFailed ? element("p", { class: "note" }, sentence(place.pictureFailed)) : null,
    picture
      ? element("div", { class: place.pictureKind === "sequence" ? "drawing sequence" : "drawing", tabindex: "0", role: "group", "aria-label": "the picture; it scrolls" },
        picture.svg ?? sequenceTable(place))
      : place.pictureFailed ? null : element("p", { class: "note" }, "Drawing …"),
    picture?.svg ? element("div", { class: "tools" }, button("", "size", () => act.resize(!root.querySelector(".whole")), { "aria-keyshortcuts": "z" })) : null,
    picture?.run ? element("p", { class: "note" }, "Lifecheck explore, without --out, draws it with arrows.") : null,
    picture?.svg ? lit(place, picture) : null);
  if (picture) arrange(root, place, was);
}

const LEAST_SCALE = 0.7; // below it nobody reads the names
const SCALE = { lifecycle: 0.75 }; // whose letters are larger than those of the page

/** Show the picture whole where it can be read so, or as the reader wants it; else at its size, and where one is. */
function arrange(root, place, was) {
  const box = root.querySelector(".drawing");
  const { svg, key } = place.picture;
  const width = svg ? svg.width.baseVal.value * (SCALE[place.pictureKind] ?? 1) : 0;
  const isWhole = place.isWhole ?? width * LEAST_SCALE <= box.clientWidth;
  box.classList.toggle("whole", isWhole);
  if (svg) svg.style.width = `${width}px`;
  const size = root.querySelector("[data-key=size]");
  if (size) {
    size.textContent = isWhole ? "full size" : "whole picture";
    size.hidden = width <= box.clientWidth;
  }
  box.dataset.at = `${isWhole} ${key} ${place.taken.length} ${place.now.state}`;
  if (was?.at === box.dataset.at) box.scrollTo(was.left, was.top);
  else if (place.pictureKind === "sequence") box.scrollTo(0, box.scrollHeight);
  else show(box, [...box.querySelectorAll(".lit")]);
}

/** Scroll a box to the middle of what is in it. */
function show(box, marked) {
  if (!marked.length) return;
  const outer = box.getBoundingClientRect();
  const inner = marked.map((one) => one.getBoundingClientRect());
  const middle = (from, to) => (Math.min(...inner.map((one) => one[from])) + Math.max(...inner.map((one) => one[to]))) / 2;
  box.scrollTo(middle("left", "right") - outer.left - box.clientWidth / 2, middle("top", "bottom") - outer.top - box.clientHeight / 2);
}

function kinds(place, act) {
  return element("fieldset", { class: "kinds" }, element("legend", { class: "unseen" }, "which picture"),
    place.described.can.pictures.map((kind) => element("label", {},
      element("input", {
        type: "radio", name: "picture", value: kind, checked: kind === place.pictureKind, "data-key": `picture ${kind}`,
        onchange: () => act.showPicture(kind),
      }), ` ${KINDS[kind] ?? kind}`)));
}

function ticks(place, act) {
  const shown = new Set(place.shown);
  const { shown: offered = {}, steps = null } = place.described.can;
  const isWritten = Object.hasOwn(offered, place.pictureKind); // then there is what was written, and no other
  const depth = place.pictureKind !== "around" ? null : element("label", {}, "steps ", steps
    ? element("select", { "data-key": "depth", onchange: (event) => act.look(Number(event.target.value)) },
      steps.map((one) => element("option", { value: one, selected: one === place.depth }, String(one))))
    : element("input", {
      type: "number", min: 1, max: MOST_DEPTH, value: place.depth, "data-key": "depth",
      onchange: (event) => act.look(Number(event.target.value)),
    }));
  if (isWritten) return element("div", { class: "ticks" }, depth, offered[place.pictureKind] === "each" ? oneOf(place, act) : null);
  return element("details", { class: "ticks", open: place.ticksOpen, ontoggle: (event) => { place.ticksOpen = event.target.open; } },
    element("summary", { "data-key": "ticks" }, `${shown.size} of ${place.system.components.length} components`),
    depth,
    place.system.components.map((part) => element("label", {},
      element("input", {
        type: "checkbox", checked: shown.has(part.name), "data-key": `tick ${part.name}`,
        onchange: (event) => act.tick(part.name, event.target.checked),
      }), " ", named(part.name))));
}

/** All that are no observers, or one alone: what a written page can be asked for. */
function oneOf(place, act) {
  const alone = place.ticked?.size === 1 ? [...place.ticked][0] : null;
  return element("label", {}, "components ", element("select", {
    "data-key": "alone", onchange: (event) => act.showAlone(event.target.value === "" ? null : event.target.value.slice(1)),
  }, place.ticked && alone === null ? element("option", { value: "-", selected: true, disabled: true }, `${place.ticked.size} of them`) : null,
  element("option", { value: "", selected: !place.ticked }, "all but observers"),
  place.system.components.map((part) => element("option", { value: `=${part.name}`, selected: part.name === alone }, `${clipped(part.name)} alone`))));
}

/** Light what is present, and say it. */
function lit(place, picture) {
  const nodes = [...picture.svg.querySelectorAll("g.node")];
  nodes.forEach((one) => one.classList.remove("lit"));
  const light = (id) => nodes.find((one) => one.id === id)?.classList.add("lit");
  if (picture.here !== null) light(picture.here);
  if (picture.ids === null) return picture.leftOut ? element("p", { class: "note" }, sentence(picture.leftOut)) : null;
  const present = place.now.components.filter((part) => Object.hasOwn(picture.ids, part.name));
  for (const part of present) light(picture.ids[part.name][part.state]);
  const left = place.now.components.filter((part) => !present.includes(part));
  return element("p", { class: "note" }, "Framed thickly, here: ",
    ...present.flatMap((part, at) => [at ? ", " : "", named(part.name), " ", named(part.label)]),
    left.length ? [". Left out: ", ...listed(left.map((part) => part.name))] : null, ".");
}
