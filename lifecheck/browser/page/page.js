// The page: what can be done from where the reader is, by mouse, by keys and by the address.

import { clipped, element, sentence } from "./text.js";
import { MOST_DEPTH, placeOf } from "./address.js";
import { changes, follow, standing } from "./run.js";
import { Place } from "./place.js";
import { answered, fairRun } from "./play.js";
import { drawBlocked, drawFairness, drawPossible, drawProperties, drawState, drawStory } from "./views.js";
import { drawPicture, pictureOf, pictureWanted } from "./picture.js";
import { drawKeys, hear } from "./keys.js";

const byId = (id) => document.getElementById(id);

const FAIR_STEPS = 10;

const PARTS = {
  state: drawState, can: drawPossible, blocked: drawBlocked, story: drawStory, properties: drawProperties, fairness: drawFairness, picture: drawPicture,
};

/** Keeps what is done one after the other, and draws. */
export class Page {
  constructor(place) {
    this.place = place;
    this.before = ""; // what the address says besides the place
    this.queue = Promise.resolve();
    this.judgements = 0;
    this.paintings = 0;
    this.working = 0;
    this.act = {
      take: (trigger) => this.then(() => this.take(trigger)),
      undo: () => this.then(() => this.undo()),
      redo: () => this.then(() => this.redo()),
      restart: () => this.then(async () => { await this.goTo([]); }),
      load: (run, from) => this.then(() => this.load(run, from)),
      close: (stem) => this.then(async () => { await this.place.close(stem); this.tellClosed(); }),
      open: () => this.then(() => { this.place.closed = null; this.say("The loop is open."); }),
      copy: (kind) => this.then(() => this.copy(kind)),
      filter: (words) => { this.place.filter = words; this.draw(); },
      setFairness: (name, setting) => this.then(() => this.setFairness({ ...this.place.settings, [name]: setting })),
      asDeclared: () => this.then(() => this.setFairness(this.place.system.fairness)),
      fairRun: () => this.then(() => this.others()),
      playAs: (part) => this.then(() => { this.place.play = part; }),
      nearest: (claim) => this.then(() => this.nearest(claim)),
      showPicture: (kind) => this.then(() => { this.place.pictureKind = kind; this.changed(); }),
      tick: (name, wanted) => this.then(() => this.tick(name, wanted)),
      showAlone: (name) => this.then(() => { this.place.ticked = name === null ? null : new Set([name]); this.changed(); }),
      resize: (isWhole) => this.then(() => { this.place.isWhole = isWhole; }),
      look: (depth) => this.then(() => { this.place.depth = Math.min(Math.max(Math.round(depth) || 1, 1), MOST_DEPTH); this.changed(); }),
      useKeys: (wanted) => { this.place.hasKeys = wanted; },
    };
  }

  /** Do one thing after all that were asked before; an error is told, and the page goes on. */
  then(action) {
    this.busy(1);
    this.queue = this.queue.then(async () => {
      this.notice("");
      try {
        await action();
      } catch (error) {
        this.notice(error.message);
      }
      this.draw();
      this.paint();
      this.busy(-1);
    });
    return this.queue;
  }

  busy(by) {
    this.working += by;
    document.querySelector("main").setAttribute("aria-busy", String(this.working > 0));
  }

  notice(words) { byId("notice").textContent = words ? sentence(words) : ""; }
  say(words) { byId("live").textContent = words; }

  /** Go where an address leads, as far as it does, and tell all that is wrong with it. */
  async open(address) {
    const { place } = this;
    const given = placeOf(address, place.described, this.before ? [this.before.split("=")[0]] : []);
    const { problems, variant, taken } = given;
    if (given.picture !== null) place.pictureKind = given.picture;
    Object.assign(place, { depth: given.depth, ticked: given.ticked ? new Set(given.ticked) : null });
    await this.enter(variant, given.settings);
    const found = await follow(place.feed, variant, taken, place.states);
    place.states = found.states;
    place.taken = taken.slice(0, found.states.length - 1);
    const isOther = given.digest !== null && given.digest !== place.system.digest;
    if (found.failed) {
      problems.push(`the link goes as far as step ${found.failed.step - 1} of ${taken.length}: at step ${found.failed.step}, ${found.failed.reason}`);
    }
    if (isOther) problems.push("it was made on another version of the system");
    if (given.beside !== null) await place.putBeside(given.beside);
    if (given.stem !== null && given.isWhole && !found.failed) await place.close(given.stem);
    if (problems.length) throw new Error(problems.join("; "));
  }

  async enter(variant, settings = {}) {
    await this.place.begin(variant, settings);
    this.judge();
  }

  async take(trigger) {
    await this.place.take(trigger);
    this.place.undone = [];
    const words = this.place.part === "everything" ? "" : await answered(this.place);
    await this.moved();
    if (words) this.tell(words);
  }

  /** Let chance go on, or those whom the reader does not play. */
  async others() {
    const { place } = this;
    const words = place.part === "everything" ? await fairRun(place, FAIR_STEPS) : await answered(place);
    place.undone = [];
    await this.moved();
    this.tell(words);
  }

  async nearest(claim) {
    const { place } = this;
    const found = await place.feed.nearest(place.variant, claim, place.taken, place.changedSettings);
    if (found.run) await this.load(found.run, `the nearest violation of ${claim}`);
    place.found = { claim, words: found.words };
    this.say(`${clipped(claim)}: ${found.words}`);
  }

  tick(name, wanted) {
    const { place } = this;
    const shown = new Set(place.shown);
    if (wanted) shown.add(name);
    else shown.delete(name);
    place.ticked = shown;
    this.changed();
  }

  async goTo(taken) {
    const { place } = this;
    place.states = place.states.slice(0, taken.length + 1);
    place.undone = [];
    place.taken = taken;
    place.closed = place.copied = null;
    await this.moved();
  }

  async undo() {
    const { place } = this;
    if (!place.taken.length) return;
    place.undone.push(place.taken.pop());
    place.states.pop();
    place.closed = place.copied = null;
    await this.moved("Undone. ");
  }

  async redo() {
    const { place } = this;
    const trigger = place.undone.pop();
    if (trigger === undefined) return;
    await place.take(trigger);
    await this.moved();
  }

  async load(run, from) {
    const { place } = this;
    const taken = [...run.stem, ...(run.loop ?? [])];
    const found = await follow(place.feed, place.variant, taken);
    if (found.failed) throw new Error(`step ${found.failed.step}: ${found.failed.reason}`);
    Object.assign(place, { states: found.states, taken, undone: [], closed: null, copied: null, found: null });
    if (place.beside) await place.putBeside(place.beside.variant);
    if (run.loop) await place.close(run.stem.length, from);
    this.say(`Loaded ${clipped(from)}: ${taken.length} steps.`);
    this.changed();
  }

  async moved(before = "") {
    await this.place.catchUp();
    const { states, taken } = this.place;
    if (states.length > 1 && !before) {
      const trigger = taken[taken.length - 1];
      const told = changes(states[states.length - 2], states[states.length - 1]).map((one) => `${one.name}: ${one.from} to ${one.to}`);
      const turned = this.place.described.claims.flatMap((claim, at) => {
        const was = standing(claim.kind, states.slice(0, -1), at);
        const now = standing(claim.kind, states, at);
        return was.words === now.words ? [] : [`${claim.name}: ${now.words}`];
      });
      this.say(sentence(`${this.place.meaning(trigger) || trigger} ${[...told, ...turned].join("; ") || "nothing changes"}.`));
    } else {
      this.say(`${before}${taken.length ? `After step ${taken.length}.` : "At the start."}`);
    }
    this.changed();
  }

  tellClosed() {
    const { said, seen, failed } = this.place.closed;
    if (seen) {
      const never = seen.owed.map((one) => clipped(one.name)).join(", ");
      this.say(!seen.closes ? "It does not come back." : never ? `Fair and never taken: ${never}.` : "Nothing that is fair is passed over.");
    } else this.say(failed ?? (said.fair ? "The loop is fair." : said.closes ? `Not fair: ${said.owed.map((one) => one.name).join(", ")}.` : "It does not come back."));
    this.changed();
  }

  /** Say something that is also to be read. */
  tell(words) {
    this.place.told = { words, after: this.place.taken.length };
    this.say(`${byId("live").textContent} ${clipped(words, 600)}`);
  }

  get address() { return [this.before, this.place.address].filter(Boolean).join("&"); }

  changed() {
    const address = `#${this.address}`;
    this.written = address;
    try {
      history.replaceState(null, "", address);
    } catch {
      // some browsers refuse many changes in a short time: the next one is written again
    }
  }

  async setFairness(settings) {
    const { place } = this;
    const before = place.settings;
    place.settings = Object.fromEntries(Object.entries(settings));
    this.judge(before);
    if (place.closed) await place.close(place.closed.stem, place.closed.from);
    this.changed();
  }

  /** Have the verdicts decided, without waiting: what is asked later counts. */
  async judge(before = null) {
    const { place } = this;
    const number = ++this.judgements;
    const variant = place.variant;
    place.judging = true;
    place.judgingFailed = null;
    this.busy(1);
    try {
      const declared = place.declaredJudged ?? await place.feed.judge(variant, {});
      const judged = place.isChanged ? await place.feed.judge(variant, place.changedSettings) : declared;
      if (number !== this.judgements) return;
      Object.assign(place, { judged, declaredJudged: declared, judging: false });
      const flipped = judged.claims.filter((one, at) => one.verdict !== declared.claims[at].verdict);
      if (before) this.say(flipped.length ? `Other verdicts: ${flipped.map((one) => `${one.name} ${one.words}`).join(", ")}.` : "The same verdicts as declared.");
    } catch (error) {
      if (number !== this.judgements) return;
      place.judging = false;
      if (before) {
        place.settings = before;
        this.notice(error.message);
        this.changed();
      } else place.judgingFailed = error.message;
    } finally {
      this.busy(-1);
    }
    if (before) this.draw(); // what it was set to may not be, and is told at the triggers
    else this.drawAnswered("properties", "fairness");
  }

  /** Have the picture drawn that is wanted now, without waiting: what is asked later counts. */
  async paint() {
    const { place } = this;
    if (!place.variant) return;
    if (!place.described.can.pictures.length) {
      place.pictureFailed = "There is no picture: pygraphviz is not installed, or the system is too large to draw.";
      return;
    }
    const { kind, given, key } = pictureWanted(place);
    if (key === place.pictureKey) return;
    place.pictureKey = key;
    const number = ++this.paintings;
    this.busy(1);
    try {
      const answer = await place.feed.picture(place.variant, kind, given);
      if (number === this.paintings) Object.assign(place, { picture: pictureOf(answer, key), pictureFailed: null });
    } catch (error) {
      if (number === this.paintings) Object.assign(place, { picture: null, pictureFailed: error.message });
    } finally {
      this.busy(-1);
    }
    if (number === this.paintings) this.drawAnswered("picture");
  }

  async copy(kind) {
    const { place } = this;
    const stem = place.closed ? place.taken.slice(0, place.closed.stem) : place.taken;
    const loop = place.closed ? place.taken.slice(place.closed.stem) : null;
    let text;
    if (kind === "triggers") text = place.taken.join("\n");
    else if (kind === "link") text = location.href.split("#")[0] + `#${this.address}`;
    else text = (await place.feed.copy(place.variant, kind, stem, loop)).text;
    let words = "Copied.";
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      words = "The browser lets nobody copy here; take it from below.";
    }
    place.copied = { text, words };
    this.say(words);
  }

  async change(variant) {
    const { place } = this;
    const { taken } = place;
    const beside = place.beside ? place.variant : null;
    await this.enter(variant);
    const found = await follow(place.feed, variant, taken, place.states);
    Object.assign(place, { states: found.states, taken: taken.slice(0, found.states.length - 1) });
    if (beside) await place.putBeside(beside === variant ? null : beside);
    this.changed();
    if (found.failed) throw new Error(`${variant} goes as far as step ${found.failed.step - 1}: at step ${found.failed.step}, ${found.failed.reason}`);
  }

  draw() {
    const { place } = this;
    const focused = document.activeElement?.dataset?.key;
    const at = document.activeElement?.selectionStart;
    byId("name").textContent = clipped(place.described.name || place.variant);
    const variants = Object.keys(place.described.variants);
    options(byId("variant"), variants.map((name) => [name, clipped(name)]), place.variant);
    options(byId("beside"), [["", "nothing"], ...variants.filter((name) => name !== place.variant).map((name) => [`=${name}`, clipped(name)])],
      place.beside ? `=${place.beside.variant}` : "");
    byId("beside").closest("label").hidden = variants.length < 2;
    for (const part of Object.keys(PARTS)) this.drawPart(part);
    this.focusAgain(focused, at);
  }

  /** Draw some parts anew that somebody answered later, and leave the others as they are. */
  drawAnswered(...parts) {
    const focused = document.activeElement?.dataset?.key;
    for (const part of parts) this.drawPart(part);
    if (!document.activeElement || document.activeElement === document.body) this.focusAgain(focused, null);
  }

  drawPart(part) { PARTS[part](byId(part), this.place, this.act); }

  focusAgain(focused, at) {
    if (focused) {
      const again = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === focused && !one.disabled)
        ?? (focused.startsWith("take ") ? document.querySelector("#can .take") : null) ?? byId("can");
      again.focus({ preventScroll: true });
      if (again.id === "filter") again.setSelectionRange(at, at);
    }
  }

  /** Begin anew with what somebody else answers. */
  renew(feed, described) {
    this.place = new Place(feed, described);
    this.written = "";
  }

  /** Hear what the reader does with what is always there. */
  listen() {
    byId("variant").addEventListener("change", (event) => this.then(() => this.change(event.target.value)));
    byId("beside").addEventListener("change", (event) => this.then(async () => {
      await this.place.putBeside(event.target.value.slice(1) || null);
      this.changed();
    }));
    byId("theme").addEventListener("click", () => this.theme());
    byId("help").addEventListener("click", () => this.help());
    document.addEventListener("keydown", (event) => hear(this, event));
    window.addEventListener("hashchange", () => {
      if (location.hash !== this.written) this.then(() => this.open(location.hash.slice(1)));
    });
  }

  nextVariant() {
    const variants = Object.keys(this.place.described.variants);
    if (variants.length > 1) this.then(() => this.change(variants[(variants.indexOf(this.place.variant) + 1) % variants.length]));
  }

  help() {
    drawKeys(byId("keys"), this.place, this.act);
    byId("keys").showModal();
  }

  theme(wanted = null) {
    const root = document.documentElement;
    root.dataset.theme = wanted ?? (root.dataset.theme === "dark" ? "light" : "dark");
    byId("theme").textContent = root.dataset.theme === "dark" ? "light" : "dark";
  }
}

function options(select, entries, chosen) {
  select.replaceChildren(...entries.map(([value, words]) => element("option", { value, selected: value === chosen }, words)));
  select.value = chosen;
}
