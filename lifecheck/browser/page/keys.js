// What single keys do, and the list of them.

import { element, fill } from "./text.js";
import { returns } from "./run.js";

const KEYS = [
  ["j, k", "next and previous trigger"],
  ["1 to 9, Enter", "take a trigger"],
  ["u, Shift+u", "undo, redo"],
  ["r", "restart"],
  ["l", "close the loop at the latest step that was here"],
  ["g", "a fair run; or let the others act"],
  ["p, f, s, i", "to the properties, the fairness, the story, the picture"],
  ["v", "the other variant"],
  ["z", "the whole picture, or at full size"],
  ["/", "find a trigger or state; Escape leaves"],
  ["t", "light or dark"],
  ["?", "these keys"],
];

export function drawKeys(root, place, act) {
  fill(
    root,
    element("h2", { id: "keys-title" }, "Keys"),
    element("dl", {}, KEYS.flatMap(([keys, words]) => [element("dt", {}, keys), element("dd", {}, words)])),
    element("label", {}, element("input", { type: "checkbox", checked: place.hasKeys, onchange: (event) => act.useKeys(event.target.checked) }), " single keys do this"),
    element("form", { method: "dialog" }, element("button", { autofocus: true }, "close")));
}

const byKey = (id) => document.getElementById(id);

/** Do what a key means, where the reader is not writing. */
export function hear(page, event) {
  const { place, act } = page;
  const target = event.target;
  if (event.key === "Escape" && target.id === "filter") {
    act.filter("");
    document.querySelector("#can .take")?.focus();
    return;
  }
  if (!place.hasKeys || event.ctrlKey || event.metaKey || event.altKey || byKey("keys").open) return;
  if (["SELECT", "TEXTAREA"].includes(target.tagName)) return;
  // in these nobody writes
  if (target.tagName === "INPUT" && !["radio", "checkbox"].includes(target.type)) return;
  const takes = [...document.querySelectorAll("#can .take")];
  const move = (by) => {
    const here = takes.indexOf(document.activeElement);
    takes[here < 0 ? (by > 0 ? 0 : takes.length - 1) : Math.min(Math.max(here + by, 0), takes.length - 1)]?.focus();
  };
  const to = (id) => { byKey(id).focus(); byKey(id).scrollIntoView({ block: "nearest" }); };
  const does = {
    j: () => move(1), k: () => move(-1), u: act.undo, U: act.redo, r: act.restart,
    p: () => to("properties"), f: () => to("fairness"), s: () => to("story"), i: () => to("picture"), g: act.fairRun,
    "/": () => byKey("filter").focus(), "?": () => page.help(), t: () => page.theme(),
    v: () => page.nextVariant(), z: () => document.querySelector("#picture [data-key=size]:not([hidden])")?.click(),
    l: () => {
      const [stem] = returns(place.states, place.observers);
      if (stem === undefined) page.notice("the run has not been here before, so that nothing repeats");
      else act.close(stem);
    },
  }[event.key] ?? (/^[1-9]$/.test(event.key) ? () => takes[Number(event.key) - 1]?.click() : null);
  if (does === null) return;
  event.preventDefault();
  does();
}
