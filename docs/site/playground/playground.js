// The playground: an editor, lifecheck in a worker, and the page that walks through what was checked.

import { counted, element, fill, named, sentence, visible } from "./text.js";
import { AskingFeed } from "./feeds.js";
import { Place } from "./place.js";
import { Page } from "./page.js";

const byId = (id) => document.getElementById(id);
const MOST_PRINTED = 200;

/** Asks lifecheck in a worker, which can be ended. */
class WorkerFeed extends AskingFeed {
  constructor() {
    super();
    this.waiting = new Map();
    this.number = 0;
    this.printed = [];
    this.begin();
  }

  /** Start Python. The worker is made of a text of this page, so that the page's policy is its own: it fetches nothing else. */
  begin() {
    const text = `import ${JSON.stringify(new URL("worker.js", location.href).href)};`;
    const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
    this.worker = new Worker(address, { type: "module" });
    this.ready = new Promise((resolve, reject) => {
      this.worker.addEventListener("message", ({ data }) => {
        if (data.ready) resolve();
        else if (data.failed) reject(new Error(data.failed));
        else if (data.printed !== undefined) this.print(data.printed);
        else this.hear(data);
      });
      this.worker.addEventListener("error", () => reject(new Error("Python could not be started in this browser")));
    });
    this.ready.catch(() => {});
  }

  print(line) {
    if (this.printed.length < MOST_PRINTED) this.printed.push(line);
  }

  hear({ number, answer }) {
    const { resolve, reject } = this.waiting.get(number);
    this.waiting.delete(number);
    if (answer.status === 200) resolve(answer.told);
    else reject(new Error(answer.told.error));
  }

  ask(question, given = {}) {
    return new Promise((resolve, reject) => {
      const number = ++this.number;
      this.waiting.set(number, { resolve, reject });
      this.worker.postMessage({ number, question, given });
    });
  }

  /** End Python, whatever it does, and start it anew. */
  stop() {
    this.worker.terminate();
    const waiting = [...this.waiting.values()];
    this.waiting.clear();
    for (const { reject } of waiting) reject(new Error("stopped"));
    this.begin();
  }
}

async function through(stream, bytes) {
  const written = new Blob([bytes]).stream().pipeThrough(stream);
  return new Uint8Array(await new Response(written).arrayBuffer());
}

/** A text as it stands in an address. */
async function packed(text) {
  const bytes = await through(new CompressionStream("deflate-raw"), new TextEncoder().encode(text));
  return btoa(Array.from(bytes, (one) => String.fromCharCode(one)).join("")).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

async function unpacked(letters) {
  const bytes = Uint8Array.from(atob(letters.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
  return new TextDecoder("utf-8", { fatal: true }).decode(await through(new DecompressionStream("deflate-raw"), bytes));
}

const textOf = (address) => new Map(address.slice(1).split("&").map((part) => part.split("="))).get("c") ?? null;

class Playground {
  constructor(feed, examples) {
    this.feed = feed;
    this.examples = examples;
    this.page = null;
    this.checking = false;
  }

  tell(words) { byId("progress").textContent = sentence(words); }

  async begin() {
    byId("example").replaceChildren(...this.examples.map(({ name }) => element("option", { value: name }, name)));
    byId("example").addEventListener("change", (event) => this.show(event.target.value));
    byId("check").addEventListener("click", () => this.check());
    byId("stop").addEventListener("click", () => this.stop());
    byId("link").addEventListener("click", () => this.share());
    byId("text").addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.ctrlKey && !byId("check").disabled) this.check();
    });
    window.addEventListener("hashchange", (event) => {
      if (this.letters === textOf(location.hash)) return;
      event.stopImmediatePropagation(); // another text: the page has nothing to answer of it yet
      this.read();
    });
    document.querySelector("main").setAttribute("aria-busy", "false");
    await this.read();
    await this.started();
    document.documentElement.dataset.ready = "";
  }

  /** Put the text of the address into the editor, or the first example. */
  async read() {
    this.letters = textOf(location.hash);
    this.forget();
    if (this.letters === null) {
      this.show(this.examples[0].name);
      return;
    }
    try {
      byId("text").value = await unpacked(this.letters);
      this.tell("This text came with the link; press Check to run it.");
    } catch {
      this.show(this.examples[0].name);
      byId("notice").textContent = "the text in the link cannot be read; it is cut off, or no link of a playground";
    }
  }

  show(name) {
    byId("text").value = this.examples.find((one) => one.name === name).text;
    this.forget();
  }

  forget() {
    delete document.documentElement.dataset.checked;
    byId("answers").hidden = true;
    byId("notice").textContent = "";
  }

  async started() {
    byId("check").disabled = true;
    byId("stop").disabled = false;
    this.tell("Starting Python …");
    try {
      await this.feed.ready;
      this.tell("Ready.");
      byId("check").disabled = false;
    } catch (error) {
      this.tell(`Python cannot be started: ${error.message}`);
    }
    byId("stop").disabled = true;
  }

  async check() {
    const wanted = location.hash.slice(1);
    const text = byId("text").value;
    this.forget();
    byId("check").disabled = true;
    byId("stop").disabled = false;
    this.feed.printed = [];
    this.tell("Checking …");
    try {
      const found = await this.feed.ask("check", { text });
      this.answer(found);
      await this.walk(text, wanted);
      const wrong = found.verdicts.filter((one) => !one.good).length;
      this.tell(`Checked: ${counted(found.findings.length, "finding")}, ${wrong} of ${counted(found.verdicts.length, "verdict")} not as claimed.`);
    } catch (error) {
      if (error.message === "stopped") return;
      this.tell("Not checked.");
      this.answer({ findings: [], verdicts: [], error: error.message });
    }
    byId("check").disabled = false;
  }

  /** Let the page walk through what was checked, from the place of the address if that is one of this text. */
  async walk(text, wanted) {
    const described = await this.feed.describe();
    const letters = await packed(text);
    const place = textOf(`#${wanted}`) === letters ? wanted : "";
    this.letters = letters;
    document.documentElement.dataset.checked = "";
    if (this.page === null) {
      this.page = new Page(new Place(this.feed, described));
      this.page.theme(document.documentElement.dataset.theme);
      this.page.listen();
    } else {
      this.page.renew(this.feed, described);
    }
    this.page.before = `c=${letters}`;
    await this.page.then(() => this.page.open(place));
    this.page.changed();
  }

  async stop() {
    this.feed.stop();
    this.forget();
    await this.started();
    this.tell("Stopped, and ready again.");
  }

  async share() {
    const letters = await packed(byId("text").value);
    const kept = letters === this.letters && this.page !== null ? location.hash : `#c=${letters}`;
    const shared = byId("shared");
    shared.hidden = false;
    shared.value = location.href.split("#")[0] + kept;
    try {
      await navigator.clipboard.writeText(shared.value);
      this.tell("The link is copied.");
    } catch {
      shared.select();
      this.tell("The browser lets nobody copy here; take the link from below.");
    }
  }

  answer({ findings, verdicts, error }) {
    const root = byId("answers");
    root.hidden = false;
    const list = (words, items) => [element("h3", {}, words), element("ul", {}, items)];
    const first = verdicts.findIndex((one) => one.story);
    fill(
      root,
      element("h2", { id: "answers-title" }, "Answer"),
      error ? element("p", { class: "stop" }, sentence(error)) : null,
      ...(error ? [] : list("Findings", findings.length ? findings.map((one) =>
        element("li", {}, named(one.code, "trigger"), " ", sentence(one.place), ": ", sentence(one.sentence),
          element("span", { class: "note" }, ` ${sentence(one.remedy)}`))) : [element("li", {}, "nothing that looks wrong")])),
      ...(verdicts.length ? list("Verdicts", verdicts.map((one, at) =>
        element("li", {}, element("span", { class: one.good ? "verdict good" : "verdict bad" }, one.words), " ", named(one.claim),
          " on ", named(one.variant), one.note ? element("span", { class: "note" }, ` ${sentence(one.note)}`) : null,
          one.story ? element("details", { open: at === first }, element("summary", {}, "story"),
            element("pre", { tabindex: "0" }, one.story.split("\n").map(visibleLine).join("\n"))) : null))) : []),
      ...(this.feed.printed.length ? [element("h3", {}, "Printed"),
        element("pre", { tabindex: "0" }, this.feed.printed.map(visibleLine).join("\n"))] : []));
  }
}

/** A line as it is, its spaces at the start too. */
function visibleLine(line) {
  const words = line.trim();
  return words ? line.slice(0, line.indexOf(words[0])) + visible(words) : "";
}

async function begin() {
  document.documentElement.dataset.theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  if (location.protocol === "file:") {
    throw new Error("browsers start Python only from a server: python -m http.server --directory build/site");
  }
  const examples = await (await fetch("examples.json")).json();
  await new Playground(new WorkerFeed(), examples).begin();
}

begin().catch((error) => {
  byId("notice").textContent = error.message;
});
