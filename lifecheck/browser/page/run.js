// A run: states and what was taken between them, and what they say of promises and debts.

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
    return wrong === null ? { is: "kept", words: "true so far", since: null } : since("broken", "violated at", wrong);
  }
  if (kind === "sometimes") {
    const shown = first(([, goal]) => goal);
    return shown === null ? { is: "open", words: "not shown yet", since: null } : since("kept", "shown at", shown);
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
  if (kept !== null) return since("kept", "kept at", kept);
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

/**
 * What is fair and stays possible in a loop without being taken: weakly fair all through it, strongly fair at some time.
 * Without steps in the loop it is what is possible where the run stays. Whether that refutes a claim is not said here.
 */
export function neverTaken(settings, groups, states, taken, stem) {
  const inside = taken.slice(stem);
  const here = inside.length ? states.slice(stem, -1) : states.slice(-1);
  return Object.entries(settings).flatMap(([name, setting]) => {
    if (setting !== "weak" && setting !== "strong") return [];
    const members = Object.hasOwn(groups, name) ? groups[name] : [name];
    const possible = here.map((state) => members.some((one) => state.possible.includes(one)));
    const isOwed = setting === "weak" ? possible.every(Boolean) : possible.some(Boolean);
    return isOwed && !members.some((one) => inside.includes(one)) ? [{ name, setting }] : [];
  });
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
