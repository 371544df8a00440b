"""A stand-in for TMDB's API: the few routes that tmdb-mcp asks for, in TMDB's shapes, and faults on demand.

It needs Python 3.11 and nothing else, so that `make run` works with no key and no network. Tests use it in the same
process: `with StandIn() as tmdb: ...; tmdb.fault = faults.status(500); ...; tmdb.requests`.
"""

from . import faults
from .certificates import Certificates
from .proxy import Proxy
from .recordings import Recordings
from .routes import ACCESS_TOKEN, API_KEY
from .server import Request, StandIn
from .wire import Answer

__all__ = [
    "ACCESS_TOKEN",
    "API_KEY",
    "Answer",
    "Certificates",
    "Proxy",
    "Recordings",
    "Request",
    "StandIn",
    "faults",
]
