"""The apt repository as a maintainer signs it, and as a machine comes to know it."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from places import RELEASE, project, run

PASSPHRASE = "a passphrase of a test"


class Key:
    """A key of OpenPGP, its secret part in a file as a maintainer has it."""

    def __init__(self, folder: Path) -> None:
        self.secret, self.public = folder / "secret.asc", folder / "public.asc"
        # Below /tmp, since a path to a socket may not be long.
        with tempfile.TemporaryDirectory(dir="/tmp") as home:
            # Not as slow as this machine can bear to make it.
            Path(home, "gpg-agent.conf").write_text("s2k-count 65536\n")
            gpg = ["gpg", "--homedir", home, "--batch", "--pinentry-mode", "loopback", "--passphrase", PASSPHRASE]
            run(*gpg, "--quick-generate-key", "a test <test@example.invalid>", "ed25519", "sign", "never")
            run(*gpg, "--armor", "--export-secret-keys", "--output", self.secret)
            run(*gpg, "--armor", "--export", "--output", self.public)
            run("gpgconf", "--homedir", home, "--kill", "all")


def sign(to: Path, **variables: str | Path) -> subprocess.CompletedProcess[str]:
    settings = {name: str(value) for name, value in variables.items()}
    return run(RELEASE / "apt", ok=False, env={"PATH": os.environ["PATH"], "TO": str(to), **settings})


def add(debian: Path, repository: Path, url: str) -> None:
    """What a person does: puts the one file into its place. Debian's own sources are not asked here."""
    sources = debian / "etc/apt/sources.list.d"
    (debian / "etc/apt/sources.list").unlink(missing_ok=True)
    for path in sources.iterdir():
        path.unlink()
    text = (repository / "tmdb-mcp.sources").read_text()
    (sources / "tmdb-mcp.sources").write_text(text.replace(project("project_apt"), url))
    # A proxy of this machine's is not asked either.
    for path in (debian / "etc/apt/apt.conf.d").glob("*prox*"):
        path.unlink()
