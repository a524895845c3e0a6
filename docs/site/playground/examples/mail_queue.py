# A queue that delivers again until it hears of it, and a store that says nothing when it deletes.
# Put the row that is commented in for the one below it, and check again.
from transitions import Machine

from lifecheck import Claim, compose, leads_to, never, sometimes


def queue():
    rows = [
        ["deliver", "queued", "waiting"],
        ["acknowledge", "waiting", "done"],
        ["give_up", "waiting", "queued"],
    ]
    return Machine(states=["queued", "waiting", "done"], initial="queued", transitions=rows, auto_transitions=False)


def store():
    rows = [
        ["deliver", "empty", "received"],
        ["find_clean", "received", "kept"],
        ["find_virus", "received", "deleted"],
        ["acknowledge", "kept", "kept"],
        # ["acknowledge", "deleted", "deleted"],
        ["give_up", "deleted", "empty"],
    ]
    return Machine(
        states=["empty", "received", "kept", "deleted"], initial="empty", transitions=rows, auto_transitions=False
    )


SYSTEM = compose(
    {"queue": queue, "store": store},
    name="mail",
    shared=["deliver", "acknowledge", "give_up"],
    alphabets={"store": ["deliver", "find_clean", "find_virus", "acknowledge", "give_up"]},  # no row: it blocks
    environment=["find_virus"],
    fair=["deliver", "find_clean", "acknowledge", "give_up"],
    meanings={
        "deliver": "The queue hands a copy to the store.",
        "find_clean": "The scanner finds nothing.",
        "find_virus": "The scanner finds a virus, and the store deletes the copy.",
        "acknowledge": "The store answers the queue.",
        "give_up": "The queue, unanswered, will try again.",
    },
)

CLAIMS = [
    Claim(
        "settles",
        "what was deleted leaves the queue",
        leads_to("store == 'deleted'", "queue == 'done'"),
        witness=sometimes("store == 'deleted'"),
    ),
    Claim("keeps", "nothing is done that was not kept", never("queue == 'done' and store == 'empty'")),
]
