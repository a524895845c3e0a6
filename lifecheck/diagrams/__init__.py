"""Pictures of components, lifecycles, state spaces, runs and verdicts, as DOT, Mermaid and SVG."""

from lifecheck.diagrams.boxes import Arrow, Box, box_id, boxes_diagram
from lifecheck.diagrams.component import component_diagram
from lifecheck.diagrams.counterexample import counterexample_diagram
from lifecheck.diagrams.diagram import Diagram, hash_in_svg
from lifecheck.diagrams.drawing import draw, form_of
from lifecheck.diagrams.explanation import explanation_diagram
from lifecheck.diagrams.lifecycle import lifecycle_diagram
from lifecheck.diagrams.lifecycle_dot import place_id
from lifecheck.diagrams.matrix import matrix_diagram
from lifecheck.diagrams.pair import pair_diagram
from lifecheck.diagrams.rendering import can_render
from lifecheck.diagrams.sequence import run_diagram, sequence_diagram
from lifecheck.diagrams.state_space import state_space_diagram
from lifecheck.diagrams.text import listed, visible
from lifecheck.diagrams.writing import write_diagrams

__all__ = [
    "Arrow",
    "Box",
    "Diagram",
    "box_id",
    "boxes_diagram",
    "can_render",
    "component_diagram",
    "counterexample_diagram",
    "draw",
    "explanation_diagram",
    "form_of",
    "hash_in_svg",
    "lifecycle_diagram",
    "listed",
    "matrix_diagram",
    "pair_diagram",
    "place_id",
    "run_diagram",
    "sequence_diagram",
    "state_space_diagram",
    "visible",
    "write_diagrams",
]
