"""What the end-to-end tests drive the binaries with."""

import sys

# jsonschema would read the grammar of IRIs at its import, for seconds in each worker; no schema here has that format.
sys.modules.setdefault("rfc3987_syntax", None)
