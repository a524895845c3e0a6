"""The lifecycle of a message in Exchange Server 2003, as KB883522 describes it: tables of transitions."""

from model.configuration import (
    Acknowledgements,
    Configuration,
    Correction,
    Delivery,
    Fairness,
    Outages,
    Scanning,
    Switch,
    Vsapi,
)
from model.switches import SWITCHES
from model.variants import PATCHED, UNPATCHED, VARIANTS, WITH_VSAPI_2_0, WITHOUT_IMF, configured, exchange

__all__ = [
    "PATCHED",
    "SWITCHES",
    "UNPATCHED",
    "VARIANTS",
    "WITHOUT_IMF",
    "WITH_VSAPI_2_0",
    "Acknowledgements",
    "Configuration",
    "Correction",
    "Delivery",
    "Fairness",
    "Outages",
    "Scanning",
    "Switch",
    "Vsapi",
    "configured",
    "exchange",
]
