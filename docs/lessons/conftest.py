"""Lets pytest run the Python blocks of each lesson, with Sybil."""

from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser

collect_ignore = ["told.py"]  # for cog, which alone can import what it needs

pytest_collect_file = Sybil(parsers=[PythonCodeBlockParser()], pattern="*.md").pytest()
