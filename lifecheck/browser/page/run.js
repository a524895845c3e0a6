// A run: states and what was taken between them, what they say of promises and debts, and its address by names.

/** What a step changed: each component with its states before and after. */
export function changes(before, after) {
  return after.components.flatMap((part, at) => {
    const from = before.components[at].label;
    return from === part.label ? [] : [{ name: part.name, from, to: part.label }];
  });
}

/** What the states so far say of a claim: a word for it, and after how many steps it began. */
export function standing(kind, states, at) {
  const answers = states.map((state) => state.answers[at]);
  const unasked = answers.find((answer) => typeof answer === "string");
  if (unasked !== undefined) return { is: "unasked", words: unasked, since: null };
  const first = (test) => {
    const found = answers.findIndex(test);
    return found < 0 ? null : found;
  };
  const since = (is, words, step) => ({ is, words: `${words} ${after(step)}`, since: step });
  if (kind === "always" || kind === "never") {
    const wrong = first(([given, goal]) => given !== false && goal === (kind === "never"));
    return wrong === null ? { is: "kept", words: "true so far", since: null } : since("broken", "violated", wrong);
  }
  if (kind === "sometimes") {
    const shown = first(([, goal]) => goal);
    return shown === null ? { is: "open", words: "not shown yet", since: null } : since("kept", "shown", shown);
  }
  const here = answers[answers.length - 1][1];
  if (kind === "can_always_reach") {
    return { is: here ? "kept" : "open", words: here ? "reached here" : "not reached here", since: null };
  }
  let open = null;
  let kept = null;
  answers.forEach(([given, goal], step) => {
    const opens = kind === "eventually" ? step === 0 : given;
    if (opens && open === null) open = step;
    if (goal && open !== null) {
      kept = step;
      open = null;
    }
  });
  if (open !== null) return since("open", "open since", open);
  if (kept !== null) return since("kept", "kept", kept);
  return { is: "idle", words: "nothing due so far", since: null };
}

function after(step) {
  return step === 0 ? "the start" : `step ${step}`;
}

/** For all that is fair: since which step it was possible and not taken, and in how many states. */
export function debts(settings, groups, states, taken) {
  const found = new Map();
  for (const [name, setting] of Object.entries(settings)) {
    if (setting !== "weak" && setting !== "strong") continue;
    const members = Object.hasOwn(groups, name) ? groups[name] : [name];
    const possible = states.map((state) => members.some((one) => state.possible.includes(one)));
    const last = taken.findLastIndex((trigger) => members.includes(trigger)) + 1;
    let since = null;
    for (let step = states.length - 1; step >= last && possible[step]; step--) since = step;
    const times = possible.slice(last).filter(Boolean).length;
    if (since !== null || (setting === "strong" && times)) found.set(name, { setting, members, since, times });
  }
  return found;
}

export function debtWords(debt) {
  const since = debt.since === null ? null : `possible since ${after(debt.since)}`;
  if (debt.setting === "weak") return `owed: weak, ${since}`;
  return `owed: strong, possible ${debt.times === 1 ? "once" : `${debt.times} times`} and not taken`;
}

/** The steps after which the system, observers aside, was where it is now: the latest first. */
export function returns(states, observers) {
  const where = (state) =>
    JSON.stringify(state.components.filter((part) => !observers.has(part.name)).map((part) => part.label));
  const now = where(states[states.length - 1]);
  const found = [];
  for (let step = states.length - 2; step >= 0; step--) if (where(states[step]) === now) found.push(step);
  return found;
}

/** A name as it stands in an address: it can hold any text, half of a surrogate pair too. */
export function encoded(name) {
  return Array.from(name, (letter) => {
    const code = letter.charCodeAt(0);
    if (letter.length === 1 && code >= 0xd800 && code <= 0xdfff) return `~${code.toString(16)}`;
    return encodeURIComponent(letter).replace(/[!'()*~]/g, (one) => `%${one.charCodeAt(0).toString(16)}`);
  }).join("");
}

export function decoded(text) {
  return text
    .split(/(~[0-9a-f]{4})/)
    .map((part) => (/^~[0-9a-f]{4}$/.test(part) ? String.fromCharCode(parseInt(part.slice(1), 16)) : decodeURIComponent(part)))
    .join("");
}

/** How many steps around a state are drawn unless told otherwise. */
export const DEPTH = 2;

/** The place as the part of an address after the #. */
export function addressOf(place) {
  const runs = [];
  for (const trigger of place.taken) {
    const last = runs[runs.length - 1];
    if (last && last.trigger === trigger) last.times += 1;
    else runs.push({ trigger, times: 1 });
  }
  const parts = [
    ["v", encoded(place.variant)],
    ["d", place.digest],
    ["b", place.beside ? encoded(place.beside) : ""],
    ["t", runs.map(({ trigger, times }) => encoded(trigger) + (times > 1 ? `*${times}` : "")).join(",")],
    ["l", place.stem === null ? "" : String(place.stem)],
    ["p", place.picture === "lifecycle" ? "" : place.picture],
    ["k", place.depth === DEPTH ? "" : String(place.depth)],
    ["show", place.ticked ? place.ticked.map(encoded).join(",") || "-" : ""],
    ["f", Object.entries(place.settings).map(([name, setting]) => `${encoded(name)}:${setting}`).join(",")],
  ];
  return parts.filter(([, value]) => value).map(([key, value]) => `${key}=${value}`).join("&");
}

const MOST_STEPS = 10000;

/** What an address says; throws where it is none. */
export function placeOf(address) {
  const given = new Map(address.split("&").filter(Boolean).map((part) => {
    const at = part.indexOf("=");
    return at < 0 ? [part, ""] : [part.slice(0, at), part.slice(at + 1)];
  }));
  const entries = (key) => (given.get(key) || "").split(",").filter(Boolean);
  const taken = [];
  for (const entry of entries("t")) {
    const [name, times = "1"] = entry.split("*");
    if (!/^[0-9]{1,5}$/.test(times) || taken.length + Number(times) > MOST_STEPS) {
      throw new Error(`the link has more than ${MOST_STEPS.toLocaleString("en")} steps, or a number of them that is none`);
    }
    for (let count = 0; count < Number(times); count++) taken.push(decoded(name));
  }
  const stem = given.get("l");
  return {
    variant: given.has("v") ? decoded(given.get("v")) : null,
    digest: given.get("d") || null,
    beside: given.has("b") ? decoded(given.get("b")) : null,
    taken,
    stem: stem && /^[0-9]{1,5}$/.test(stem) ? Number(stem) : null,
    picture: given.get("p") || "lifecycle",
    depth: /^[0-9]{1,2}$/.test(given.get("k") ?? "") ? Number(given.get("k")) : DEPTH,
    ticked: given.has("show") ? entries("show").filter((one) => one !== "-").map(decoded) : null,
    settings: Object.fromEntries(entries("f").map((entry) => {
      const at = entry.lastIndexOf(":");
      if (at < 0) throw new Error(`'${decoded(entry)}' sets no fairness`);
      return [decoded(entry.slice(0, at)), entry.slice(at + 1)];
    })),
  };
}

/** Take triggers one after the other, as far as they go: the states, and at which step and why it ended, if it did. */
export async function follow(feed, variant, taken, begun = null) {
  const states = begun ? [...begun] : [await feed.start(variant)];
  for (let step = states.length; step <= taken.length; step++) {
    const trigger = taken[step - 1];
    try {
      states.push(await feed.step(variant, states[step - 1].state, trigger));
    } catch (error) {
      return { states, failed: { step, trigger, reason: error.message } };
    }
  }
  return { states, failed: null };
}
