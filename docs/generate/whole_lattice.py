"""The page of the whole lattice: every legal combination of all switches but the slots, against every property.

Run ``python -m docs.generate.whole_lattice``; it takes an hour or more of two cores, and goes on where it was.
"""

from __future__ import annotations

import json
import random
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from pathlib import Path

from docs.generate.lattice_exceptions import as_markdown, exceptions
from lifecheck import Verdict
from lifecheck.files import write_all
from lifecheck.sweeps import LETTERS, Answer, Grid, Progress, Summary, sweep
from model import SWITCHES
from model.variants import CONFIGURATIONS
from properties import CLAIMS

OVER = {
    "recipients": ("1", "2", "3"),
    "acknowledged_per": ("message", "recipient"),
    **{switch.name: switch.values for switch in SWITCHES if switch.name != "fairness"},
    "fairness": ("weak", "strong"),
}
"""Every switch but the slots, for which one message alone never waits; what differs in fairness stands together."""

SAMPLE = 2_000
"""How many settings are recorded with their verdicts, to be checked anew."""

STORE = Path("build/whole-lattice")
"""Where verdicts are kept between two runs; no part of the repository."""

RECORDED = Path("docs/whole-lattice.json")
SAMPLED = Path("docs/lattice-sample.json")
PAGE = Path("docs/whole-lattice.md")


def grid() -> Grid:
    """Return the lattice.

    Examples
    --------
    >>> len(grid())
    331776
    """
    return Grid(OVER)


def sampled() -> list[int]:
    """Return the numbers of the settings whose verdicts are recorded, contradictory ones among them."""
    return sorted(random.Random(883522).sample(range(len(grid())), SAMPLE))


def letters(answer: Answer) -> str:
    """Return the verdicts of one setting, a letter a property in their order; nothing where it contradicts itself."""
    return "".join(LETTERS[answer.found[claim.name].verdict] for claim in CLAIMS) if answer.found else ""


def answers() -> Iterator[Answer]:
    """Judge the lattice, and yield what was found of each setting in order."""
    STORE.parent.mkdir(exist_ok=True)
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("judging", total=len(grid()))

        def told(progress: Progress) -> None:
            bar.update(task, completed=progress.done)

        yield from sweep(over=OVER, limit=len(grid()), store=STORE, progress=told)


def sample() -> dict[str, str]:
    """Judge the settings of the sample alone, and return the letters of each by its number."""
    settings = [dict(grid()[number].settings) for number in sampled()]
    STORE.parent.mkdir(exist_ok=True)
    found = sweep(settings=settings, store=STORE)
    return {str(number): letters(answer) for number, answer in zip(sampled(), found, strict=True)}


def recorded(found: Iterator[Answer]) -> tuple[Summary, dict[str, object], dict[str, str]]:
    """Return the summary of all answers, what is recorded of them as data, and the sample."""
    summary = Summary(CLAIMS, OVER, len(grid()))
    chosen, judged = set(sampled()), {}
    for number, answer in enumerate(found):
        summary.add(answer)
        if number in chosen:
            judged[str(number)] = letters(answer)
    counts = {
        claim.name: {str(verdict): summary.counts[claim.name][verdict] for verdict in Verdict} for claim in CLAIMS
    }
    data = {
        "settings": len(grid()),
        "legal": summary.legal,
        "distinct": summary.distinct,
        "digest": summary.digest,
        "verdicts": counts,
    }
    return summary, data, judged


def markdown(summary: Summary, data: dict[str, object]) -> str:
    """Return the page."""
    written = [INTRODUCTION.format(settings=len(grid()), legal=summary.legal, distinct=data["distinct"])]
    written += ["| property | holds | violated | vacuous | unknown |", "|---|---|---|---|---|"]
    for claim in CLAIMS:
        numbers = " | ".join(f"{summary.counts[claim.name][verdict]:,}" for verdict in Verdict)
        written.append(f"| {claim.words} (`{claim.name}`) | {numbers} |")
    written += ["", "## Where each property fails", ""]
    for claim in CLAIMS:
        conditions = summary.conditions(claim)
        assert conditions is not None, "the lattice has switches"
        written += [f"**{claim.words}** (`{claim.name}`)", ""]
        if not conditions.causes:
            written += ["nowhere.", ""]
            continue
        written += [f"* {cause if cause.fixed else 'whatever is set'}" for cause in conditions.causes] + [""]
    written += ["## Exceptions to what the named variants suggest", "", *_exceptions(summary), ""]
    written += [f"Digest of all verdicts: `{data['digest']}`", ""]
    return "\n".join(written)


def _exceptions(summary: Summary) -> Iterator[str]:
    """Yield what the named variants suggest of each property, and how the lattice differs from it."""
    yield (
        f"The {len(CONFIGURATIONS)} named variants are points of this lattice, and none of them has another verdict "
        "here than the recorded one."
        if not summary.unexpected
        else f"{len(summary.unexpected)} verdicts are not the recorded ones, or unknown."
    )
    yield ""
    yield (
        "What follows compares the lattice with the fewest conditions that tell the named variants in which a\n"
        "property is violated from those in which it is not: what somebody would guess who knew these variants alone."
    )
    yield ""
    for claim in CLAIMS:
        yield from as_markdown(claim, exceptions(summary, claim, CONFIGURATIONS))


INTRODUCTION = """# The whole lattice

Every combination of all switches but the delivery slots, for which one message alone never waits, against every
property: {settings:,} combinations, of which {legal:,} do not contradict themselves. No property can tell all of these
apart: they are {distinct:,} different systems, by what was fired, what predicates answer and who owes what. A setting
of which two contradict each other does not exist, and no condition speaks of it. The conditions below are exact: a
property is violated in a legal setting where, and only where, one of its lines is met. That no smaller number of lines
would do is not proven (a greedy cover of prime implicants). Written by `python -m docs.generate.whole_lattice`, which
judges all of it; a sample of 2,000 settings in [lattice-sample.json](lattice-sample.json) is checked anew by the tests.
"""


def counts(folder: Path = Path()) -> str:
    """Return how many settings and systems the recorded lattice has, in a sentence.

    Parameters
    ----------
    folder
        That of the repository.
    """
    data = json.loads((folder / RECORDED).read_text(encoding="utf-8"))
    return (
        f"Of {data['settings']:,} combinations {data['legal']:,} do not contradict themselves; they make "
        f"{data['distinct']:,} different systems."
    )


def sample_table(folder: Path = Path()) -> str:
    """Return how often each property has which verdict among the recorded sample, as a table.

    Parameters
    ----------
    folder
        That of the repository.
    """
    found = [one for one in json.loads((folder / SAMPLED).read_text(encoding="utf-8")).values() if one]
    written = ["| property | holds | violated | vacuous |", "|---|---|---|---|"]
    for at, claim in enumerate(CLAIMS):
        numbers = [sum(one[at] == letter for one in found) for letter in "+-o"]
        written.append(f"| {claim.words} | " + " | ".join(map(str, numbers)) + " |")
    return "\n".join([*written, "", f"{len(found)} of {SAMPLE:,} do not contradict themselves."])


def as_json(data: Mapping[str, object]) -> str:
    """Return data as it is written, a line an entry."""
    return json.dumps(data, indent=0) + "\n"


def main(*, sample_alone: bool = False) -> int:
    """Judge and write everything, or the sample; when interrupted, write nothing, and say how to go on."""
    try:
        if sample_alone:
            write_all({SAMPLED: as_json(sample())}, force=True)
            return 0
        summary, data, judged = recorded(answers())
    except KeyboardInterrupt:
        print(f"interrupted; nothing is written, and what was found is kept in {STORE}", file=sys.stderr)
        return 130
    write_all({PAGE: markdown(summary, data), RECORDED: as_json(data), SAMPLED: as_json(judged)}, force=True)
    return 0


if __name__ == "__main__":
    parser = ArgumentParser(prog="python -m docs.generate.whole_lattice", description=__doc__)
    parser.add_argument("--sample", action="store_true", help="judge the sample alone, in some minutes")
    sys.exit(main(sample_alone=parser.parse_args().sample))
