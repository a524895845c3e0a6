"""Pictures of components, of a whole lifecycle and of counterexamples, as DOT, Mermaid and SVG."""

from lifecheck.diagrams.component import component_diagram
from lifecheck.diagrams.counterexample import counterexample_diagram
from lifecheck.diagrams.diagram import Diagram, hash_in_svg
from lifecheck.diagrams.lifecycle import lifecycle_diagram
from lifecheck.diagrams.writing import write_diagrams

__all__ = [
    "Diagram",
    "component_diagram",
    "counterexample_diagram",
    "hash_in_svg",
    "lifecycle_diagram",
    "write_diagrams",
]
