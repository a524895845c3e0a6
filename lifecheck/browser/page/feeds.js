// Who answers the page: a server on this machine, or the data that stand in the page itself. All answer alike.

/** Asks somebody who knows lifecheck; who that is has a method of his own, ask. */
export class AskingFeed {
  describe() { return this.ask("describe"); }
  start(variant) { return this.ask("start", { variant }); }
  step(variant, state, trigger) { return this.ask("step", { variant, state, trigger }); }
  judge(variant, fairness) { return this.ask("judge", { variant, fairness }); }
  judgeRun(variant, stem, loop, fairness) { return this.ask("judge_run", { variant, stem, loop, fairness }); }
  nearest(variant, claim, taken, fairness) { return this.ask("nearest", { variant, claim, taken, fairness }); }
  picture(variant, kind, given = {}) { return this.ask("picture", { variant, kind, ...given }); }
  copy(variant, kind, stem, loop) { return this.ask("copy", { variant, kind, stem, loop }); }
}

/** Asks the server that the page came from. */
export class ServerFeed extends AskingFeed {
  constructor(base) {
    super();
    this.base = base;
  }

  async ask(question, given = {}) {
    let answer;
    try {
      answer = await fetch(new URL(`ask/${question}`, this.base), {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(given),
      });
    } catch {
      throw new Error("nobody answers; start lifecheck explore again, and take the part after # along");
    }
    const text = await answer.text();
    let told;
    try {
      told = JSON.parse(text);
    } catch {
      throw new Error(text || `the server answered ${answer.status}`);
    }
    if (!answer.ok) throw new Error(told.error);
    return told;
  }
}

/** Answers from what lifecheck wrote into the page. */
export class WrittenFeed {
  constructor(data) {
    if (data.form !== "lifecheck-browser 2") throw new Error("the data in this page are of another version of lifecheck");
    this.data = data;
    this.unpacked = new Map();
  }

  async describe() { return this.data.describe; }
  async start(variant) { return this.told(variant, 0); }

  /** A picture that lifecheck drew when it wrote the page; of the run, the run itself. */
  async picture(variant, kind, given = {}) {
    if (kind === "sequence") return { run: given };
    const found = await this.picturesOf(variant, kind);
    const picture = this.pictureFor(variant, kind, given, found);
    if (!picture) {
      throw new Error(kind === "around"
        ? "this page holds what lies around the states nearest to the start alone; around any, lifecheck explore draws it, without --out"
        : "this page does not hold this picture; lifecheck explore draws it, without --out");
    }
    if (picture.error) throw new Error(picture.error);
    if (!picture.boxes_of) return picture;
    const here = picture.boxes_of[given.state];
    return here !== null ? { ...picture, here }
      : { ...picture, here, left_out: `${picture.left_out} Here is not drawn: it is too far from the start.`.trim() };
  }

  pictureFor(variant, kind, given, found) {
    if (kind === "lifecycle") return found[""];
    const parts = this.data.describe.variants[variant].components;
    const all = parts.filter((part) => !part.observer).map((part) => part.name);
    const isDefault = JSON.stringify(given.shown) === JSON.stringify(all);
    if (kind === "around") return isDefault ? found[given.steps]?.[given.state] : undefined;
    const key = isDefault ? "" : given.shown.length === 1 ? `=${given.shown[0]}` : null;
    return key !== null && Object.hasOwn(found, key) ? found[key] : undefined;
  }

  /** The pictures of a kind, unpacked when the first of them is asked for. */
  async picturesOf(variant, kind) {
    const { pictures } = this.data.variants[variant];
    if (!Object.hasOwn(pictures, kind)) return {};
    if (typeof DecompressionStream === "undefined") throw new Error("this browser cannot unpack the pictures; a newer one can");
    const key = `${kind} ${variant}`;
    if (!this.unpacked.has(key)) {
      const packed = Uint8Array.from(atob(pictures[kind]), (letter) => letter.charCodeAt(0));
      const text = new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"))).text();
      this.unpacked.set(key, text.then(JSON.parse));
    }
    return this.unpacked.get(key);
  }

  async judge(variant, fairness = {}) {
    const { judged, settings = {} } = this.data.variants[variant];
    const changed = Object.entries(fairness);
    if (!changed.length) return judged;
    const [name, setting] = changed[0];
    const found = Object.hasOwn(settings, name) ? settings[name][setting] : undefined;
    if (found === undefined || changed.length > 1) {
      throw new Error("this page holds the verdicts with one setting changed at a time; others are decided by lifecheck explore, without --out");
    }
    return { fairness: { ...judged.fairness, [name]: setting }, claims: judged.claims.map((claim, at) => found[at] ?? claim) };
  }

  async step(variant, state, trigger) {
    const { triggers } = this.data.describe.variants[variant];
    const number = triggers.findIndex((one) => one.name === trigger);
    if (number < 0) throw new Error(`there is no trigger '${trigger}'`);
    const moves = this.data.variants[variant].moves[state];
    for (let at = 0; at < moves.length; at += 2) {
      if (moves[at] === number) return this.told(variant, moves[at + 1]);
    }
    const by = this.blocking(variant, state, number).map((one) => `'${one.component}' in state '${one.state}'`);
    throw new Error(`trigger '${trigger}' is blocked by ${by.join(", ")}`);
  }

  told(variant, state) {
    const described = this.data.describe.variants[variant];
    const { locals, states, moves, answers } = this.data.variants[variant];
    const possible = new Set(moves[state].filter((_, at) => at % 2 === 0));
    return {
      state,
      components: described.components.map((part, at) => {
        const local = locals[at][states[state][at]];
        return { name: part.name, state: local.state, label: local.label };
      }),
      possible: described.triggers.flatMap((one, number) => (possible.has(number) ? [one.name] : [])),
      blocked: described.triggers.flatMap((one, number) =>
        possible.has(number) ? [] : [{ trigger: one.name, by: this.blocking(variant, state, number) }]),
      answers: answers[state].map((one) =>
        typeof one === "string" ? one : [one >= 4 ? null : one >= 2, one % 2 === 1]),
    };
  }

  blocking(variant, state, number) {
    const described = this.data.describe.variants[variant];
    const { locals, rows_from: rowsFrom, states } = this.data.variants[variant];
    return described.components.flatMap((part, at) => {
      const local = locals[at][states[state][at]];
      if (!local.blocks.includes(number)) return [];
      return [{ component: part.name, state: local.label, rows_from: rowsFrom[at][number] }];
    });
  }
}
