"""lifecheck: asks whether something in a `transitions` machine can get stuck, be lost or go round for ever."""

import lazy_loader

from lifecheck.version import __version__ as __version__

# each name is imported when it is first asked for, from the room that __init__.pyi says: the command starts at once
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
