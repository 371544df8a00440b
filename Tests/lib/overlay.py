"""This machine's own Debian, in which whatever is written lies in a layer above it, and is gone in the end: for what is
installed as on a person's machine."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Refused(Exception):
    """This machine allows no overlay."""


@contextmanager
def overlay() -> Iterator[Path]:
    """Its root; takes root."""
    # In a mount namespace of a process that waits for its end.
    layers = (
        "set -e; mount -t tmpfs none /mnt; cd /mnt; mkdir upper work root",
        "mount -t overlay none -o lowerdir=/,upperdir=upper,workdir=work root",
        "for name in dev proc; do mount --rbind /$name root/$name; done",
        # As on a machine with documentation: a minimal one may leave it out.
        "rm -f root/etc/dpkg/dpkg.cfg.d/*; echo ready; read -r end",
    )
    command = ["unshare", "--mount", "sh", "-c", "; ".join(layers)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as holder:
        if holder.stdout.readline() != b"ready\n":
            raise Refused(holder.stderr.read().decode(errors="replace"))
        root = Path(f"/proc/{holder.pid}/root/mnt/root")
        index_manuals(root, wanted=False)
        yield root
        holder.stdin.close()


def index_manuals(root: Path, wanted: bool) -> None:
    """Whether man-db makes its index anew whenever a package comes or goes, which takes seconds."""
    switch = root / "var/lib/man-db/auto-update"
    switch.touch() if wanted else switch.unlink(missing_ok=True)
