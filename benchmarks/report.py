"""Writes what was measured as a document with tables and ratios, and as a picture on a logarithmic scale."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import log10
from pathlib import Path
from textwrap import wrap

from benchmarks.measurement import Line
from benchmarks.picture import TITLE, picture, recorded
from benchmarks.symbolic import Measured

OTHERS = ("SPIN", "SPIN, reduced", "TLC", "musil")
RIVALS = ("Storm", "CUDD")
"""Those that hold sets of states as decision diagrams, too; they explore."""
EXPLORERS = (*OTHERS, *RIVALS)
EXPLORING, LIVENESS, SEATED = "exploring", "liveness", "philosophers"
WANTED = {
    (EXPLORING, 6, "SPIN"): 8_000,
    (EXPLORING, 5, "TLC"): 6_000,
    (EXPLORING, 4, "musil"): 1_000,
    (EXPLORING, 6, "Storm"): 1,
    (EXPLORING, 6, "CUDD"): 1,
    ("2 slots", 6, "SPIN"): 70,
    ("2 slots", 6, "Storm"): 1,
    ("2 slots", 6, "CUDD"): 1,
    (LIVENESS, 4, "SPIN"): 450,
    (LIVENESS, 4, "TLC"): 6_000,
    (SEATED, 16, "SPIN"): 300,
}
"""How many times as long the other checkers should take at least."""


def text(
    explored: Sequence[Line],
    judged: Sequence[Line],
    shared: Mapping[str, Sequence[Line]],
    seated: Sequence[Line],
    by_itself: Sequence[Measured],
    *,
    cutoff: float,
    peak: float,
    machine: str,
    variants: tuple[str, str],
    rounds: str,
) -> str:
    """Return the document.

    Parameters
    ----------
    explored, judged
        What exploring and judging took, of one number of messages after the other.
    shared
        What exploring took where messages share delivery slots, by the number of slots.
    seated
        What exploring philosophers took, of one number of them after the other.
    by_itself
        What was measured beside the explicit engine, and where nobody can list the states.
    cutoff
        Seconds that a verdict for any number of messages takes where the cutoff holds.
    peak
        Megabytes that the process of all these measurements had at most.
    machine, variants, rounds
        What it ran on, what was explored and what was judged, and how often, in words.
    """
    return "\n".join(
        [
            "# Benchmarks",
            "",
            *_prose(
                "Written by `make bench`. The same rows in lifecheck's symbolic engine, in SPIN (`pan` compiled with "
                "`-O2`), in TLC (one worker), in musil, in Storm (its decision diagrams, which are Sylvan's) and in "
                "CUDD (through `dd`: the same relations in the same order), in one run, alternating, processor time of "
                f"one core; {rounds}. A ratio is the other's time by lifecheck's. States and transitions of all are "
                "asserted to be equal, but for those of SPIN with its partial-order reduction, which may visit fewer. "
                "SPIN's times leave out generating and compiling its verifier, musil's, Storm's and CUDD's the start "
                "of Python and reading, lifecheck's the firing of the machines; TLC's have the start of Java in them, "
                "more than a second. Encoding, which is making the variables and relations, is in lifecheck's times, "
                "and told beside them. Guards read every variable, so that SPIN drops none."
            ),
            "",
            f"The machine: {machine}.",
            "",
            *_wanted([*explored, *judged, *seated, *(line for lines in shared.values() for line in lines)]),
            "",
            f"All of lifecheck's measurements, in one process, took {peak:,.0f} MB at most.",
            "",
            f"## Exploring `{variants[0]}`",
            "",
            *_prose("Messages share nothing here. No reductions but in the columns that say so."),
            "",
            *_table(_sizes(line) for line in explored),
            "",
            *_table(_exploration(line) for line in explored),
            "",
            *not_run(explored, EXPLORERS),
            "## Exploring what is shared: delivery slots",
            "",
            *_prose(
                "The system as shipped, with at most so many deliveries under way at a time: messages can influence "
                "one another, and no cutoff holds."
            ),
            *(one for number, lines in shared.items() for one in _slots(number, lines)),
            "",
            f"## Liveness of `{variants[1]}`",
            "",
            *_prose(
                "What is queued leaves the queue, under weak fairness of every message (`pan -a -f`, `WF_vars`, "
                '`fair="weak"`); it holds. In this variant a message never has two fair triggers to choose from, so '
                "that fairness to messages, as SPIN and TLC are asked for it, is fairness to triggers. TLC and musil "
                "visit the same states as lifecheck. SPIN visits some twice, where its automaton for the promise may "
                "have begun to watch or not: those in which the entry is in the queue or has just left it. Both "
                "numbers are asserted. From five messages on SPIN is compiled with `-DNFAIR=3`."
            ),
            "",
            *_table(_liveness(line) for line in judged),
            "",
            *not_run(judged),
            f"A verdict for any number of messages, where the cutoff holds, takes {cutoff * 1000:.1f} ms.",
            "",
            "## Exploring philosophers",
            "",
            "Each takes the left fork first; see `examples/dining_philosophers.py`.",
            "",
            *_table(_seated(line) for line in seated),
            "",
            *_by_itself(by_itself),
            f"![{TITLE}: the numbers of the tables of exploring and of liveness](benchmarks.svg)",
            "",
        ]
    )


BY_ITSELF = "## Beside the explicit engine, and where nobody can list the states"


def measured_anew(document: str, by_itself: Sequence[Measured]) -> str:
    """Return a document with other measurements of lifecheck by itself; those beside others stay as they are."""
    before, _, after = document.partition(BY_ITSELF)
    return before + "\n".join(_by_itself(by_itself)) + "\n" + after[after.index("![") :]


def _by_itself(measured: Sequence[Measured]) -> list[str]:
    return [
        BY_ITSELF,
        "",
        *_prose(
            "Encoding and exploring are in each of these times, and for any number of messages firing is too. What "
            "decided is named: the counter abstraction, or few messages whose counterexample is one of any more. This "
            "table may be of another run on the same machine: `benchmarks/population.py --by-itself` measures it alone."
        ),
        "",
        *_table(map(_measured, measured), words=1),
        "",
    ]


def write(folder: Path, document: str) -> None:
    """Write document and picture, each whole and then renamed."""
    for name, content in (("benchmarks.md", document), ("benchmarks.svg", picture(recorded(document)))):
        part = folder / f".{name}.part"
        part.write_text(content)
        part.replace(folder / name)


def _wanted(lines: Sequence[Line]) -> list[str]:
    """Tell how far what was wanted is reached."""
    rows = []
    for (task, messages, checker), wanted in WANTED.items():
        line = next((one for one in lines if (one.task, one.instances) == (task, messages)), None)
        found = "" if line is None else _ratio(line, checker)
        what = f"exploring {messages} {task}" if task == SEATED else f"{task}, {messages} messages"
        row = {"": what.replace("2 slots, 6 messages", "exploring, 6 messages in 2 slots"), "beside": checker}
        row["at least"] = f"{wanted:,}"
        rows.append(row | {"measured": found or "not measured"})
    return _table(rows, words=2)


def _sizes(line: Line) -> dict[str, str]:
    spin, reduced = line.ran.get("SPIN"), line.ran.get("SPIN, reduced")
    return {
        "messages": str(line.instances),
        "states": _count(line.states),
        "transitions": _count(line.transitions),
        "nodes of the diagram": f"{line.nodes:,}",
        "SPIN's bytes/state": f"{(spin.bytes or 0) / spin.states:,.0f}" if spin else "",
        "states with reduction": f"{reduced.states:,}" if reduced else "",
    }


def _exploration(line: Line, checkers: Sequence[str] = EXPLORERS) -> dict[str, str]:
    return {
        "messages": str(line.instances),
        "lifecheck": _time(line.median("lifecheck")),
        "of which encoding": _time(line.encoding),
        **{
            heading: cell
            for checker in checkers
            for heading, cell in (
                (checker, _time(line.median(checker))),
                (f"ratio to {checker}", _ratio(line, checker)),
            )
            if heading != "ratio to SPIN, reduced"
        },
    }


def _liveness(line: Line) -> dict[str, str]:
    spin = line.ran.get("SPIN")
    row = {
        "messages": str(line.instances),
        "states": _count(line.states),
        "SPIN's states": f"{spin.states:,}" if spin else "",
    }
    return row | _exploration(line, OTHERS)


def _seated(line: Line) -> dict[str, str]:
    sizes = {"states": _count(line.states), "transitions": _count(line.transitions)}
    timed = {"lifecheck": _time(line.median("lifecheck")), "of which encoding": _time(line.encoding)}
    others = {"SPIN": _time(line.median("SPIN")), "ratio": _ratio(line, "SPIN")}
    return {"philosophers": str(line.instances)} | sizes | timed | others


def _measured(one: Measured) -> dict[str, str]:
    """Return one measurement as a row."""
    return {
        "": one.what,
        "time": _time(one.seconds),
        "at most": "" if one.most is None else f"{one.most:g} s",
        "beside explicit": "" if one.beside is None else f"{rounded(one.beside):,} times",
        "at least": "" if one.least is None else f"{one.least:,}",
    }


def _count(number: int) -> str:
    return f"{number:,}" if number < 10**15 else f"{number:.3g}".replace("e+", " · 10^")


def _slots(number: str, lines: Sequence[Line]) -> list[str]:
    """Tell what exploring took with so many slots."""
    rows = [
        {
            "messages": str(line.instances),
            "states": f"{line.states:,}",
            "transitions": f"{line.transitions:,}",
            "lifecheck": _time(line.median("lifecheck")),
            "of which encoding": _time(line.encoding),
            "SPIN": _time(line.median("SPIN")),
            "ratio": _ratio(line, "SPIN"),
            **{
                heading: cell
                for rival in RIVALS
                for heading, cell in ((rival, _time(line.median(rival))), (f"ratio to {rival}", _ratio(line, rival)))
            },
        }
        for line in lines
    ]
    reasons = not_run(lines, ["SPIN", *RIVALS])
    return [
        "",
        f"{number} slot{'' if number == '1' else 's'}:",
        "",
        *_table(rows),
        *([""] if reasons else []),
        *reasons[:-1],
    ]


def not_run(lines: Sequence[Line], checkers: Sequence[str] = OTHERS) -> list[str]:
    """Say why a checker did not run, where it did not."""
    told = []
    for checker in checkers:
        reasons: dict[str, list[int]] = {}
        for line in lines:
            if checker in line.not_run:
                reasons.setdefault(line.not_run[checker], []).append(line.instances)
        for reason, messages in reasons.items():
            many = " and ".join(map(str, messages)) if len(messages) < 3 else f"{messages[0]} to {messages[-1]}"
            told.append(f"* {checker} was not run with {many} message{'' if messages == [1] else 's'}: {reason}.")
    return [*told, ""] if told else []


def _ratio(line: Line, checker: str) -> str:
    own, other = line.median("lifecheck"), line.median(checker)
    if own is None or other is None:
        return ""
    return f"{rounded(other / own):,}" if other > 10 * own else f"{other / own:.1f}"


def rounded(number: float) -> int:
    """Return a number with two digits that count: times differ from run to run by more.

    Examples
    --------
    >>> rounded(778.6), rounded(12_345.0), rounded(3.2)
    (780, 12000, 3)
    """
    return int(round(number, 1 - int(log10(number)))) if number >= 100 else round(number)


def _time(seconds: float | None) -> str:
    if seconds is None:
        return "not run"
    return f"{seconds:,.1f} s" if seconds >= 1 else f"{seconds * 1000:,.1f} ms"


def _prose(text: str) -> list[str]:
    return wrap(text, 112, break_long_words=False, break_on_hyphens=False)


def _table(rows: Iterable[Mapping[str, str]], words: int = 0) -> list[str]:
    """Return a table whose rows have the same headings; so many of the first columns are words, the others numbers."""
    found = list(rows)
    headings = list(found[0])
    sides = ["---"] * words + ["--:"] * (len(headings) - words)
    return ["| " + " | ".join(cells) + " |" for cells in (headings, sides, *(list(row.values()) for row in found))]
