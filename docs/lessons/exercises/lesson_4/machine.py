"""Four small machines, each with a goal. What the environment does owes nothing; all else is as fair as you say."""

from lifecheck import Component, Row, State, System

download = Component(
    "download",
    states=["nothing", "half", "all"],
    initial="nothing",
    rows=[Row("fetch", "nothing", "half"), Row("fetch", "half", "all")],
    alphabet={"fetch"},
)


def downloaded(s: State) -> bool:
    """The download is complete."""
    return s.download == "all"


bus = Component(
    "bus",
    states=["away", "at_stop"],
    initial="away",
    rows=[
        Row("arrive", "away", "at_stop"),
        Row("depart", "at_stop", "away"),
        Row("board", "at_stop", "at_stop"),
    ],
    alphabet={"arrive", "depart", "board"},
)

passenger = Component(
    "passenger",
    states=["waiting", "on_board"],
    initial="waiting",
    rows=[Row("board", "waiting", "on_board")],
    alphabet={"board"},
)


def on_board(s: State) -> bool:
    """The passenger has boarded a bus."""
    return s.passenger == "on_board"


door = Component(
    "door",
    states=["locked", "open"],
    initial="locked",
    rows=[Row("unlock", "locked", "open"), Row("shake", "locked", "locked")],
    alphabet={"unlock", "shake"},
)

key = Component(
    "key",
    states=["inside", "outside"],
    initial="inside",
    rows=[Row("unlock", "outside", "outside"), Row("fetch_key", "inside", "outside")],
    alphabet={"unlock", "fetch_key"},
)

hallway = Component(
    "hallway",
    states=["behind_door"],
    initial="behind_door",
    rows=[],
    alphabet={"fetch_key"},
)


def opened(s: State) -> bool:
    """The door is open."""
    return s.door == "open"


lamp = Component(
    "lamp",
    states=["off", "on"],
    initial="off",
    rows=[Row("switch_on", "off", "on"), Row("flicker", "off", "off")],
    alphabet={"switch_on", "flicker"},
)


def lit(s: State) -> bool:
    """The lamp is on."""
    return s.lamp == "on"


MACHINES = {
    "download": (System("download", [download]), downloaded),
    "bus": (System("bus", [bus, passenger]), on_board),
    "key": (System("key", [door, key, hallway]), opened),
    "lamp": (System("lamp", [lamp], environment={"flicker"}), lit),
}
