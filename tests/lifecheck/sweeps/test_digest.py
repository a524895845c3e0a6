"""Two questions of one digest have one verdict, on random systems that differ in little."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path
from random import Random

from lifecheck import Property, System, check, sweep
from lifecheck.changes import mutants_of
from lifecheck.errors import CompositionError, LifecheckError
from lifecheck.sweeps import Digests
from tests.cross_check import sized
from tests.lifecheck.random_systems import random_properties, random_systems

SEED = 12


def variations(system: System, drawn: Random) -> list[System]:
    """Return a system, the same under another name, other fairness and other observers, and some of its mutants."""
    found = [system, replace(system, name="other"), replace(system, components=system.parts, observers=())]
    watching = system.components[-1]
    if watching.alphabet <= set().union(*(part.alphabet for part in system.components[:-1])):
        found.append(replace(system, components=system.components[:-1], observers=[watching]))
    for fair in (system.triggers, system.triggers[:1], ()):
        found.append(replace(system, environment=frozenset(), fair=fair, strong={}))
        found.append(
            replace(system, environment=frozenset(), fair=fair, strong=dict.fromkeys(system.triggers[1:], "so"))
        )
    mutants = list(mutants_of(system))
    for mutant in drawn.sample(mutants, min(4, len(mutants))):
        try:
            found.append(mutant.of(system))
        except LifecheckError:
            continue
    return found


def answer(system: System, asked: Property) -> str:
    """Return the verdict, or that there is none because an observer blocks."""
    try:
        return str(check(system, asked).verdict)
    except CompositionError:
        return "refused"


def test_questions_of_one_digest_have_one_verdict_and_most_of_the_rest_have_another() -> None:
    drawn, digests = Random(SEED), Digests()
    verdicts: dict[bytes, str] = {}
    reused = 0
    for system in random_systems(SEED, sized(3, 60, 5_000)):
        asked = random_properties(drawn, system)
        for one in variations(system, drawn):
            for each in asked:
                verdict, key = answer(one, each), digests.of(one, each)
                assert key is not None
                reused += key in verdicts
                assert verdicts.setdefault(key, verdict) == verdict, (one, each.formula)
    assert reused > len(verdicts) / 8
    assert {"holds", "violated", "refused"} <= set(verdicts.values())


MODULE = """
from lifecheck import Claim, System, never
from lifecheck.machines import component_of
from transitions import Machine

LIMITS, SEEN = {"paid": 1, "asked": 1}, []


class Order:
    def counted(self):
        self.paid += 1

    def is_open(self):
        return self.paid < LIMITS["paid"]

    def note(self):
        if self.is_noted:
            SEEN.append(1)

    def turn(self):
        self.rank = -self.rank

    def is_seen(self):
        return len(SEEN) > 0


def made(rows, **attributes):
    model = Order()
    vars(model).update(attributes)
    Machine(model, states=["placed", "done"], initial="placed", transitions=rows, auto_transitions=False)
    return model


def ranked(kind="slow", rank=0):
    rows = [["finish", "placed", "done"], {"trigger": "reverse", "source": "placed", "dest": "=", "before": "turn"}]
    return made(rows, kind=kind, rank=rank)


def counting():
    row = {"trigger": "pay", "source": "placed", "dest": "=", "before": "counted", "conditions": "is_open"}
    return made([row], paid=0)


def writing(is_noted):
    SEEN.clear()
    return made([{"trigger": "write", "source": "placed", "dest": "done", "after": "note"}], is_noted=is_noted)


def reading():
    return made([{"trigger": "read", "source": "placed", "dest": "done", "conditions": "is_seen"}])


COUNTED = System("order", [component_of(counting, "order", attributes=["paid"])], fair=[])


def configured(settings):
    LIMITS.update({name: int(value) for name, value in settings.items()})
    return COUNTED


def pair(is_noted):
    writer, reader = component_of(lambda: writing(is_noted), "writer"), component_of(reading, "reader")
    return System("pair", [writer, reader], fair=[])


SYSTEMS = {"counted": COUNTED}
PAIRS = {"apart": pair(False), "together": pair(True)}
CLAIMS = [
    Claim("two", "nobody pays twice", never("order.paid == 2")),
    Claim("asked", "nobody pays so often", never(lambda s: s.order.paid == LIMITS["asked"])),
]
RANKED = [
    Claim("express", "nothing is express", never("ranked == 'done' and ranked.kind == 'express'")),
    Claim("rank", "nothing has the rank of five", never(lambda s: s.ranked.rank == 5)),
]
READ = [Claim("read", "nothing is read", never("reader == 'done'"))]
"""


def project(folder: Path) -> Path:
    (folder / "told_apart.py").write_text(MODULE)
    named = {"systems": "SYSTEMS", "properties": "CLAIMS", "configure": "configured"}
    lines = [f"{key} = 'told_apart:{name}'\n" for key, name in named.items()]
    (folder / "pyproject.toml").write_text("[tool.lifecheck]\n" + "".join(lines))
    return folder


def test_machines_that_differ_in_the_value_of_an_attribute_alone_are_told_apart(tmp_path: Path) -> None:
    named = (project(tmp_path) / "pyproject.toml").read_text().replace("SYSTEMS", "ranked").replace("CLAIMS", "RANKED")
    named = named.replace("configure", "#") + "attributes = ['kind', 'rank']\n"
    (tmp_path / "pyproject.toml").write_text(named)
    over = {"kind": ["slow", "express"], "rank": ["3", "5", "7"]}
    found = [
        tuple(str(one.verdict) for one in answer.found.values()) for answer in sweep(over=over, jobs=1, folder=tmp_path)
    ]
    assert found == [
        ("violated" if kind == "express" else "holds", "violated" if rank == "5" else "holds")
        for kind, rank in product(*over.values())
    ]


def test_what_callbacks_and_predicates_read_beside_the_state_is_read_anew_for_each_setting(tmp_path: Path) -> None:
    over = {"paid": ["1", "2", "3"], "asked": ["1", "3"]}
    found = [
        tuple(str(one.verdict) for one in answer.found.values())
        for answer in sweep(over=over, jobs=1, folder=project(tmp_path))
    ]
    assert found == [
        ("violated" if int(paid) >= 2 else "holds", "violated" if int(paid) >= int(asked) else "holds")
        for paid, asked in product(*over.values())
    ]


def test_machines_that_share_what_one_of_them_may_change_have_no_digest(tmp_path: Path) -> None:
    answers = list(sweep("told_apart:PAIRS", "told_apart:READ", jobs=1, folder=project(tmp_path)))
    assert [answer.digest for answer in answers] == ["", ""]
    assert [str(answer.found["read"].verdict) for answer in answers] == ["holds", "unknown"]
    assert "'writer' and 'reader' share 'SEEN'" in answers[1].found["read"].note
