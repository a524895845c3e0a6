"""The model and the real programs side by side: each trigger is done on both, and what can be seen must agree.

Postfix does in one go what are several triggers of the model, and so it is done here: an entry that is settled has lost
its file; Postfix, restarted, queues again what it finds on disk; and an overdue entry that was under way when Postfix
crashed is looked at when it comes back, and expires. The attempts are asked for, the crashes are killings, the age is
`postsuper -e`, and the loss is the line's.
"""

from __future__ import annotations

from collections.abc import Mapping

from lifecheck import Run, System
from mail.errors import MailError
from mail.folder import wait_for
from mail.instance import Instance
from model import Acknowledgements, Configuration, Correction, Delivery, Outages, Switch, exchange

ANSWERS: Mapping[str, tuple[Correction, Delivery]] = {
    "unpatched": (Correction.NONE, Delivery.ACKNOWLEDGE_AFTER),
    "patched": (Correction.REPORT_SUCCESS, Delivery.ACKNOWLEDGE_AFTER),
    "consuming": (Correction.REPORT_CONSUMED, Delivery.ACKNOWLEDGE_AFTER),
    "bouncing": (Correction.REPORT_FAILURE, Delivery.ACKNOWLEDGE_AFTER),
    "remembering": (Correction.NONE, Delivery.REMEMBERING),
}
"""What the switches of the model are for each answer that the small store can give."""

SETTLED = ("removed", "discarded", "expired")

_SETTLES = {"acknowledge", "report_consumed", "report_failure", "expire"}
_STORE_GOES_ON = {"begin_scan", "recognise", "find_clean", "request_deletion", "delete", "deliver"}
_REPORTS = {"acknowledge", "report_consumed", "report_failure"}
_IN_WORK = ("received", "recognised", "scanning", "passed", "condemned")
_COUNTS = ("none", "once", "again")
_PLACES = {"active": "delivering", "incoming": "delivering", "deferred": "queued"}


def with_everything(variant: str) -> System:
    """Return the model of a variant with all that can go wrong: expiry, losses, and crashes again and again.

    Examples
    --------
    >>> len(with_everything("patched").components)
    11
    """
    correction, delivery = ANSWERS[variant]
    return exchange(
        Configuration(
            correction=correction,
            delivery=delivery,
            expiry=Switch.ON,
            acknowledgements=Acknowledgements.LOST_AGAIN,
            smtp_crashes=Switch.ON,
            store_crashes=Switch.ON,
            scanner_crashes=Switch.ON,
            outages=Outages.AGAIN,
        ),
        f"{variant}, with everything",
    )


class DifferenceError(AssertionError):
    """The real programs did what the model does not say, or did not do what it says."""


class Conformance:
    """One message after the other, on the model and on the real programs.

    Parameters
    ----------
    instance
        The programs, whose store waits before each step.
    system
        The model.
    """

    def __init__(self, instance: Instance, system: System) -> None:
        self._real = instance
        self._system = system
        self._proxy, self._postfix = instance.line, instance.postfix
        self._store, self._clamd = instance.small_store, instance.clamd
        self.steps: list[str] = []
        self.next_message()

    def next_message(self) -> None:
        """Begin with another message; every service is up."""
        self.run = Run(self._system)
        self._message = self._queued = ""
        self._expires = False

    @property
    def is_settled(self) -> bool:
        """Whether the message has left the queue, and every service is up."""
        services = ("smtp_service", "store_service", "scanner_service")
        return self._model("queue") in SETTLED and all(self._model(service) == "up" for service in services)

    def possible(self) -> tuple[str, ...]:
        """Return the triggers that the model allows now."""
        return self.run.possible()

    def take(self, trigger: str) -> None:
        """Do a trigger on both, and compare what can be seen.

        Raises
        ------
        DifferenceError
            Tells what was seen, what the model says, and every trigger until then.
        """
        self.steps.append(trigger)
        before = self._model("store")
        try:
            told = self._do(trigger, before)
        except MailError as error:
            raise DifferenceError(self._told(f"the programs do not do it: {error}")) from error
        self.run.trigger(trigger)
        if told is not None and told != self._model("store"):
            raise DifferenceError(self._told(f"the store is {told}, the model's is {self._model('store')}"))
        self._take_what_comes_with(trigger)
        self._compare()

    def _do(self, trigger: str, before: str) -> str | None:
        """Do a trigger on the programs; return the state that the store tells of, if it tells any."""
        if trigger in ("accept_clean_message", "accept_infected_message"):
            self._message, self._queued = self._real.accept(infected=trigger == "accept_infected_message")
        elif trigger == "attempt_delivery":
            self._postfix.attempt(self._queued)
            return self._store.next()["state"]
        elif trigger in _STORE_GOES_ON:
            self._store.let_on()
            return self._store.next()["state"]
        elif trigger in _REPORTS:
            self._answered()
            self._postfix.wait_until_gone(self._queued)
            return "settled"
        elif trigger == "lose_acknowledgement":
            lost = self._proxy.lost
            self._proxy.loses = True
            self._answered()
            wait_for("the reply to be lost", lambda: self._proxy.lost > lost)
            self._proxy.loses = False
        elif trigger == "abandon_attempt":
            return self._abandoned(before)
        else:
            self._do_to_a_service(trigger, before)
        return None

    def _do_to_a_service(self, trigger: str, before: str) -> None:
        if trigger == "grow_old":
            self._postfix.age(self._queued)
        elif trigger == "expire":
            self._postfix.look_through()
            self._postfix.wait_until_gone(self._queued)
        elif trigger == "crash_smtp":
            self._postfix.crash()
        elif trigger == "restart_smtp":
            self._restart_smtp(before)
        elif trigger == "crash_store":
            self._store.crash()
        elif trigger == "restart_store":
            self._store.start()
        elif trigger == "crash_scanner":
            self._clamd.crash()
            if before == "scanning":  # it notices, and has the copy scanned again
                self._store.let_on()
                if (told := self._store.next()["state"]) != "received":
                    raise DifferenceError(self._told(f"the scanner is gone, and the store is {told}"))
        elif trigger == "restart_scanner":
            self._clamd.start()
        else:
            raise DifferenceError(self._told("nobody knows how to do this to the programs"))

    def _answered(self) -> None:
        """Have the store answer."""
        self._store.let_on()
        if not self._store.next().get("answer"):
            raise DifferenceError(self._told("the store says nothing"))

    def _abandoned(self, before: str) -> str | None:
        """Hang up, as the queue hears nothing; where the store owes an answer, it is asked for it first."""
        told = None
        if before == "deleted":
            self._store.let_on()
            said = self._store.next()
            if said.get("answer"):
                raise DifferenceError(self._told(f"the store answers {said['answer']}"))
            told = said["state"]
        self._proxy.drop()
        self._postfix.wait_until_deferred(self._queued)
        return told

    def _forget(self, before: str) -> None:
        """Have the store drop its copy, if it is up and has one."""
        if before in (*_IN_WORK, "delivered", "deleted") and self._model("store_service") == "up":
            self._store.let_on("forget")
            self._store.next()

    def _restart_smtp(self, before: str) -> None:
        """Start Postfix, which finds the file of the message if it had one, and knows nothing of an attempt."""
        if self._model("queue_file") != "forgotten":
            self._postfix.start()
            return
        self._forget(before)
        self._proxy.drop()
        entry = self._postfix.entry(self._queued)
        is_looked_at = entry is not None and entry.place != "deferred"
        self._postfix.start()
        self._expires = is_looked_at and self._model("age") == "overdue"
        if self._expires:
            self._postfix.wait_until_gone(self._queued)
        else:
            self._postfix.wait_until_deferred(self._queued)

    def _take_what_comes_with(self, trigger: str) -> None:
        """Take the triggers of the model that Postfix does in one go with what was done."""
        if trigger == "restart_smtp" and self._model("queue_file") == "forgotten":
            self.run.trigger("rebuild_queue")
            if self._expires:
                self.run.trigger("expire")
                trigger = "expire"
        if trigger in _SETTLES:
            self.run.trigger("remove_file")

    def _compare(self) -> None:
        expected = {name: self._model(name) for name in ("queue", "queue_file", "deletions", "deliveries", "sender")}
        if expected["queue_file"] == "forgotten":  # by the service, which is down; it is on disk all the while
            expected["queue_file"] = "present"
        seen = {
            "queue": self._seen_queue(),
            "queue_file": "present" if self._queued and self._postfix.has_file(self._queued) else "absent",
            "deletions": _COUNTS[min(self._store.deletions(self._message), 2)],
            "deliveries": _COUNTS[min(self._store.deliveries(self._message), 2)],
            "sender": self._seen_sender(expected["sender"]),
        }
        if self._model("store_service") == "up":
            expected["copy"] = str(int(self._model("store") in _IN_WORK))
            seen["copy"] = str(self._store.copies())
        for name, value in seen.items():
            if value != expected[name]:
                raise DifferenceError(self._told(f"{name} is {value}, the model says {expected[name]}"))
        if self._model("store_service") == "up" and self._store.has_told():
            raise DifferenceError(self._told(f"the store goes on by itself: {self._store.next()}"))

    def _seen_queue(self) -> str:
        if not self._queued:
            return "empty"
        entry = self._postfix.entry(self._queued)
        if entry is not None:
            return _PLACES[entry.place]
        fate = self._postfix.fate(self._queued)
        if "returned to sender" in fate:
            return "expired"
        return "discarded" if "reported as consumed" in fate else "removed"

    def _seen_sender(self, expected: str) -> str:
        if not self._message:
            return "unaware"
        if expected == "bounced":  # the notice is mail, and under way
            self._real.notices(self._message, at_least=1)
        return "bounced" if self._real.notices(self._message) else "unaware"

    def _model(self, component: str) -> str:
        """Return the state of a component of the model, as text: not every variant has every state, or component."""
        known = {part.name for part in self._system.parts}
        if component not in known:
            return "up" if component.endswith("_service") else ""
        return str(getattr(self.run.state, component))

    def _told(self, difference: str) -> str:
        return f"{self._system.name}: {difference}, after {', '.join(self.steps)}"

    def reset(self) -> None:
        """Bring the programs back to where every service is up and no message is about."""
        self._proxy.loses = False
        self._proxy.drop()
        self._store.crash()
        self._store.start()
        if self._model("scanner_service") == "down":
            self._clamd.start()
        if self._model("smtp_service") == "down":
            self._postfix.start()
        self._postfix.forget_all()
