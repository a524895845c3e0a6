"""What must hold of the mail system, under which assumptions, and the verdict expected of each variant."""

from properties.claims import CLAIMS, REQUIREMENTS

__all__ = ["CLAIMS", "REQUIREMENTS"]
