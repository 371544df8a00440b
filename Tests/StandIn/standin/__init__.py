"""A stand-in for TMDB's API: the routes that tmdb-mcp asks for, in TMDB's shapes, and faults on demand.

It needs Python 3.11 and nothing else, so that `make run` works with no key and no network. Tests use it in the same
process: `with StandIn() as tmdb: ...; tmdb.fault = faults.status(500); ...; tmdb.requests`. README.md tells what the
sample data holds and which faults there are.
"""

from . import faults, plans
from .accounts import OTHER_SESSION, SESSION
from .certificates import NO_AUTHORITIES, Certificates
from .keys import ACCESS_TOKEN, API_KEY, OTHER_ACCESS_TOKEN, OTHER_API_KEY, OTHER_USER_TOKEN, USER_TOKEN
from .proxy import Proxy
from .recordings import Recordings
from .server import Request, StandIn
from .socks import Socks
from .users import marked
from .wire import Answer

__all__ = [
    "ACCESS_TOKEN",
    "API_KEY",
    "Answer",
    "Certificates",
    "NO_AUTHORITIES",
    "OTHER_ACCESS_TOKEN",
    "OTHER_API_KEY",
    "OTHER_SESSION",
    "OTHER_USER_TOKEN",
    "Proxy",
    "Recordings",
    "Request",
    "SESSION",
    "Socks",
    "StandIn",
    "USER_TOKEN",
    "faults",
    "marked",
    "plans",
]
