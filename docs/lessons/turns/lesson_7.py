"""Lesson 7, to be played: corrections compared, and the honest cost."""

from __future__ import annotations

from transitions import Machine

from docs.lessons.exercises.lesson_7 import machine
from lifecheck import (
    State,
    System,
    always,
    component_of,
    leads_to,
    never,
    sometimes,
)
from lifecheck.lessons import (
    Adversary,
    Choice,
    Designer,
    Lesson,
    Prediction,
    Question,
    Requirement,
    steps,
    verdicts,
)
from lifecheck.system import counter


def queue() -> Machine:
    return Machine(
        states=["queued", "delivering", "removed"],
        initial="queued",
        transitions=[
            ["attempt_delivery", "queued", "delivering"],
            ["acknowledge", "delivering", "removed"],
            ["abandon_attempt", "delivering", "queued"],
        ],
        auto_transitions=False,
    )


def signatures() -> Machine:
    return Machine(
        states=["mistaken", "updated"],
        initial="mistaken",
        transitions=[
            ["delete", "mistaken", "mistaken"],
            ["update_signatures", "mistaken", "updated"],
            ["deliver", "updated", "updated"],
        ],
        auto_transitions=False,
    )


def store() -> Machine:
    return Machine(
        states=["absent", "received", "delivered", "deleted", "settled"],
        initial="absent",
        transitions=[
            ["attempt_delivery", "absent", "received"],
            ["deliver", "received", "delivered"],
            ["acknowledge", "delivered", "settled"],
            ["delete", "received", "deleted"],
            ["abandon_attempt", "deleted", "absent"],
        ],
        auto_transitions=False,
    )


def corrected_store() -> Machine:
    machine = store()
    machine.remove_transition("abandon_attempt")
    machine.add_transition("acknowledge", "deleted", "settled")
    return machine


MEANINGS = {
    "attempt_delivery": "The queue hands a copy of the message to the store.",
    "deliver": "The scanner finds nothing, and the store delivers the copy.",
    "delete": "The scanner takes the message for a virus, and the store deletes the copy.",
    "acknowledge": "The store reports success, and the queue removes its entry.",
    "abandon_attempt": "The queue, unanswered, gives up on this attempt and keeps its entry.",
    "update_signatures": "The scanner learns that the message is harmless.",
}


def system(store: Machine) -> System:
    """Return the queue and the scanner's signatures with a store."""
    alphabet = {
        "attempt_delivery",
        "deliver",
        "delete",
        "acknowledge",
        "abandon_attempt",
    }
    return System(
        "mail",
        [
            component_of(queue(), "queue"),
            component_of(store, "store", alphabet=alphabet),
            component_of(signatures(), "signatures"),
        ],
        observers=[counter("delete", name="deletions", most=1)],
        environment={"update_signatures"},
        meanings=MEANINGS,
    )


def delivered_after_all(s: State) -> bool:
    """What was deleted by mistake is delivered."""
    return s.deletions != "0" and s.store == "delivered"


SECOND_CHANCE = sometimes(delivered_after_all)

CHANCES = Prediction(
    "A harmless message looks like a virus until the signatures are updated. Can it still be delivered after it was "
    "once deleted by mistake: as shipped, and with the correction of lesson 2 (acknowledge, deleted -> settled)?",
    [
        Question(system(store()), SECOND_CHANCE, "delivered after all, as shipped"),
        Question(
            system(corrected_store()), SECOND_CHANCE, "delivered after all, corrected"
        ),
    ],
    [
        Choice(
            "as shipped yes, corrected yes",
            verdicts("holds", "holds"),
            "What is settled does not come back: nobody tries it again.",
        ),
        Choice(
            "as shipped yes, corrected no",
            verdicts("holds", "violated"),
            "The endless retry that we called a defect is, once in a while, a rescue. That is the honest cost of the "
            "correction: no second chance.",
        ),
        Choice(
            "as shipped no, corrected yes",
            verdicts("violated", "holds"),
            "Look who still has the original: in the queue it stays only as shipped.",
        ),
        Choice(
            "as shipped no, corrected no",
            verdicts("violated", "violated"),
            "The copy is gone, but the original waits in the queue, and is tried again.",
        ),
    ],
    shows_run=False,  # the next one asks how long it is
)

RESCUE = Prediction(
    "How many steps does the shortest rescue take, as shipped?",
    [Question(system(store()), SECOND_CHANCE, "delivered after all, as shipped")],
    [
        Choice(
            "4: attempt, delete, update, deliver",
            steps(4),
            "What was deleted is no copy any more: there has to be a second attempt.",
        ),
        Choice(
            "6: attempt, delete, abandon, attempt, update, deliver",
            steps(6),
            "The second attempt brings a new copy, and by then the scanner knows better.",
        ),
        Choice(
            "7: the queue also has to be answered",
            steps(7),
            "Delivered is delivered; that the queue hears of it comes after.",
        ),
    ],
)


def known_to_be_harmless(s: State) -> bool:
    """The scanner knows that the message is harmless."""
    return s.signatures == "updated"


def has_arrived(s: State) -> bool:
    """The message is in the mailbox."""
    return s.store in {"delivered", "settled"} and s.deletions == "0"


ADVERSARY = Adversary(
    "The store is corrected: after a deletion it answers. Show its price: let the scanner learn that the message is "
    "harmless, and yet nobody ever gets it. You choose when the signatures are updated.",
    system(corrected_store()),
    leads_to(known_to_be_harmless, has_arrived),
    machines=[queue, signatures, store, corrected_store],
)

AS_HANDED_OUT = [
    ["attempt_delivery", "absent", "received"],
    ["deliver", "received", "delivered"],
    ["acknowledge", "delivered", "settled"],
    ["suspect", "received", "suspected"],
    ["abandon_attempt", "suspected", "absent"],
]


def suspected(s: State) -> bool:
    """The message was suspected."""
    return s.suspicions != "0"


def settled(s: State) -> bool:
    """The queue has removed its entry."""
    return s.queue == "removed"


def arrived(s: State) -> bool:
    """The message was delivered, at once or out of the quarantine."""
    return s.arrivals != "0"


def arrived_again(s: State) -> bool:
    """The message arrived twice."""
    return s.arrivals == "2 or more"


def arrived_unsuspected(s: State) -> bool:
    """The message arrived, and was never suspected."""
    return arrived(s) and not suspected(s)


def arrived_after_suspicion(s: State) -> bool:
    """The message arrived though it was suspected."""
    return arrived(s) and suspected(s)


def settled_after_suspicion(s: State) -> bool:
    """The entry of a suspected message is settled."""
    return settled(s) and suspected(s)


def released_too_early(s: State) -> bool:
    """A copy was released while its entry is queued."""
    return s.releases != "0" and not settled(s)


def released_unasked(s: State) -> bool:
    """The copy is out of the quarantine, and nobody released it."""
    return s.store == "released" and s.releases == "0"


def queued(s: State) -> bool:
    """The queue has its entry."""
    return s.queue != "removed"


def settled_unseen(s: State) -> bool:
    """The entry is settled, and the scanner has said nothing."""
    return settled(s) and not suspected(s) and not arrived(s)


def settled_and_harmless(s: State) -> bool:
    """The scanner knows better about a message that it suspected."""
    return settled_after_suspicion(s) and s.signatures == "updated"


def in_the_mailbox(s: State) -> bool:
    """The store has the message as delivered."""
    return s.store in {"delivered", "settled"}


def kept(s: State) -> bool:
    """The copy is in the quarantine, or was released."""
    return s.store in {"quarantined", "released"}


def released(s: State) -> bool:
    """The copy was released."""
    return s.store == "released"


DESIGNER = Designer(
    "Have both, a queue that drains and a second chance. The scanner suspects a message, rightly or not; as it is, the "
    "store lets the queue try again and again. Change the rows so that the entry is settled and the copy is put into "
    "quarantined, from where release takes it to released once the scanner knows better. What is never suspected is "
    "delivered as before. It takes two rows: write a comma between them.",
    "store",
    AS_HANDED_OUT,
    machine.system,
    [
        Requirement(
            "the scanner can still suspect",
            sometimes(suspected),
            "the scanner must still be able to suspect a message.",
        ),
        Requirement(
            "clean mail is still delivered",
            sometimes(arrived_unsuspected),
            "clean mail is no longer delivered; leave the rows for it as they were.",
        ),
        Requirement(
            "clean mail stays in the mailbox",
            always(in_the_mailbox, given=arrived_unsuspected),
            "clean mail that was delivered vanishes from the mailbox, or is quarantined.",
        ),
        Requirement(
            "nothing is settled unseen",
            never(settled_unseen),
            "an entry is settled before the scanner has said anything about its message.",
        ),
        Requirement(
            "nothing is released that is still queued",
            never(released_too_early),
            "a copy is released while its entry may still be tried again. Settle it first.",
        ),
        Requirement(
            "a suspected message leaves the queue",
            leads_to(suspected, settled),
            "there is a run in which the store says nothing, and the queue tries again. What must the store say, and "
            "what may not happen instead of it?",
            stays="the queue waits for an answer, and nobody owes us an update. What must the store say, and when?",
        ),
        Requirement(
            "what was delivered leaves the queue",
            leads_to(arrived, settled),
            "a message was delivered, and its entry stays in the queue: this is the defect of lesson 2, on clean "
            "mail. Which row told the queue?",
        ),
        Requirement(
            "every message leaves the queue",
            leads_to(queued, settled),
            "a message stays in the queue, or comes back to it again and again; every attempt needs its answer.",
        ),
        Requirement(
            "a suspected message may yet arrive",
            sometimes(arrived_after_suspicion),
            "the entry is settled, and the copy is gone for good. Keep it, and let `release` take it out.",
        ),
        Requirement(
            "a suspected message is kept",
            always(kept, given=settled_after_suspicion),
            "the entry is settled, and the copy is neither `quarantined` nor `released`. Where has it gone?",
        ),
        Requirement(
            "nothing leaves the quarantine by itself",
            never(released_unasked),
            "the copy is `released`, and nobody has taken `release`: the scanner did not say that it is harmless.",
        ),
        Requirement(
            "what turns out to be harmless is released",
            leads_to(settled_and_harmless, released),
            "the scanner knows better, and the copy is not released. Where does it wait, and which row lets it out?",
        ),
        Requirement(
            "nothing arrives twice", never(arrived_again), "the message arrives twice."
        ),
    ],
    answer="docs/lessons/exercises/lesson_7/answer.py:STORE_ROWS",
    machines=[machine.queue, machine.signatures],
)

LESSON = Lesson(
    "lesson-7",
    "Corrections compared, and the honest cost",
    "A correction that makes every test pass still has a price. If you cannot name it, you have not looked.",
    [queue, signatures, store],
    system(store()),
    predictions=[CHANCES, RESCUE],
    adversary=ADVERSARY,
    designer=DESIGNER,
    page="docs/lessons/7-corrections.md",
)
