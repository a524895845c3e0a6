"""From the article to the model: what carries each step of it, or why it is out of scope."""

from __future__ import annotations

from dataclasses import dataclass

from model import VARIANTS
from model.sources import place_in_article


@dataclass(frozen=True)
class Step:
    """One thing that the article says.

    Parameters
    ----------
    place
        Section and step, as the references of rows cite it.
    words
        What it says, in our words.
    switches
        Switches of the configuration that carry it.
    claims
        Properties that carry it, by name.
    out_of_scope
        Why the model leaves it out, if it does.
    """

    place: str
    words: str
    switches: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    out_of_scope: str = ""


STEPS = (
    Step("Symptoms, condition", "it happens after the Intelligent Message Filter is installed", switches=("imf",)),
    Step(
        "Symptoms, first paragraph",
        "messages with a virus or a worm are not got rid of for good; they stay in the local delivery queue until they "
        "time out",
        switches=("expiry",),
        claims=("deleted-leaves-queue", "can-drain", "deletion-settles"),
    ),
    Step("Symptoms, note", "their files stay in the queue's folder", claims=("queued-has-file", "settled-file-goes")),
    Step(
        "Cause, conditions",
        "a scanner that speaks VSAPI 2.5, and the filter; said to be sufficient, not necessary",
        switches=("vsapi", "imf"),
    ),
    Step(
        "Cause, note to the conditions",
        "two more names by which the scanning interface is known",
        out_of_scope="names of the same thing",
    ),
    Step("Cause, step 1", "the server accepts a message and directs it to its recipient"),
    Step("Cause, step 2", "the store receives it and has it scanned"),
    Step(
        "Cause, step 3",
        "if there is a virus or a worm, which the model takes as one, the scanner asks for the message to be deleted",
    ),
    Step("Cause, note to step 3", "that vendors can have messages deleted is new in version 2.5", switches=("vsapi",)),
    Step("Cause, step 4", "the copy is deleted"),
    Step(
        "Cause, after step 4",
        "the original stays queued until the queue is notified of a successful delivery; delivery is tried again and "
        "again, and every attempt ends in a deletion",
        claims=("deleted-at-most-once", "deletes-again", "outage-only-delays"),
    ),
    Step("Resolution, files", "an update replaces Exsmtp.dll, Mdbmsg.dll and Store.exe", switches=("correction",)),
    Step("Resolution, download", "where the update can be had", out_of_scope="says nothing of behaviour"),
    Step(
        "Resolution, prerequisites",
        "the update needs Service Pack 1",
        out_of_scope="the model has no version of the server but with the update and without",
    ),
    Step("Resolution, restart", "the computer need not be restarted", out_of_scope="installing is not modelled"),
    Step("Resolution, replacement", "the update replaces no other", out_of_scope="there is one update in the model"),
    Step(
        "Resolution, service pack",
        "the latest service pack resolves the problem too",
        out_of_scope="the same correction, come by another way",
    ),
)
"""Every step of Symptoms, Cause and Resolution, in the article's order."""


def rows_of(place: str) -> list[str]:
    """Return the rows that cite a place of the article, as text, in the order of the variants.

    Examples
    --------
    >>> rows_of("Cause, step 4")
    ['store: delete, condemned -> deleted']
    """
    found: dict[str, None] = {}
    for system in VARIANTS.values():
        for part in system.parts:
            for row in part.rows:
                if place_in_article(row.reference) == place:
                    found[f"{part.name}: {row.trigger}, {row.source} -> {row.target}"] = None
    return list(found)
