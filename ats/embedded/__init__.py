"""A real PostgreSQL and a real Valkey from wheels, on a machine that has neither.

Of the wheels only the programs are used, as children in the foreground that end with their
owner. Both listen on 127.0.0.1 with a port and a password that are new at every start: unlike
a socket in a folder this works whatever the folder's path, length and owner.
"""

from ats.embedded.common import ServiceError
from ats.embedded.services import Services, forget

__all__ = ["ServiceError", "Services", "forget"]
