"""What Postfix's and clamd's logs say of the model's variants: which of them could have written them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from lifecheck import System
from lifecheck.replaying import Replay, replay_variants
from lifecheck.statespace import Explorer
from mail.conformance import ANSWERS
from mail.errors import MailError
from model import Acknowledgements, Configuration, Switch, exchange

MAPPINGS = {"Postfix": Path(__file__).with_name("postfix.toml"), "clamd": Path(__file__).with_name("clamd.toml")}
"""How the log of each program is read."""


@cache
def variants(*, losing: bool = False) -> Mapping[str, System]:
    """Return the model of each answer that the small store can give, with expiry.

    Parameters
    ----------
    losing
        Whether replies may be lost.

    Examples
    --------
    >>> list(variants())
    ['unpatched', 'patched', 'consuming', 'bouncing', 'remembering']
    """
    lost = Acknowledgements.LOST_AGAIN if losing else Acknowledgements.KEPT
    return {
        name: exchange(
            Configuration(correction=correction, delivery=delivery, expiry=Switch.ON, acknowledgements=lost), name
        )
        for name, (correction, delivery) in ANSWERS.items()
    }


def judged(log: Path, program: str, *, losing: bool = False, explorer: Explorer | None = None) -> Mapping[str, Replay]:
    """Return for each variant whether it could have written a log.

    Parameters
    ----------
    log
        The log.
    program
        Whose it is: ``Postfix`` or ``clamd``.
    losing
        Whether replies may be lost.
    explorer
        Where what was fired of the model is kept for further logs.
    """
    return replay_variants(variants(losing=losing), log, mapping=MAPPINGS[program], explorer=explorer)


def queued_as(log: Path) -> str:
    """Return what the queue called the message that a client sent, of a log of Postfix: notices have other Message-IDs.

    Raises
    ------
    MailError
        If there is none.
    """
    for line in log.read_text().splitlines():
        if "@client.example>" in line and "message-id=" in line:
            return line.split(": ")[1]
    raise MailError(f"{str(log)!r} tells of no message")
