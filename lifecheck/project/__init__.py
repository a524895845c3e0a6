"""What `[tool.lifecheck]` of a project names: its systems, claims and switches."""

from lifecheck.project.loading import load_object, load_project
from lifecheck.project.project import Project
from lifecheck.project.switches import Configure, Switch, SwitchKind

__all__ = [
    "Configure",
    "Project",
    "Switch",
    "SwitchKind",
    "load_object",
    "load_project",
]
