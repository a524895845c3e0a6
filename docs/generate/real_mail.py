"""Writes what real mail programs did into a document: what was recorded of them, beside what the model says of it."""

from __future__ import annotations

import re
from pathlib import Path

import cog

from lifecheck import System
from lifecheck.replaying import ReplayedStep
from mail.conformance import ANSWERS
from mail.judgement import judged, queued_as

LOGS = Path("tests/mail/logs")

SAYS = {
    "unpatched": "small: says nothing",
    "patched": "small: reports success",
    "consuming": "small: reports it as consumed",
    "bouncing": "small: reports a failure",
    "remembering": "small: says nothing, and remembers",
    "dovecot-unpatched": "Dovecot, whose replies are lost",
    "dovecot-patched": "Dovecot",
}
"""What the store of each recorded run says of what it deletes."""


def recorded(name: str, command: str) -> None:
    """Write a command and what it printed when it was recorded, as a console block."""
    cog.outl(f"\n```console\n$ {command}\n{(LOGS / f'{name}.txt').read_text()}```\n")


def runs() -> None:
    """Write a table of the recorded runs: what became of the infected message, and whose log it could be."""
    cog.outl("\n| the store | attempts | deleted | how it left the queue | its log could be of |")
    cog.outl("|---|--:|--:|---|---|")
    for name, says in SAYS.items():
        log = LOGS / f"{name}.log"
        fates = re.findall(r"to=<bob@.*relay=127.*status=(\w+)", log.read_text())
        found = (LOGS / f"{name}-clamd.log").read_text().count("FOUND")
        expired = "returned to sender" in log.read_text()
        left = "expired, and the sender was told" if expired else _LEFT[fates[-1]]
        could = [variant for variant, one in judged(log, "Postfix").items() if one]
        told = "any of the five" if len(could) == len(ANSWERS) else ", ".join(could)
        cog.outl(f"| {says} | {len(fates)} | {found} | {left} | {told} |")
    cog.outl("")


_LEFT = {"sent": "settled", "bounced": "settled, and the sender was told"}


def beside_the_story(name: str, variant: str) -> None:
    """Write a table of a recorded log's lines beside the steps of the model that explain them."""
    log = LOGS / f"{name}.log"
    lines = log.read_text().splitlines()
    answer = judged(log, "Postfix")[variant].group_of(queued_as(log)).answer
    shown = {step.line: step.trigger for step in answer.steps if step.line is not None}
    cog.outl("\n| | what Postfix wrote | what the model says |\n|--:|---|---|")
    steps = iter(answer.steps)
    for number, line in enumerate(lines, start=1):
        if number in shown:
            for step in steps:
                at = number if step.line == number else ""
                written = f"`{_without_head(line)}`" if step.line == number else ""
                cog.outl(f"| {at} | {written} | {_meaning(answer.system, step)} |")
                if step.line == number:
                    break
    cog.outl("")


def _without_head(line: str) -> str:
    """Return a line without what is in each: when, where, and by which process; and without what leads too far."""
    text = re.sub(r"^\w+ +\d+ [\d:]+ mail postfix/(\w+)\[\d+\]: ", r"\1: ", line)
    text = re.sub(r"relay=.*?, (delay=.*?, dsn=.*?), ", "", text)
    return text.replace("|", "\\|")


def _meaning(system: System, step: ReplayedStep) -> str:
    silent = "" if step.line is not None else " *(silent)*"
    return f"**{step.trigger}**{silent}: {system.meanings[step.trigger]}"


def left_out(name: str) -> None:
    """Write how many lines a recorded log has that tell nothing of the model, and what kinds they are."""
    text = (LOGS / f"{name}.log").read_text()
    kinds = {
        "sessions that begin and end": r"smtpd\[\d+\]: (dis)?connect|client=",
        "an entry that is looked at": r"queue active",
        "an entry that is put aside, as no attempt was asked for": r"deferred transport",
        "that a notice goes out, which is a message of its own": r"non-delivery notification",
    }
    for kind, pattern in kinds.items():
        count = sum(bool(re.search(pattern, line)) for line in text.splitlines())
        cog.outl(f"* {kind}: {count}")
