"""Tells one story on two variants of a system: what they share, where they part, and how each ends."""
