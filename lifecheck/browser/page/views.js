// What is seen: each function draws one part of the page from where the reader is, and knows no feed.

import { button, clipped, counted, element, fill, listed, named, sentence, title } from "./text.js";
import { changes, debtWords, returns, standing } from "./run.js";
import { PARTS_TO_PLAY, isMine } from "./play.js";
import { wordsOf } from "./address.js";

/** Where every component is, and what the last step changed; a second variant beside it. */
export function drawState(root, place) {
  const step = place.taken.length;
  fill(
    root,
    title("state", `State ${step ? `after ${counted(step, "step")}` : "at the start"}`),
    element("div", { class: "halves" }, half(place, place.variant, place.states, null), place.beside
      ? half(place, place.beside.variant, place.beside.states, place.beside.failed)
      : null),
  );
}

function half(place, variant, states, failed) {
  const now = states[states.length - 1];
  const was = !failed && states.length > 1
    ? new Map(changes(states[states.length - 2], now).map((one) => [one.name, one.from]))
    : new Map();
  const rows = now.components.map((part) =>
    element("tr", { class: was.has(part.name) ? "changed" : null },
      element("th", { scope: "row" }, named(part.name)),
      element("td", {}, named(part.label, "local"), was.has(part.name)
        ? element("span", { class: "was" }, " ← was ", named(was.get(part.name)))
        : null)));
  return element("div", { class: failed ? "half stopped" : "half" },
    place.beside ? element("h3", {}, named(variant)) : null,
    element("table", {},
      element("caption", { class: "unseen" }, `components of ${clipped(variant)} and their states`),
      element("tbody", {}, rows)),
    failed
      ? element("p", { class: "stop" }, `It cannot take step ${failed.step}, `, named(failed.trigger), ", and stays here: ",
        element("bdi", {}, sentence(failed.reason)), ".")
      : null);
}

/** Every trigger that can be taken, as a list of buttons. */
export function drawPossible(root, place, act) {
  const wanted = place.filter.toLowerCase();
  const mine = place.now.possible.filter((trigger) => isMine(place, trigger));
  const others = place.now.possible.filter((trigger) => !isMine(place, trigger));
  const shown = mine.filter((trigger) => place.hasWords(trigger, wanted));
  const entries = shown.map((trigger, at) => {
    const owed = [...place.debts.values()].filter((debt) => debt.members.includes(trigger) && debt.since !== null);
    const meaning = place.meaning(trigger);
    return element("li", {},
      button([
        element("kbd", { "aria-hidden": "true" }, at < 9 ? String(at + 1) : ""),
        element("span", { class: "what" }, named(trigger, "trigger"),
          meaning ? element("span", { class: "meaning" }, sentence(meaning)) : null,
          place.settings[trigger] === "environment" ? element("span", { class: "debt" }, "the environment's: owes nothing") : null,
          owed.map((debt) => element("span", { class: "debt" }, debtWords(debt)))),
      ], `take ${trigger}`, () => act.take(trigger), { class: "take" }));
  });
  const filter = element("input", {
    id: "filter", type: "search", "data-key": "filter", value: place.filter, "aria-label": "find a trigger or state",
    placeholder: "find ( / )", autocomplete: "off", spellcheck: "false", oninput: (event) => act.filter(event.target.value),
  });
  filter.value = place.filter;
  fill(
    root,
    element("div", { class: "head" }, title("can", "Can happen"), filter),
    entries.length
      ? element("ol", { class: "choices" }, entries)
      : element("p", {}, mine.length ? "Nothing that can happen is called so."
        : others.length ? "Here it is for the others to act." : "Nothing can happen here any more."),
    others.length ? element("p", { class: "note" }, place.part === "adversary" ? "Left to the system: " : "Left to the environment: ", ...listed(others)) : null,
    place.told?.after === place.taken.length ? element("p", { class: "found" }, sentence(place.told.words)) : null,
    playing(place, act),
    element("div", { class: "tools" },
      button("undo", "undo", act.undo, { disabled: !place.taken.length, "aria-keyshortcuts": "u" }),
      button("redo", "redo", act.redo, { disabled: !place.undone.length, "aria-keyshortcuts": "Shift+u" }),
      button("restart", "restart", act.restart, { disabled: !place.taken.length, "aria-keyshortcuts": "r" }),
      place.part === "everything"
        ? button("fair run", "fair run", act.fairRun, { disabled: !place.now.possible.length, "aria-keyshortcuts": "g" })
        : button(place.part === "adversary" ? "let the system act" : "let the environment act", "fair run", act.fairRun,
          { disabled: !others.length, "aria-keyshortcuts": "g" })));
}

/** Which part the reader plays, where the environment has one. */
function playing(place, act) {
  if (!place.environment.size) return null;
  return element("label", { class: "play" }, "play ", element("select", {
    "data-key": "play", onchange: (event) => act.playAs(event.target.value),
  }, PARTS_TO_PLAY.map(([value, words]) => element("option", { value, selected: value === place.play }, words))));
}

/** Every trigger that cannot be taken, with who blocks it, where, and from where it could. */
export function drawBlocked(root, place) {
  const wanted = place.filter.toLowerCase();
  const blocked = place.now.blocked.filter((one) =>
    place.hasWords(one.trigger, wanted) || one.by.some((who) => `${who.component} ${who.state}`.toLowerCase().includes(wanted)));
  fill(
    root,
    title("blocked", `Blocked (${blocked.length})`),
    element("ul", { class: "blocked" }, blocked.map((one) =>
      element("li", {}, named(one.trigger, "trigger"), element("ul", {}, one.by.map((who) =>
        element("li", {}, named(who.component), " in ", named(who.state, "local"), who.rows_from.length
          ? [": takes it in ", ...listed(who.rows_from.slice(0, 6)), who.rows_from.length > 6 ? " and others" : "",
            who.rows_from.includes(who.state.split("(")[0]) ? ", where a condition refuses it now" : ""]
          : ": has no row for it"))))) ));
}

const REACHED = new Set(["sometimes"]);
const LIVENESS = new Set(["eventually", "leads_to"]);
const MARKS = { holds: "✓", reachable: "✓", violated: "✗", unreachable: "–", vacuous: "∅", unknown: "?" };

/** Every property: its verdict, how it stands on this run, and the runs that show it. */
export function drawProperties(root, place, act) {
  const { claims } = place.described;
  const judged = place.judged?.claims;
  fill(
    root,
    title("properties", "Properties"),
    place.judging ? element("p", { class: "note" }, "Deciding …") : judged?.some((one) => one.engine !== null) ? element("p", { class: "note" }, covered(judged)) : null,
    place.judgingFailed ? element("p", { class: "stop" }, sentence(place.judgingFailed)) : null,
    claims.length ? element("ul", { class: "claims" }, claims.map((claim, at) => {
      const found = judged?.[at];
      const stands = standing(claim.kind, place.states, at);
      const declared = place.declaredJudged?.claims[at];
      const flipped = found && declared && found.verdict !== declared.verdict;
      const said = place.closed?.said?.claims[at];
      return element("li", { class: flipped ? "flipped" : null },
        element("h3", {},
          found
            ? element("span", { class: `verdict ${found.good ? "good" : ["unknown", "vacuous"].includes(found.verdict) ? "unknown" : "bad"}` },
              element("span", { "aria-hidden": "true" }, `${MARKS[found.words] ?? ""} `), found.words)
            : element("span", { class: "verdict" }, "…"),
          " ", named(claim.name)),
        claim.words ? element("p", {}, sentence(claim.words)) : null,
        element("p", { class: "formula" }, named(claim.formula)),
        element("p", { class: `stands ${stands.is}` }, "on this run: ", element("bdi", {}, sentence(stands.words))),
        said && (said.refutes || LIVENESS.has(claim.kind)) ? element("p", { class: said.refutes ? "stop" : "note" }, "repeated for ever: ", element("bdi", {}, sentence(said.words))) : null,
        flipped ? element("p", { class: "flip" }, `${declared.words} as declared, ${found.words} under this fairness`) : null,
        place.found?.claim === claim.name ? element("p", { class: "found" }, "from here: ", element("bdi", {}, sentence(place.found.words))) : null,
        found?.assumptions.length ? element("p", { class: "note" }, "needs ", ...listed(found.assumptions)) : null,
        found?.note && found.note !== stands.words ? element("p", { class: found.engine === null ? "stop" : "note" }, element("bdi", {}, sentence(found.note))) : null,
        element("div", { class: "tools" },
          found?.counterexample
            ? button("counterexample", `counterexample ${claim.name}`, () => act.load(found.counterexample, `the counterexample of ${claim.name}`),
              { "aria-label": `load the counterexample of ${clipped(claim.name)}` })
            : null,
          found?.witness
            ? button("witness", `witness ${claim.name}`, () => act.load(found.witness, `the witness of ${claim.name}`),
              { "aria-label": `load the witness of ${clipped(claim.name)}` })
            : null,
          place.described.can.nearest && found && found.engine !== null && !["holds", "vacuous"].includes(found.verdict) && !REACHED.has(claim.kind)
            ? button("nearest violation", `nearest ${claim.name}`, () => act.nearest(claim.name),
              { "aria-label": `the nearest violation of ${clipped(claim.name)} from here` })
            : null,
          flipped && declared.counterexample && !found.counterexample
            ? button("why not any more", `why ${claim.name}`, () => act.load(declared.counterexample, `what refuted ${claim.name} as declared`),
              { "aria-label": `load what refuted ${clipped(claim.name)} as declared, and say what it owes now` })
            : null));
    })) : element("p", {}, "Nothing is claimed of this system; name claims with --properties."));
}

/** How much was explored for the verdicts, and by which engine. */
function covered(judged) {
  const decided = judged.filter((one) => one.engine !== null); // a claim that cannot be asked explored nothing
  const states = decided.map((one) => one.states);
  const least = Math.min(...states);
  const most = Math.max(...states);
  const engines = [...new Set(decided.map((one) => one.engine))].join(" and ");
  return `${least === most ? "" : `${least.toLocaleString("en")} to `}${counted(most, "state")}, ${engines}`;
}

/** What each trigger owes, to be changed where somebody can decide anew. */
export function drawFairness(root, place, act) {
  const { fairness: declared } = place.system;
  const canChange = place.described.can.judge !== "declared";
  const rows = Object.entries(place.settings).map(([name, setting]) => {
    const select = element("select", {
      "data-key": `fairness ${name}`, "aria-label": `fairness of ${clipped(name)}`,
      onchange: (event) => act.setFairness(name, event.target.value),
    }, wordsOf(place.system, name).map((word) => element("option", { value: word, selected: word === setting }, word)));
    return element("tr", { class: setting === declared[name] ? null : "changed" },
      element("th", { scope: "row" }, named(name)),
      element("td", {}, canChange ? select : setting,
        setting === declared[name] ? null : element("span", { class: "was" }, ` declared ${declared[name]}`)));
  });
  fill(
    root,
    title("fairness", "Fairness"),
    place.described.can.judge === "any" ? null : canChange
      ? element("p", { class: "note" }, "One at a time: this page holds the verdicts for each. More is decided by lifecheck explore, without --out.")
      : element("p", { class: "note" }, "As declared. Another fairness is decided by lifecheck explore, without --out."),
    element("table", {}, element("caption", { class: "unseen" }, "what each trigger owes"), element("tbody", {}, rows)),
    canChange
      ? element("div", { class: "tools" }, button("as declared", "declared", act.asDeclared, { disabled: !place.isChanged }))
      : null);
}

/** The run as a story, its loop bracketed, with what it says. */
export function drawStory(root, place, act) {
  const { taken, states, closed } = place;
  const repeats = new Set(!closed ? returns(states, place.observers) : []);
  const inside = (step) => closed && step > closed.stem;
  const entries = taken.map((trigger, at) => {
    const step = at + 1;
    const changed = changes(states[at], states[step]);
    const meaning = place.meaning(trigger);
    return element("li", { class: inside(step) ? `looped ${step === closed.stem + 1 ? "first" : ""} ${step === taken.length ? "last" : ""}` : null },
      repeats.has(at) ? closing(act, at, `close the loop: steps ${step} to ${taken.length}`) : null,
      element("p", {}, element("span", { class: "number" }, `${step}. `), named(trigger, "trigger"), meaning ? `: ${sentence(meaning)}` : null),
      element("p", { class: "changes" }, changed.length
        ? changed.flatMap((one, number) => [number ? ", " : "", named(one.name), ": ", named(one.from), " → ", named(one.to)])
        : "nothing changes"));
  });
  fill(
    root,
    title("story", "Story"),
    taken.length ? element("ol", { class: "story", tabindex: "0", "aria-label": "the steps" }, entries) : element("p", {}, "Nothing happened yet."),
    closed ? ending(place, act) : null,
    element("div", { class: "tools" },
      !closed ? closing(act, taken.length, "stay here for ever?") : null,
      place.described.can.copies.map((kind) => button(kind === "pytest" ? "copy as pytest" : "copy as Mermaid", `copy ${kind}`, () => act.copy(kind))),
      button("copy triggers", "copy triggers", () => act.copy("triggers")),
      button("copy link", "copy link", () => act.copy("link"))),
    place.copied ? element("div", { class: "copied" },
      element("p", {}, place.copied.words),
      element("textarea", { readonly: true, rows: 8, "data-key": "copied", "aria-label": "what was copied" }, place.copied.text)) : null);
  root.querySelector(".story")?.scrollTo(0, root.querySelector(".story").scrollHeight);
}

function closing(act, stem, words) {
  return element("p", { class: "closing" }, button(words, `close ${stem}`, () => act.close(stem)));
}

function ending(place, act) {
  const { closed, taken } = place;
  const length = taken.length - closed.stem;
  const words = !length ? "The run stays here for ever" : length === 1
    ? `Step ${taken.length} repeats for ever`
    : `Steps ${closed.stem + 1} to ${taken.length} repeat for ever`;
  const said = closed.said;
  return element("div", { class: "ending" },
    element("p", {}, `${words}${closed.from ? `: ${clipped(closed.from)}` : ""}.`),
    closed.failed ? element("p", { class: "stop" }, sentence(closed.failed)) : null,
    said ? element("p", { class: said.fair ? "note" : "stop" }, said.fair
      ? "Fair: nothing is owed for ever."
      : said.closes ? "Not fair:" : "It does not come back to where it began.") : null,
    said?.closes && said.owed.length ? element("ul", {}, said.owed.map((one) =>
      element("li", {}, named(one.name), ` is owed (${one.setting}): ${one.words}`))) : null,
    said ? element("ul", {}, said.claims.filter((one) => one.refutes).map((one) =>
      element("li", { class: "stop" }, "A counterexample of ", named(one.name), "."))) : null,
    closed.seen ? seen(closed.seen, length > 0, closed.from !== null) : null,
    button("open the loop", "open", act.open));
}

/** What can be read off a loop where nobody judges it. */
function seen({ closes, owed }, isRepeated, isJudged) {
  return [
    closes ? null : element("p", { class: "stop" }, "It does not come back to where it began."),
    closes && owed.length ? element("p", {}, isRepeated ? "Fair, possible in the loop and never taken:" : "Fair, and possible where the run stays:") : null,
    closes ? element("ul", {}, owed.map((one) => element("li", {}, named(one.name), ` (${one.setting}${isRepeated ? one.setting === "weak" ? ": all through it" : ": at some time" : ""})`))) : null,
    closes && !owed.length ? element("p", {}, isRepeated ? "Nothing that is fair stays possible in it without being taken." : "Nothing that is fair is possible here.") : null,
    isJudged ? null : element("p", { class: "note" }, "Which claims it refutes is not judged here, but by lifecheck explore, without --out, at the same link."),
  ];
}
