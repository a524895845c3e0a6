"""The command line: finds what to check, checks it, and writes what was found."""
