"""What `[tool.lifecheck]` of a project names: its systems, claims and switches."""

from lifecheck.project.configuration import KEYS, PROJECT_FILE, find_configuration, project_folder
from lifecheck.project.loading import Subject, load_project, load_subject
from lifecheck.project.machines_of import machines_of
from lifecheck.project.project import SECTION, Project, settings_of
from lifecheck.project.switches import Configure, Switch, SwitchKind
from lifecheck.project.target import FORMS, is_configuration, load_named, module_of, target_of
from lifecheck.project.waiting import within

__all__ = [
    "FORMS",
    "KEYS",
    "PROJECT_FILE",
    "SECTION",
    "Configure",
    "Project",
    "Subject",
    "Switch",
    "SwitchKind",
    "find_configuration",
    "is_configuration",
    "load_named",
    "load_project",
    "load_subject",
    "machines_of",
    "module_of",
    "project_folder",
    "settings_of",
    "target_of",
    "within",
]
