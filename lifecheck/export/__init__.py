"""The same system, properties and fairness for other checkers: Promela for SPIN, TLA+ for TLC, and JSON."""

from lifecheck.export.description import EXPORT_LIMIT, Description, describe
from lifecheck.export.export import FORMATS, export
from lifecheck.export.tla import tla, tlc_configuration

__all__ = [
    "EXPORT_LIMIT",
    "FORMATS",
    "Description",
    "describe",
    "export",
    "tla",
    "tlc_configuration",
]
