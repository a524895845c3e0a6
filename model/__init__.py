"""The lifecycle of a message in Exchange Server 2003, as KB883522 describes it: tables of transitions."""

from model.configuration import Configuration
from model.lattice import SWITCHES
from model.switches import (
    AcknowledgedPer,
    Acknowledgements,
    Correction,
    Delivery,
    Fairness,
    Outages,
    Recipients,
    Scanning,
    Slots,
    Switch,
    Vsapi,
)
from model.variants import PATCHED, UNPATCHED, VARIANTS, WITH_VSAPI_2_0, WITHOUT_IMF, configured, exchange

__all__ = [
    "PATCHED",
    "SWITCHES",
    "UNPATCHED",
    "VARIANTS",
    "WITHOUT_IMF",
    "WITH_VSAPI_2_0",
    "AcknowledgedPer",
    "Acknowledgements",
    "Configuration",
    "Correction",
    "Delivery",
    "Fairness",
    "Outages",
    "Recipients",
    "Scanning",
    "Slots",
    "Switch",
    "Vsapi",
    "configured",
    "exchange",
]
