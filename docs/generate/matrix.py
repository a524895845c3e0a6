"""The verdict matrix: every variant with every single fault and every pair of faults, against every property."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from types import MappingProxyType
from typing import Any

from lifecheck import System, Verdict, judge
from lifecheck.machines import Tables
from lifecheck.statespace import Explorer
from lifecheck.sweeps import sweep
from model import Acknowledgements, Configuration, Scanning, Switch, exchange
from model.variants import CONFIGURATIONS
from properties import CLAIMS

FAULTS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "lost-once": {"acknowledgements": Acknowledgements.LOST_ONCE},
        "lost-again": {"acknowledgements": Acknowledgements.LOST_AGAIN},
        "fails-closed": {"scanning": Scanning.FAILS_CLOSED},
        "fails-open": {"scanning": Scanning.FAILS_OPEN},
        "smtp-crash": {"smtp_crashes": Switch.ON},
        "store-crash": {"store_crashes": Switch.ON},
        "scanner-crash": {"scanner_crashes": Switch.ON},
        "signatures": {"signatures_updated": Switch.ON},
    }
)
"""What each fault changes in a configuration. Two that set the same switch are no pair, nor is a fault added twice."""

MARKS = {Verdict.HOLDS: "+", Verdict.VIOLATED: "**-**", Verdict.VACUOUS: "o", Verdict.UNKNOWN: "?"}


@dataclass(frozen=True)
class Line:
    """One variant with some further faults: verdict and states for each property."""

    base: str
    faults: tuple[str, ...]
    found: tuple[tuple[Verdict, int], ...]

    @property
    def states(self) -> int:
        """The largest number of states that any of its properties needed."""
        return max(states for _, states in self.found)


def plan() -> list[tuple[str, tuple[str, ...]]]:
    """Return every named variant with no further fault, each single one, and each pair that can be set together.

    Examples
    --------
    >>> plan()[:2]
    [('unpatched', ()), ('unpatched', ('lost-once',))]
    """
    return [
        (base, chosen)
        for base, configuration in CONFIGURATIONS.items()
        for number in (0, 1, 2)
        for chosen in combinations(FAULTS, number)
        if all(_is_free(configuration, FAULTS[fault]) for fault in chosen)
        and not any(FAULTS[one].keys() & FAULTS[other].keys() for one, other in combinations(chosen, 2))
    ]


def _is_free(configuration: Configuration, changes: Mapping[str, Any]) -> bool:
    """Whether the variant has not itself chosen a fault for the switches that one would set."""
    return all(getattr(configuration, switch) == getattr(Configuration, switch) for switch in changes)


def with_faults(base: str, faults: tuple[str, ...]) -> System:
    """Return one variant with some further faults.

    Examples
    --------
    >>> with_faults("unpatched", ("lost-once",)).settings["acknowledgements"]
    'lost-once'
    """
    changes = {switch: value for fault in faults for switch, value in FAULTS[fault].items()}
    return exchange(replace(CONFIGURATIONS[base], **changes))


def line(base: str, faults: tuple[str, ...], tables: Tables | None = None) -> Line:
    """Judge every property on one variant with some further faults, which shares its tables with others."""
    system, explorer = with_faults(base, faults), Explorer(tables)
    judgements = [judge(base, system, claim, explorer=explorer) for claim in CLAIMS]
    return Line(base, faults, tuple((judgement.verdict, judgement.result.states) for judgement in judgements))


def as_markdown(lines: list[Line]) -> str:
    """Return the matrix as tables, one a variant, with the properties numbered."""
    written = [f"{number}. {claim.words} (`{claim.name}`)" for number, claim in enumerate(CLAIMS, start=1)]
    head = "| faults | states | " + " | ".join(str(number) for number in range(1, len(CLAIMS) + 1)) + " |"
    for base in dict.fromkeys(one.base for one in lines):
        written += ["", f"## {base}", "", head, "|---" * (len(CLAIMS) + 2) + "|"]
        for one in lines:
            if one.base == base:
                marks = " | ".join(MARKS[verdict] for verdict, _ in one.found)
                written.append(f"| {' + '.join(one.faults) or 'none'} | {one.states} | {marks} |")
    return "\n".join(written)


def as_json(lines: list[Line]) -> str:
    """Return the matrix as one JSON object: by line, the verdict and the number of states of each property."""
    found = [
        {
            "variant": one.base,
            "faults": list(one.faults),
            "verdicts": {
                claim.name: [str(verdict), states] for claim, (verdict, states) in zip(CLAIMS, one.found, strict=True)
            },
        }
        for one in lines
    ]
    return "{" + '"lines": [\n' + ",\n".join(json.dumps(each) for each in found) + "\n]}\n"


def computed() -> Iterator[Line]:
    """Yield the lines of the matrix as they are judged, on every core, with a progress bar on a terminal."""
    from rich.console import Console
    from rich.progress import track

    lines = plan()
    settings = [with_faults(base, faults).settings for base, faults in lines]
    judged = track(
        zip(lines, sweep(settings=settings), strict=True),
        "judging",
        total=len(lines),
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    )
    for (base, faults), answer in judged:
        found = [answer.found[claim.name] for claim in CLAIMS]
        yield Line(base, faults, tuple((one.verdict, one.states) for one in found))


INTRODUCTION = """# The verdict matrix

Every named variant as it is, then with every single further fault and every pair of them that can be set together,
against every property. `+` holds, **-** is violated (or, of an observation, not reachable), `o` is vacuous: what the
property is about never happens. The states are those of the largest system that a property of the line needed. Unless
the variant says otherwise, there is one crash in all, of either service where a pair names two, and nothing but weak
fairness is granted. The same as data: [verdicts.json](verdicts.json). Written by `make matrix`.
"""


def write(lines: list[Line], folder: Path) -> None:
    """Write ``verdicts.md`` and ``verdicts.json``, each whole and then renamed."""
    texts = {"verdicts.md": f"{INTRODUCTION}\n{as_markdown(lines)}\n", "verdicts.json": as_json(lines)}
    for name, text in texts.items():
        (folder / f"{name}.tmp").write_text(text, encoding="utf-8")
    for name in texts:
        (folder / f"{name}.tmp").replace(folder / name)


def main(folder: Path = Path("docs")) -> int:
    """Judge and write everything; when interrupted, print what was done and write nothing."""
    done: list[Line] = []
    try:
        for one in computed():
            done.append(one)
    except KeyboardInterrupt:
        if done:
            print(as_markdown(done))
        print(f"interrupted after {len(done)} of {len(plan())} lines; nothing is written", file=sys.stderr)
        return 130
    write(done, folder)
    return 0


if __name__ == "__main__":
    ArgumentParser(prog="python -m docs.generate.matrix", description=f"{__doc__} Writes docs/verdicts.*").parse_args()
    sys.exit(main())
