// Python with lifecheck in it, apart from the page, so that the page can end it: asks come in, answers go out.

import { loadPyodide } from "./pyodide/pyodide.mjs";
import { instance } from "./viz.js";

const here = new URL(".", import.meta.url);

async function fetched(name) {
  const answer = await fetch(new URL(name, here));
  if (!answer.ok) throw new Error(`${name} cannot be had`);
  return answer;
}

async function begun() {
  const print = (line) => postMessage({ printed: line });
  const [python, viz, wheels] = await Promise.all([
    loadPyodide({ indexURL: new URL("pyodide/", here).href, stdout: print, stderr: print }),
    instance(),
    fetched("wheels.json").then((one) => one.json())
      .then((names) => Promise.all(names.map((name) => fetched(`wheels/${name}`).then((one) => one.arrayBuffer())))),
  ]);
  for (const wheel of wheels) python.unpackArchive(wheel, "wheel");
  const render = (dot) => viz.renderString(dot, { format: "svg" });
  return python.pyimport("lifecheck.browser").CheckedText(render);
}

const checked = begun();
checked.then(() => postMessage({ ready: true }), (error) => postMessage({ failed: String(error.message ?? error) }));

addEventListener("message", async ({ data: { number, question, given } }) => {
  let answer;
  try {
    answer = JSON.parse((await checked).ask(question, JSON.stringify(given)));
  } catch (error) {
    answer = { status: 500, told: { error: String(error.message ?? error).trim().split("\n").pop() } };
  }
  postMessage({ number, answer });
});
