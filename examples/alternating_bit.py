"""The alternating bit protocol: messages over a channel that loses, with a single bit to tell old from new.

The sender repeats a message, marked with its bit, until it is acknowledged with that bit; then the bit alternates. The
receiver hands over what has the bit it expects, and acknowledges whatever comes. Nothing is lost or handed over
twice. That it arrives at all takes strong fairness: a channel that loses again and again still lets something through
in the end; that the sender keeps trying is not enough (`weak`).

Without the bit a repeated message is handed over twice (`no-bit`). And the bit is good for channels that keep the
order only: where one may overtake another, an old message or acknowledgement can come when its bit is due again
(`overtaking`).

Bartlett, Scantlebury and Wilkinson, A note on reliable full-duplex transmission over half-duplex links, 1969. The
ledger counts what is owed; it does not look into messages.

    lifecheck verify examples.alternating_bit:SYSTEMS
"""

from __future__ import annotations

from functools import partial

from transitions import Machine

from lifecheck import Claim, System, Verdict, compose, leads_to, never, sometimes

BITS = (0, 1)

MEANINGS = {
    "accept": "The sender accepts a new message.",
    "hand_over": "The receiver hands a message over.",
} | {
    meaning.format(bit): sentence.format(bit)
    for bit in BITS
    for meaning, sentence in {
        "send_{}": "The sender sends the message with bit {}, or sends it again.",
        "lose_{}": "The channel loses the message with bit {}.",
        "receive_{}": "The message with bit {} arrives.",
        "acknowledge_{}": "The receiver acknowledges bit {}.",
        "lose_acknowledgement_{}": "The channel loses the acknowledgement of bit {}.",
        "receive_acknowledgement_{}": "The acknowledgement of bit {} arrives.",
    }.items()
}


def sender() -> Machine:
    """Return the sender; an acknowledgement with the other bit is an old one."""
    rows = []
    for bit in BITS:
        rows += [
            ["accept", f"ready_{bit}", f"sending_{bit}"],
            [f"send_{bit}", f"sending_{bit}", "="],
            [f"receive_acknowledgement_{bit}", f"sending_{bit}", f"ready_{1 - bit}"],
            [f"receive_acknowledgement_{1 - bit}", f"sending_{bit}", "="],
            [f"receive_acknowledgement_{bit}", f"ready_{bit}", "="],
            [f"receive_acknowledgement_{1 - bit}", f"ready_{bit}", "="],
        ]
    states = [f"{doing}_{bit}" for bit in BITS for doing in ("ready", "sending")]
    return Machine(states=states, initial="ready_0", transitions=rows, auto_transitions=False)


def receiver(*, looks_at_the_bit: bool) -> Machine:
    """Return the receiver, which acknowledges also what it has handed over before."""
    rows = []
    for bit in BITS:
        again = f"answering_{1 - bit}" if looks_at_the_bit else f"handing_{1 - bit}"
        rows += [
            [f"receive_{bit}", f"expecting_{bit}", f"handing_{bit}"],
            [f"receive_{1 - bit}", f"expecting_{bit}", again],
            ["hand_over", f"handing_{bit}", f"answering_{bit}"],
            [f"acknowledge_{bit}", f"answering_{bit}", f"expecting_{1 - bit}"],
        ]
    states = [f"{doing}_{bit}" for bit in BITS for doing in ("expecting", "handing", "answering")]
    return Machine(states=states, initial="expecting_0", transitions=rows, auto_transitions=False)


def channel(sends: str, loses: str, receives: str) -> Machine:
    """Return a channel for one thing at a time."""
    rows = []
    for bit in BITS:
        rows += [
            [f"{sends}_{bit}", "empty", f"holds_{bit}"],
            [f"{loses}_{bit}", f"holds_{bit}", "empty"],
            [f"{receives}_{bit}", f"holds_{bit}", "empty"],
        ]
    return Machine(states=["empty", "holds_0", "holds_1"], initial="empty", transitions=rows, auto_transitions=False)


def overtaking_channel(sends: str, loses: str, receives: str) -> Machine:
    """Return a channel for two things, which may arrive in either order."""
    rows = []
    for bit in BITS:
        rows += [[f"{sends}_{bit}", "empty", f"holds_{bit}"]]
        rows += [[f"{leaves}_{bit}", f"holds_{bit}", "empty"] for leaves in (loses, receives)]
        for other in BITS:
            both = f"holds_{min(bit, other)}_{max(bit, other)}"
            rows += [[f"{sends}_{bit}", f"holds_{other}", both]]
            rows += [[f"{leaves}_{bit}", both, f"holds_{other}"] for leaves in (loses, receives)]
    states = ["empty", "holds_0", "holds_1", "holds_0_0", "holds_0_1", "holds_1_1"]
    return Machine(states=states, initial="empty", transitions=rows, auto_transitions=False)


def ledger() -> Machine:
    """Return an observer: what was accepted and not handed over yet, and what went wrong."""
    rows = [
        ["accept", "settled", "owed"],
        ["hand_over", "owed", "settled"],
        ["accept", "owed", "lost"],
        ["hand_over", "settled", "doubled"],
    ]
    rows += [[trigger, wrong, "="] for trigger in ("accept", "hand_over") for wrong in ("lost", "doubled")]
    return Machine(
        states=["settled", "owed", "lost", "doubled"], initial="settled", transitions=rows, auto_transitions=False
    )


def protocol(name: str, *, looks_at_the_bit: bool = True, overtaking: bool = False, strong: bool = True) -> System:
    """Compose sender, receiver and two channels. Nobody has to accept a message, and no channel has to lose."""
    both = [f"{what}_{bit}" for what in ("send", "receive", "acknowledge", "receive_acknowledgement") for bit in BITS]
    losses = [f"{what}_{bit}" for what in ("lose", "lose_acknowledgement") for bit in BITS]
    arrivals = [trigger for trigger in both if trigger.startswith("receive")]
    way = overtaking_channel if overtaking else channel
    return compose(
        {
            "sender": sender,
            "receiver": partial(receiver, looks_at_the_bit=looks_at_the_bit),
            "there": partial(way, "send", "lose", "receive"),
            "back": partial(way, "acknowledge", "lose_acknowledgement", "receive_acknowledgement"),
            "ledger": ledger,
        },
        name=name,
        observers=["ledger"],
        shared=["accept", "hand_over", *both],
        environment=["accept", *losses],
        fair=["hand_over", *(trigger for trigger in both if not (strong and trigger in arrivals))],
        strong=dict.fromkeys(arrivals, "a channel that loses again and again lets some through") if strong else {},
        meanings=MEANINGS,
    )


SYSTEMS = {
    "alternating-bit": protocol("alternating-bit"),
    "weak": protocol("weak", strong=False),
    "no-bit": protocol("no-bit", looks_at_the_bit=False),
    "overtaking": protocol("overtaking", overtaking=True),
}


def expected(**others: Verdict) -> dict[str, Verdict]:
    """Return that a claim holds in every variant but these."""
    return {name: others.get(name.replace("-", "_"), Verdict.HOLDS) for name in SYSTEMS}


CLAIMS = (
    Claim(
        "nothing-lost",
        "no message is followed by another before it was handed over",
        never("ledger == 'lost'"),
        witness=sometimes("ledger == 'owed' and sender == 'sending_1'"),
        expected=expected(overtaking=Verdict.VIOLATED),
    ),
    Claim(
        "nothing-doubled",
        "no message is handed over twice",
        never("ledger == 'doubled'"),
        witness=sometimes("ledger == 'owed' and sender == 'sending_1'"),
        expected=expected(no_bit=Verdict.VIOLATED, overtaking=Verdict.VIOLATED),
    ),
    Claim(
        "arrives",
        "what was accepted is handed over",
        leads_to("ledger == 'owed'", "ledger == 'settled'"),
        expected=expected(weak=Verdict.VIOLATED, overtaking=Verdict.VIOLATED),
    ),
)
