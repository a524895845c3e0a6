"""Which version this is; what a package is built as."""

__version__ = "0.2.0"
