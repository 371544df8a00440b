"""`python3 Tests/StandIn` starts the stand-in; `--help` tells the rest."""

import sys

from standin.command_line import main

sys.exit(main())
