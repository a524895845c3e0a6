"""Reads the machines that people give, and fires them: nothing here knows of systems or properties."""
