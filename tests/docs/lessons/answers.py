"""Answers to the exercises, right and wrong, each written as what differs from the solution.

The wrong ones are those that students give, and those that a weaker exercise let pass.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SOLUTIONS = Path(__file__).parents[3] / "docs" / "lessons" / "solutions"


@dataclass(frozen=True, eq=False)
class Answer:
    """What stands in place of what in the solution of a lesson, or after it, and a part of the hint, if one is due."""

    lesson: int
    name: str
    changes: Mapping[str, str]
    hint: str = ""
    added: str = ""

    @property
    def text(self) -> str:
        text = (SOLUTIONS / f"lesson_{self.lesson}.py").read_text()
        for right, other in self.changes.items():
            assert text.count(right) == 1, (self, right)
            text = text.replace(right, other)
        return text + self.added

    def __str__(self) -> str:
        return f"{self.lesson}: {self.name}"


SERVER_ENDS = '["bounce", "accepted", "gone"],'
SERVER_REPLIES = '["reply_250", "on_disk", "accepted"],'
RECEIVER_ANSWERS = '["answer", "ignored", "finished"],'
STORE_SETTLES_CLEAN = '["acknowledge", "delivered", "settled"],'
STORE_DELIVERS = '["deliver", "received", "delivered"],'
STORE_SETTLES = '["acknowledge", "suspected", "quarantined"],'
STORE_RELEASES = '["release", "quarantined", "released"],'
STORE_RETRIES = '["abandon_attempt", "suspected", "absent"],'
CONSUMER_REJECTS = '["reject", "failed", "idle"],'
CONSUMER_CLOSES = '["close_channel", "failed", "idle"],'
BROKEN = "office(PERSON_ROWS[:1])  # who is called does not come"
WITNESS = "witness=sometimes(jammed)"

WRONG = [
    # 1: what "delivered" means
    Answer(1, "no way to give up", {SERVER_ENDS: ""}, "a mailbox may be missing"),
    Answer(1, "as handed out", {SERVER_ENDS: '["drop", "accepted", "gone"],'}, "the server gives up alone."),
    Answer(
        1,
        "dropped or bounced",
        {SERVER_ENDS: f'{SERVER_ENDS} ["drop", "accepted", "gone"],'},
        "the server gives up alone.",
    ),
    Answer(
        1,
        "bounced after delivery",
        {SERVER_ENDS: '["bounce", "delivered", "gone"],'},
        "told that a message failed which was delivered",
    ),
    Answer(
        1,
        "bounced, and perhaps delivered",
        {SERVER_ENDS: '["bounce", "accepted", "accepted"],'},
        "told that a message failed which was delivered",
    ),
    Answer(
        1,
        "bounced from the disk",
        {SERVER_ENDS: '["bounce", "on_disk", "gone"],'},
        "told while the client is still responsible",
    ),
    Answer(
        1,
        "bounced from memory",
        {SERVER_ENDS: '["bounce", "in_memory", "gone"],'},
        "told while the client is still responsible",
    ),
    Answer(
        1,
        "bounced in place of delivered",
        {'["deliver", "accepted", "delivered"],': ""},
        "must still be delivered",
    ),
    Answer(
        1,
        "promised from memory",
        {SERVER_REPLIES: '["reply_250", "in_memory", "accepted"],'},
        "promises before the message is on its disk",
    ),
    Answer(1, "no promise", {SERVER_REPLIES: ""}, "the client waits for its 250 in vain"),
    Answer(
        1,
        "kept after the bounce",
        {SERVER_ENDS: '["bounce", "accepted", "on_disk"],'},
        "the server still has it in its hands",
    ),
    Answer(1, "a state that is not there", {SERVER_ENDS: '["bounce", "accepted", "lost"],'}, "'lost'"),
    Answer(1, "no list", {"SERVER_ROWS = [": "ROWS = ["}, "answer.py is to define SERVER_ROWS"),
    # 2: retry without acknowledgement
    Answer(2, "nobody moves", {RECEIVER_ANSWERS: ""}, "now nobody moves at all"),
    Answer(
        2,
        "back to idle without a word",
        {'"reading", "ignored"': '"reading", "idle"', RECEIVER_ANSWERS: ""},
        "now nobody moves at all",
    ),
    Answer(
        2,
        "answered, or called again",
        {RECEIVER_ANSWERS: f'{RECEIVER_ANSWERS} ["call_again", "ignored", "idle"],'},
        "the receiver can still say nothing",
    ),
    Answer(
        2,
        "answered unseen",
        {RECEIVER_ANSWERS: '["answer", "reading", "finished"],'},
        "before anybody has looked",
    ),
    Answer(
        2,
        "nothing is ignored",
        {'["ignore", "reading", "ignored"],': "", RECEIVER_ANSWERS: ""},
        "must still be able to ignore",
    ),
    Answer(
        2,
        "orders unanswered",
        {'["answer", "handled", "finished"],': ""},
        "orders must be handled and answered",
    ),
    Answer(2, "read again", {'"ignored", "finished"': '"ignored", "reading"'}, "the same event twice"),
    # 3: expiry
    Answer(
        3,
        "corrected is corrected",
        {},
        "Hint: deleted-leaves-queue with expiry off: who owes the queue",
        'PREDICTIONS["expiry off"]["deleted-leaves-queue"] = "holds"',
    ),
    Answer(3, "might not is cannot", {}, "Must it be?", 'PREDICTIONS["expiry off"]["can-drain"] = "violated"'),
    Answer(
        3, "nothing is told", {'"no-false-bounce": "vacuous"': '"no-false-bounce": "holds"'}, "where nothing expires"
    ),
    Answer(
        3,
        "the bounce is right",
        {'"no-false-bounce": "violated"': '"no-false-bounce": "holds"'},
        "what does the sender get to read",
    ),
    Answer(
        3, "no dict of dicts", {"PREDICTIONS = {": 'PREDICTIONS = {"a": "holds"} or {'}, 'write "holds", "violated" or'
    ),
    Answer(3, "a list", {"PREDICTIONS = {": "PREDICTIONS = [] and {"}, "answer.py is to define PREDICTIONS"),
    # 4: fairness
    Answer(4, "lamp is strong", {'"lamp": "weak"': '"lamp": "strong"'}, "Hint: lamp: the flickering goes on for ever."),
    Answer(4, "bus is weak", {'"bus": "strong"': '"bus": "weak"'}, "all the time, or again and again?"),
    Answer(4, "key is strong", {'"key": "none helps"': '"key": "strong"'}, "an alphabet without a row"),
    Answer(4, "download is strong", {'"download": "weak"': '"download": "strong"'}, "once begun"),
    Answer(4, "one is missing", {'"bus": "strong",': ""}, "write one of weak, strong, none helps for bus"),
    Answer(4, "a list", {"PREDICTIONS = {": "PREDICTIONS = [] and {"}, "answer.py is to define PREDICTIONS"),
    # 5: lost acknowledgements
    Answer(5, "a step that is blocked", {'"crash",\n': '"reply_250",\n'}, "step 4 cannot be taken: trigger 'give_up_"),
    Answer(
        5,
        "a crash before the work",
        {'"deliver",\n    "crash",': '"crash",'},
        "the count of deliveries is once",
    ),
    Answer(
        5,
        "too long",
        {"RUN: list[str] = [": 'RUN: list[str] = [\n    "send_message",\n    "crash",\n    "give_up_waiting",'},
        "the shortest run takes 6 steps, yours 9",
    ),
    Answer(5, "no such trigger", {'"crash"': '"crush"'}, "step 3 cannot be taken: there is no trigger 'crush'"),
    Answer(5, "no run", {"RUN: list[str]": "TRIGGERS"}, "answer.py is to define RUN"),
    Answer(
        5,
        "a word in place of a list",
        {"RUN: list[str] = [": 'RUN = "send_message" or ['},
        "answer.py is to define RUN",
    ),
    # 6: semantics
    Answer(
        6,
        "never lost",
        {},
        "look at the worker 'remember, work, report'. Put the crash",
        'PREDICTIONS["remember, work, report"]["lost"] = False',
    ),
    Answer(
        6,
        "saved by one step that is the wrong one",
        {},
        "something in the memory that keeps the work",
        'PREDICTIONS["remember and report, work"]["lost"] = False',
    ),
    Answer(
        6,
        "a memory that comes too late",
        {},
        "does anything tell the next attempt",
        'PREDICTIONS["work, report, remember"]["duplicated"] = False',
    ),
    Answer(
        6,
        "one step is not seen",
        {},
        "Does the queue try again",
        'PREDICTIONS["work and report, remember"]["duplicated"] = True',
    ),
    Answer(6, "a word", {}, "write True or False", 'PREDICTIONS["remember, work, report"]["lost"] = "yes"'),
    Answer(
        6,
        "a list",
        {"PREDICTIONS: dict[str, dict[str, bool | None]] = {": "PREDICTIONS = [] and {"},
        "define PREDICTIONS",
    ),
    # 7: corrections
    Answer(7, "no release", {STORE_RELEASES: ""}, "the entry is settled, and the copy is gone for good."),
    Answer(
        7,
        "clean mail queued for ever",
        {STORE_SETTLES_CLEAN: ""},
        "the defect of lesson 2, on clean mail",
    ),
    Answer(
        7,
        "no clean mail at all",
        {STORE_DELIVERS: "", STORE_SETTLES_CLEAN: ""},
        "clean mail is no longer delivered",
    ),
    Answer(
        7,
        "back to received",
        {STORE_SETTLES: '["acknowledge", "suspected", "received"],', STORE_RELEASES: ""},
        "the copy is neither `quarantined` nor `released`",
    ),
    Answer(
        7,
        "released to nowhere",
        {STORE_RELEASES: '["release", "quarantined", "absent"],'},
        "the copy is neither `quarantined` nor `released`",
    ),
    Answer(
        7,
        "delivered from the quarantine",
        {STORE_RELEASES: '["deliver", "quarantined", "delivered"],'},
        "the copy is neither `quarantined` nor `released`",
    ),
    Answer(
        7,
        "released by another trigger",
        {STORE_RELEASES: '["deliver", "quarantined", "released"],'},
        "nobody has taken `release`",
    ),
    Answer(
        7,
        "released while queued",
        {STORE_SETTLES: '["release", "suspected", "released"],', STORE_RELEASES: STORE_RETRIES},
        "its entry may still be tried again",
    ),
    Answer(
        7,
        "the correction of lesson 2",
        {STORE_SETTLES: '["acknowledge", "suspected", "settled"],', STORE_RELEASES: ""},
        "the entry is settled, and the copy is gone for good.",
    ),
    Answer(
        7,
        "settled or retried",
        {STORE_SETTLES: f"{STORE_SETTLES} {STORE_RETRIES}"},
        "what may not happen instead of it?",
    ),
    Answer(
        7,
        "settled unseen",
        {STORE_SETTLES: f'{STORE_SETTLES} ["acknowledge", "received", "delivered"],'},
        "before the scanner has said anything",
    ),
    Answer(
        7,
        "clean mail quarantined",
        {STORE_SETTLES_CLEAN: '["acknowledge", "delivered", "quarantined"],'},
        "vanishes from the mailbox, or is quarantined",
    ),
    Answer(7, "nothing is suspected", {'["suspect", "received", "suspected"],': ""}, "still be able to suspect"),
    # 8: elsewhere
    Answer(8, "swallowed", {CONSUMER_REJECTS: '["acknowledge", "failed", "idle"],'}, "acknowledge what you could not"),
    Answer(8, "silent", {CONSUMER_REJECTS: ""}, "now nothing happens at all"),
    Answer(
        8, "rejected or silent", {CONSUMER_REJECTS: f"{CONSUMER_REJECTS} {CONSUMER_CLOSES}"}, "the message comes back"
    ),
    Answer(8, "never idle again", {CONSUMER_REJECTS: '["reject", "failed", "failed"],'}, "never takes another message"),
    Answer(
        8,
        "rejected unread",
        {CONSUMER_REJECTS: '["reject", "reading", "idle"],'},
        "a good message ends in the dead-letter queue",
    ),
    Answer(
        8,
        "good messages forgotten",
        {'["acknowledge", "handled", "idle"],': ""},
        "handled and acknowledged as before",
    ),
    Answer(
        8,
        "acknowledged on arrival",
        {'["acknowledge", "handled", "idle"],': '["acknowledge", "reading", "idle"],'},
        "acknowledged before it is handled",
    ),
    # 9: a machine of one's own
    Answer(9, "nothing is broken", {"PERSON_ROWS[:1]": "PERSON_ROWS"}, "the same rows as SYSTEM"),
    Answer(9, "vacuous when broken", {"PERSON_ROWS[:1]": "PERSON_ROWS[1:]"}, "in BROKEN the case of the claim never"),
    Answer(9, "two rows gone", {"PERSON_ROWS[:1]": "[]"}, "BROKEN differs from SYSTEM in 2 rows"),
    Answer(
        9,
        "another environment",
        {BROKEN: 'System("office", SYSTEM.components, environment={"print_page", "jam", "clear"})'},
        "not in what is fair or the environment's",
    ),
    Answer(
        9,
        "another alphabet",
        {
            BROKEN: 'System("office", [printer, Component("person", ["elsewhere", "called"], "elsewhere", '
            'PERSON_ROWS[:1], {"jam"})], environment={"print_page", "jam"})'
        },
        "the alphabet of 'person' is another in BROKEN (clear)",
    ),
    Answer(
        9,
        "other components",
        {BROKEN: 'System("office", [printer], environment={"print_page", "jam"})'},
        "not in its components",
    ),
    Answer(
        9,
        "a break that does no harm",
        {BROKEN: 'office([*PERSON_ROWS, Row("jam", "called", "called")])'},
        "the claim does not notice that BROKEN is broken",
    ),
    Answer(9, "an empty witness", {WITNESS: "witness=sometimes(lambda s: True)"}, "before anything has happened"),
    Answer(9, "a witness of the start", {WITNESS: "witness=sometimes(usable)"}, "before anything has happened"),
    Answer(9, "no witness", {WITNESS: "witness=None"}, "give the claim a witness"),
    Answer(9, "no promise", {"    leads_to(jammed, usable)": "    sometimes(usable)"}, "something must come true"),
    Answer(9, "nothing is owed", {'{"print_page", "jam"}': '{"print_page", "jam", "clear"}'}, "it does not hold."),
    Answer(
        9,
        "no such component",
        {'return s.printer == "jammed"': 'return s.copier == "jammed"'},
        "the claim cannot be asked of 'office'",
    ),
]

RIGHT = [
    Answer(1, "dropped, and then told", {SERVER_ENDS: '["drop", "accepted", "gone"], ["bounce", "gone", "gone"],'}),
    Answer(1, "ready for the next", {SERVER_ENDS: '["bounce", "accepted", "empty"],'}),
    Answer(2, "ignored is dealt with", {'"reading", "ignored"': '"reading", "handled"', RECEIVER_ANSWERS: ""}),
    Answer(2, "ignored is dealt with, in one row", {'"reading", "ignored"': '"reading", "handled"'}),
    Answer(2, "ready for the next", {RECEIVER_ANSWERS: '["answer", "ignored", "idle"],'}),
    Answer(7, "delivered stays delivered", {STORE_SETTLES_CLEAN: '["acknowledge", "delivered", "delivered"],'}),
    Answer(
        9,
        "it can always be cleared",
        {"    leads_to(jammed, usable)": "    can_always_reach(usable)", "leads_to, ": "can_always_reach, "},
    ),
    Answer(
        9, "a row that leads elsewhere", {"PERSON_ROWS[:1]": '[Row("jam", "elsewhere", "elsewhere"), PERSON_ROWS[1]]'}
    ),
    Answer(
        9,
        "a machine of the library",
        {
            "from lifecheck import": "from transitions import Machine\n\nfrom lifecheck import component_of,",
            "office(PERSON_ROWS)\n": 'System("kettle", [component_of(kettle, "kettle")], fair={"boil"})\n',
            BROKEN: 'System("kettle", [Component("kettle", ["off", "heating", "done"], "off", '
            '[Row("switch_on", "off", "heating")], {"switch_on", "boil"})], fair={"boil"})',
            "def jammed(s: State)": "def kettle() -> Machine:\n"
            '    rows = [["switch_on", "off", "heating"], ["boil", "heating", "done"]]\n'
            '    states = ["off", "heating", "done"]\n'
            '    return Machine(states=states, initial="off", transitions=rows, auto_transitions=False)\n\n\n'
            "def jammed(s: State)",
            'return s.printer == "jammed"': 'return s.kettle == "heating"',
        },
    ),
]
