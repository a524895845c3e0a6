"""The kinds of switch that the model has, each with the values it can take."""

from __future__ import annotations

from enum import StrEnum


class Switch(StrEnum):
    """Something that is there or not."""

    OFF = "off"
    ON = "on"

    def __bool__(self) -> bool:
        return self is Switch.ON


class Vsapi(StrEnum):
    """Version of the Virus Scanning API that the scanner speaks."""

    V2_0 = "2.0"
    V2_5 = "2.5"


class Correction(StrEnum):
    """What the store tells the queue of a copy that it deleted."""

    NONE = "none"
    REPORT_SUCCESS = "report-success"
    REPORT_CONSUMED = "report-consumed"
    REPORT_FAILURE = "report-failure"


class Acknowledgements(StrEnum):
    """What may become of the store's reports."""

    KEPT = "kept"
    LOST_ONCE = "lost-once"
    LOST_AGAIN = "lost-again"


class Scanning(StrEnum):
    """What becomes of a copy while the scanner is unavailable, if it ever is."""

    RELIABLE = "reliable"
    FAILS_CLOSED = "fails-closed"
    FAILS_OPEN = "fails-open"


class Delivery(StrEnum):
    """When the store reports a copy: after it has dealt with it, at once, or by what it remembers."""

    ACKNOWLEDGE_AFTER = "acknowledge-after"
    ACKNOWLEDGE_FIRST = "acknowledge-first"
    REMEMBERING = "remembering"


class Recipients(StrEnum):
    """How many recipients the message has."""

    ONE = "1"
    TWO = "2"
    THREE = "3"


class AcknowledgedPer(StrEnum):
    """What a report is about: the message as a whole, or each recipient of it."""

    MESSAGE = "message"
    RECIPIENT = "recipient"


class Slots(StrEnum):
    """How many deliveries to the store can be under way at a time."""

    UNLIMITED = "unlimited"
    ONE = "1"
    TWO = "2"
    THREE = "3"
    FOUR = "4"


class Outages(StrEnum):
    """How many crashes there are in all, of the services that may crash."""

    ONCE = "once"
    AGAIN = "again"


class Fairness(StrEnum):
    """What a step is owed that faults interrupt: possible now and then, but not all the time."""

    WEAK = "weak"
    STRONG = "strong"
