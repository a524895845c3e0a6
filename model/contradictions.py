"""Which switches contradict each other, and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from model.switches import AcknowledgedPer, Correction, Delivery, Fairness, Outages, Recipients

if TYPE_CHECKING:
    from model.configuration import Configuration


def contradictions(configuration: Configuration) -> Iterator[str]:
    """Yield for each contradiction a sentence that names the switches, the reason and the way out.

    Examples
    --------
    >>> from model import Configuration
    >>> list(contradictions(Configuration()))
    []
    """
    correction, delivery = configuration.correction, configuration.delivery
    # a correction beside VSAPI 2.0 is none: the server may have the update, which then never has anything to do
    if correction is not Correction.NONE and not configuration.imf:
        yield (
            f"correction={correction} with imf=off: without the filter nothing is wrong that could be "
            "corrected; leave one of them out"
        )
    if configuration.outages is Outages.AGAIN and not configuration.has_crashes:
        yield "outages=again without a service that crashes; name one, as in smtp_crashes=on"
    if configuration.fairness is Fairness.STRONG and not configuration.is_interrupted:
        yield (
            "fairness=strong without a fault or a limit that interrupts anything: weak fairness says the same; "
            "leave it out"
        )
    if configuration.acknowledged_per is AcknowledgedPer.RECIPIENT:
        if configuration.recipients is Recipients.ONE:
            yield "acknowledged_per=recipient with one recipient: it says the same; set recipients=2 or leave it out"
        if delivery is Delivery.ACKNOWLEDGE_FIRST:
            yield (
                "delivery=acknowledge-first with acknowledged_per=recipient: what is answered before it is looked at "
                "is answered as a whole; leave one of them out"
            )
        if delivery is Delivery.REMEMBERING:
            yield (
                "delivery=remembering with acknowledged_per=recipient: the model's store remembers the message, not "
                "whom it has told the queue of; leave one of them out"
            )
    if delivery is Delivery.ACKNOWLEDGE_FIRST and correction in (Correction.REPORT_CONSUMED, Correction.REPORT_FAILURE):
        yield (
            f"delivery=acknowledge-first with correction={correction}: the queue has forgotten the message when "
            "it is deleted; leave one of them out"
        )
