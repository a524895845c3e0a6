// The place as the part of an address after the #: everything by its name, and what is wrong there in words.

import { clipped } from "./text.js";

/** How far to look around a state, in steps. */
export const MOST_DEPTH = 12;

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
const ADDRESS_KEYS = ["v", "d", "b", "t", "l", "p", "k", "show", "f"];

/** What the fairness of a trigger or group can be set to. */
export function wordsOf(system, name) {
  return ["off", "weak", "strong", ...(Object.hasOwn(system.groups, name) ? [] : ["environment"])];
}

/**
 * Where an address leads among what is described, and what of it is wrong, each in a sentence: whatever can be
 * followed is, as far as it goes. What else may stand in the address is told by its keys.
 */
export function placeOf(address, described, others = []) {
  const problems = [];
  const given = partsOf(address, others, problems);
  const name = (text, what) => {
    try {
      return decoded(text);
    } catch {
      problems.push(`${what} '${clipped(text)}' of the link cannot be read`);
      return null;
    }
  };
  const entries = (key) => (given.get(key) || "").split(",").filter(Boolean);
  const variants = Object.keys(described.variants);
  const wanted = given.has("v") ? name(given.get("v"), "the variant") : null;
  const known = variants.includes(wanted);
  const variant = known ? wanted : variants[0];
  if (wanted !== null && !known) problems.push(`there is no variant '${clipped(wanted)}' here; this is '${clipped(variant)}'`);
  const system = described.variants[variant];
  let beside = given.has("b") ? name(given.get("b"), "the variant beside") : null;
  if (beside !== null && !variants.includes(beside)) {
    problems.push(`there is no variant '${clipped(beside)}' here to put beside`);
    beside = null;
  }
  const isOurs = known || wanted === null;
  const { pictures } = described.can;
  const found = {
    variant, beside, digest: (isOurs && given.get("d")) || null,
    picture: pictures.includes("lifecycle") ? "lifecycle" : pictures[0] ?? null, depth: DEPTH, ticked: null,
  };
  Object.assign(found, takenOf(entries("t"), name, problems));
  found.stem = stemOf(given.get("l"), found.taken.length, problems);
  if (given.get("p")) {
    if (pictures.includes(given.get("p"))) found.picture = given.get("p");
    else problems.push(`the link shows a picture '${clipped(given.get("p"))}', which is not here; ${pictures.length ? `there are ${pictures.join(", ")}` : "there is none"}`);
  }
  if (given.has("k")) {
    const depth = Number(given.get("k"));
    const { steps = null } = described.can;
    const isOffered = steps ? steps.includes(depth) : depth >= 1 && depth <= MOST_DEPTH;
    if (/^[0-9]{1,2}$/.test(given.get("k")) && isOffered) found.depth = depth;
    else problems.push(`the link looks '${clipped(given.get("k"))}' steps around; here it can be ${steps?.join(", ") ?? `1 to ${MOST_DEPTH}`}`);
  }
  if (given.has("show")) {
    const shown = entries("show").filter((one) => one !== "-").map((one) => name(one, "the component")).filter((one) => one !== null);
    const components = new Set(system.components.map((part) => part.name));
    const unknown = shown.filter((one) => !components.has(one));
    if (unknown.length) problems.push(`the link ticks ${unknown.map((one) => `'${clipped(one)}'`).join(", ")}, of which '${clipped(variant)}' has no component`);
    if (shown.length > unknown.length || given.get("show") === "-") found.ticked = shown.filter((one) => components.has(one));
  }
  // of a variant that is not here nothing is set in another
  found.settings = Object.fromEntries(isOurs ? entries("f").flatMap((entry) => settingOf(entry, system, name, problems)) : []);
  if (Object.keys(found.settings).length && described.can.judge === "declared") {
    found.settings = {};
    problems.push("the link sets another fairness, which a written page cannot decide: this is the one declared");
  }
  return { ...found, problems };
}

function partsOf(address, others, problems) {
  const given = new Map();
  for (const part of address.split("&").filter(Boolean)) {
    const at = part.indexOf("=");
    const key = at < 0 ? part : part.slice(0, at);
    if (others.includes(key)) continue;
    if (!ADDRESS_KEYS.includes(key)) problems.push(`the link says '${clipped(part)}', which means nothing here`);
    else if (given.has(key)) problems.push(`the link says '${key}' twice, of which the first counts`);
    else given.set(key, at < 0 ? "" : part.slice(at + 1));
  }
  return given;
}

/** The triggers of a link as far as they can be read, and whether that is all of them. */
function takenOf(entries, name, problems) {
  const taken = [];
  for (const entry of entries) {
    const [trigger, times = "1", ...more] = entry.split("*");
    const wrong = (why) => problems.push(`${why}; the link is followed as far as ${taken.length ? `step ${taken.length.toLocaleString("en")}` : "the start"}`);
    if (!/^[0-9]{1,9}$/.test(times) || Number(times) < 1 || more.length) {
      wrong(`'${clipped(entry)}' repeats a trigger a number of times that is none`);
      return { taken, isWhole: false };
    }
    const read = name(trigger, `step ${(taken.length + 1).toLocaleString("en")}`);
    if (read === null) return { taken, isWhole: false };
    for (let count = 0; count < Number(times); count++) {
      if (taken.length === MOST_STEPS) {
        wrong(`a link has at most ${MOST_STEPS.toLocaleString("en")} steps`);
        return { taken, isWhole: false };
      }
      taken.push(read);
    }
  }
  return { taken, isWhole: true };
}

function stemOf(text, length, problems) {
  if (!text) return null;
  if (!/^[0-9]{1,9}$/.test(text)) problems.push(`the link repeats what comes after step '${clipped(text)}', which is no number`);
  else if (Number(text) > length) problems.push(`the link repeats what comes after step ${Number(text)}, and has no more than ${length}`);
  else return Number(text);
  return null;
}

function settingOf(entry, system, name, problems) {
  const at = entry.lastIndexOf(":");
  const read = name(at < 0 ? entry : entry.slice(0, at), "the trigger");
  const setting = entry.slice(at + 1);
  if (read === null) return [];
  if (at < 0) problems.push(`'${clipped(read)}' sets no fairness`);
  else if (!Object.hasOwn(system.fairness, read)) problems.push(`the link sets the fairness of '${clipped(read)}', which is not here`);
  else if (!wordsOf(system, read).includes(setting)) {
    problems.push(`the link sets the fairness of '${clipped(read)}' to '${clipped(setting)}'; it can be ${wordsOf(system, read).join(", ")}`);
  } else return [[read, setting]];
  return [];
}
