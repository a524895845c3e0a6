// The run as a table, where nobody draws it: a row for each step, a column for each component.

import { element, named } from "./text.js";
import { changes } from "./run.js";

/** Who takes part in each step and what each is then; the steps that repeat for ever are bracketed. */
export function sequenceTable(place) {
  const { taken, states, closed, observers } = place;
  const parts = place.system.components.filter((part) => !observers.has(part.name));
  const owners = new Map(place.system.triggers.map((one) => [one.name, new Set(one.components)]));
  const first = new Map(states[0].components.map((part) => [part.name, part.label]));
  const rows = taken.map((trigger, at) => {
    const step = at + 1;
    const entered = new Map(changes(states[at], states[step]).map((one) => [one.name, one.to]));
    const inside = closed && step > closed.stem;
    return element("tr", { class: inside ? `looped ${step === closed.stem + 1 ? "first" : ""} ${step === taken.length ? "last" : ""}` : null },
      element("th", { scope: "row" }, `${step}. `, named(trigger, "trigger")),
      parts.map((part) => element("td", {}, entered.has(part.name)
        ? named(entered.get(part.name), "local")
        : owners.get(trigger)?.has(part.name)
          ? [element("span", { "aria-hidden": "true" }, "●"), element("span", { class: "unseen" }, "takes part")]
          : null)));
  });
  return element("table", { class: "run" },
    element("caption", { class: "unseen" }, "who takes part in each step, and in which state they are then"),
    element("thead", {}, element("tr", {}, element("th", { scope: "col" }, "step"), parts.map((part) => element("th", { scope: "col" }, named(part.name))))),
    element("tbody", {},
      element("tr", {}, element("th", { scope: "row" }, "at the start"), parts.map((part) => element("td", {}, named(first.get(part.name), "local")))),
      rows));
}
