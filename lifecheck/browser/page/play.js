// What others do while the reader plays one part: at random, and so that nothing that is owed waits for ever.

import { returns } from "./run.js";

export const PARTS_TO_PLAY = [
  ["everything", "everything"],
  ["adversary", "the environment, as an adversary"],
  ["system", "the system"],
];

const MOST_ANSWERS = 50;

/** Whether the reader takes this trigger in the part that is played. */
export function isMine(place, trigger) {
  return place.part === "everything" || (place.part === "adversary") === place.environment.has(trigger);
}

/** One of some triggers at random; every other time, one that is owed longest, so that each gets its due. */
export function fairChoice(place, among, random = Math.random) {
  const pick = (some) => some[Math.floor(random() * some.length)];
  const owed = [...place.debts.values()]
    .map((debt) => ({ ...debt, members: debt.members.filter((one) => among.includes(one)) }))
    .filter((debt) => debt.members.length)
    .sort((one, other) => (one.since ?? Infinity) - (other.since ?? Infinity) || other.times - one.times);
  return pick(owed.length && random() < 0.5 ? owed[0].members : among);
}

/** Go on for some steps, whoever takes them; in words, what came of it. */
export async function fairRun(place, steps) {
  for (let count = 0; count < steps; count++) {
    if (!place.now.possible.length) return "Nothing can happen any more.";
    await place.take(fairChoice(place, place.now.possible));
  }
  return `${steps} steps at random, fairly.`;
}

/** Let those act whom the reader does not play; in words, what came of it. */
export async function answered(place) {
  return place.part === "adversary" ? systemAnswers(place) : environmentActs(place);
}

async function systemAnswers(place) {
  const begun = place.taken.length;
  for (let count = 0; count < MOST_ANSWERS; count++) {
    const among = place.now.possible.filter((trigger) => !place.environment.has(trigger));
    if (!among.length) return begun === place.taken.length ? "The system can do nothing." : "The system has done what it can.";
    await place.take(fairChoice(place, among));
    const back = returns(place.states, place.observers).find((step) => step >= begun);
    if (back !== undefined) return `The system goes round: after step ${place.taken.length} it is where it was after step ${back}.`;
  }
  return `The system took ${MOST_ANSWERS} steps, and could go on.`;
}

async function environmentActs(place) {
  const among = place.now.possible.filter((trigger) => place.environment.has(trigger));
  const mustAct = among.length === place.now.possible.length;
  if (!among.length || (!mustAct && Math.random() < 0.5)) return "The environment does nothing.";
  await place.take(fairChoice(place, among));
  return `The environment: ${place.meaning(place.taken[place.taken.length - 1]) || place.taken[place.taken.length - 1]}`;
}
