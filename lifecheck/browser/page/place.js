// Where the reader is: a variant, a run of it, its loop, the fairness, and what was answered of them.

import { DEPTH, addressOf } from "./address.js";
import { debts, follow, neverTaken, returns } from "./run.js";

export class Place {
  constructor(feed, described) {
    this.feed = feed;
    this.described = described;
    this.filter = "";
    this.hasKeys = true;
    this.play = "everything";
    this.pictureKind = described.can.pictures[0] ?? "lifecycle";
    this.depth = DEPTH;
    this.ticked = null;
    this.isWhole = null;
    this.undone = [];
    this.copied = null;
  }

  get system() { return this.described.variants[this.variant]; }
  get now() { return this.states[this.states.length - 1]; }
  get observers() { return new Set(this.system.components.filter((part) => part.observer).map((part) => part.name)); }
  get debts() { return debts(this.settings, this.system.groups, this.states, this.taken); }
  get isChanged() { return Object.entries(this.settings).some(([name, one]) => one !== this.system.fairness[name]); }
  get changedSettings() {
    return Object.fromEntries(Object.entries(this.settings).filter(([name, one]) => one !== this.system.fairness[name]));
  }

  /** The components whose states a picture tells: those that were ticked or, until then, all that are no observers. */
  get shown() {
    const { observers } = this;
    const names = this.system.components.map((part) => part.name);
    return names.filter((name) => (this.ticked ? this.ticked.has(name) : !observers.has(name)));
  }

  get environment() { return new Set(Object.keys(this.settings).filter((name) => this.settings[name] === "environment")); }

  /** The part that the reader plays: everything, where nothing is the environment's. */
  get part() { return this.environment.size ? this.play : "everything"; }

  meaning(trigger) { return this.system.triggers.find((one) => one.name === trigger)?.meaning ?? ""; }

  hasWords(trigger, wanted) { return `${trigger} ${this.meaning(trigger)}`.toLowerCase().includes(wanted); }

  get address() {
    return addressOf({
      variant: this.variant, digest: this.system.digest, beside: this.beside?.variant ?? null, taken: this.taken,
      stem: this.closed ? this.closed.stem : null, settings: this.changedSettings,
      picture: this.pictureKind, depth: this.depth, ticked: this.ticked ? this.shown : null,
    });
  }

  /** Begin in a variant, with nothing taken. */
  async begin(variant, settings = {}) {
    const system = this.described.variants[variant];
    const start = await this.feed.start(variant);
    this.variant = variant;
    this.settings = Object.fromEntries(Object.entries({ ...system.fairness, ...settings }));
    this.states = [start];
    this.taken = [];
    this.undone = [];
    this.closed = null;
    this.copied = null;
    this.beside = null;
    this.found = null;
    this.told = null;
    this.picture = this.pictureFailed = this.pictureKey = null;
    this.judged = this.declaredJudged = null;
  }

  async take(trigger) {
    const state = await this.feed.step(this.variant, this.now.state, trigger);
    this.states.push(state);
    this.taken.push(trigger);
    this.closed = this.copied = this.found = null;
  }

  /** Put another second variant beside this one, or none; it follows as far as it can. */
  async putBeside(variant) {
    this.beside = variant ? { variant, ...(await follow(this.feed, variant, this.taken)) } : null;
  }

  async catchUp() {
    if (!this.beside) return;
    const begun = this.beside.failed || this.beside.states.length > this.taken.length + 1
      ? null : this.beside.states;
    this.beside = { variant: this.beside.variant, ...(await follow(this.feed, this.beside.variant, this.taken, begun)) };
  }

  async close(stem, from = null) {
    this.closed = { stem, from, said: null, seen: null, failed: null };
    if (!this.described.can.judge_run) {
      this.closed.seen = {
        closes: stem === this.taken.length || returns(this.states, this.observers).includes(stem),
        owed: neverTaken(this.settings, this.system.groups, this.states, this.taken, stem),
      };
      return;
    }
    try {
      this.closed.said = await this.feed.judgeRun(this.variant, this.taken.slice(0, stem), this.taken.slice(stem), this.changedSettings);
    } catch (error) {
      this.closed.failed = error.message;
    }
  }
}
