"""The only room that imports `transitions`: reads the machines that people give, and fires them."""

from lifecheck.machines.adapter import Subject, component_of, system_of
from lifecheck.machines.awaiting import is_asynchronous
from lifecheck.machines.component_machine import Live, runs_code
from lifecheck.machines.compose import compose
from lifecheck.machines.configured import machine_of_configuration
from lifecheck.machines.conformance import BLOCKED
from lifecheck.machines.definition import Definition, read_definition
from lifecheck.machines.exploring import Exploration, explore_machine
from lifecheck.machines.hidden_state import remedy_of_hidden
from lifecheck.machines.hierarchy import entered, scopes
from lifecheck.machines.noted import REMEDY_OF_RANDOM, Noted
from lifecheck.machines.observers import check_observers
from lifecheck.machines.recorder import RECORDING_VERSION, Recorder
from lifecheck.machines.recording import record, recording
from lifecheck.machines.run import Run
from lifecheck.machines.sharing import refuse_shared_chains, shared_places
from lifecheck.machines.source import called_after, factory_line, foreign, make, offers_machine
from lifecheck.machines.table import LOCAL_STATE_LIMIT, Table
from lifecheck.machines.table_mode import refuse_beside_guards, table_mode
from lifecheck.machines.tables import Tables
from lifecheck.machines.transition_table import place_of, user_code, written_rows
from lifecheck.machines.undeclared import undeclared_by, with_all_undeclared
from lifecheck.machines.unseen import Read, name_of_code
from lifecheck.machines.unsupported import INSTEAD_OF_FIRING

__all__ = [
    "BLOCKED",
    "INSTEAD_OF_FIRING",
    "LOCAL_STATE_LIMIT",
    "RECORDING_VERSION",
    "REMEDY_OF_RANDOM",
    "Definition",
    "Exploration",
    "Live",
    "Noted",
    "Read",
    "Recorder",
    "Run",
    "Subject",
    "Table",
    "Tables",
    "called_after",
    "check_observers",
    "component_of",
    "compose",
    "entered",
    "explore_machine",
    "factory_line",
    "foreign",
    "is_asynchronous",
    "machine_of_configuration",
    "make",
    "name_of_code",
    "offers_machine",
    "place_of",
    "read_definition",
    "record",
    "recording",
    "refuse_beside_guards",
    "refuse_shared_chains",
    "remedy_of_hidden",
    "runs_code",
    "scopes",
    "shared_places",
    "system_of",
    "table_mode",
    "undeclared_by",
    "user_code",
    "with_all_undeclared",
    "written_rows",
]
