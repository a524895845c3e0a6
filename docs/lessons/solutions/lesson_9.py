"""A solution of exercise 9: a printer that jams, and somebody who has to be called."""

from lifecheck import Claim, Component, Row, State, System, leads_to, sometimes

printer = Component(
    "printer",
    states=["idle", "printing", "jammed"],
    initial="idle",
    rows=[
        Row("print_page", "idle", "printing"),
        Row("finish", "printing", "idle"),
        Row("jam", "printing", "jammed"),
        Row("clear", "jammed", "idle"),
    ],
    alphabet={"print_page", "finish", "jam", "clear"},
)

PERSON_ROWS = [
    Row("jam", "elsewhere", "called"),
    Row("clear", "called", "elsewhere"),
]


def office(rows: list[Row]) -> System:
    """Return the printer with somebody who answers as these rows say."""
    person = Component(
        "person",
        states=["elsewhere", "called"],
        initial="elsewhere",
        rows=rows,
        alphabet={"jam", "clear"},
    )
    return System("office", [printer, person], environment={"print_page", "jam"})


def jammed(s: State) -> bool:
    """The printer is jammed."""
    return s.printer == "jammed"


def usable(s: State) -> bool:
    """The printer is not jammed."""
    return not jammed(s)


SYSTEM: System | None = office(PERSON_ROWS)

BROKEN: System | None = office(PERSON_ROWS[:1])  # who is called does not come

CLAIM: Claim | None = Claim(
    "jams-end",
    "no jam lasts for ever",
    leads_to(jammed, usable),
    witness=sometimes(jammed),
)
