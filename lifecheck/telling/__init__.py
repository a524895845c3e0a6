"""Tells results to people, as stories, and to other programs, as Python; writes files whole."""
