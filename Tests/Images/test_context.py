"""What the build of an image is sent: a list that one can read, and at most 2 MB."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
from places import ROOT
from support.project import Checkout

BYTES_MAX = 2_000_000
SENT = (
    ".swift-version", "Package.swift", "Sources/", "release/build", "release/lib/", "release/sdk/", "release/images/",
    "release/package/", "release/project.env",
)  # fmt: skip


@pytest.fixture
def sent(engine: str, other: Checkout, tmp_path: Path) -> list[Path]:
    """All of the context, as a build that copies it whole finds it."""
    # What a checkout holds after some work, and what nobody should find in a layer.
    for name in (".env", ".build/big", ".git/secret", "release/deploy/.env", "Tests/Images/a.swift"):
        (other.root / name).parent.mkdir(parents=True, exist_ok=True)
        (other.root / name).write_bytes(b"TMDB_API_KEY=secret" * 100_000)
    context = tmp_path / "context"
    subprocess.run(
        ["docker", "buildx", "build", "--quiet", "--file", "-", "--output", f"type=local,dest={context}", other.root],
        input="FROM scratch\nCOPY . /\n", text=True, check=True, capture_output=True,
    )  # fmt: skip
    return sorted(path.relative_to(context) for path in context.rglob("*") if path.is_file())


def test_what_is_sent_is_what_the_build_needs(sent: list[Path], tell) -> None:
    size = sum((ROOT / path).stat().st_size for path in sent)
    tell(f"the context has {len(sent)} files of {size} bytes")
    assert size <= BYTES_MAX
    assert [str(path) for path in sent if not str(path).startswith(SENT)] == []
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *SENT],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert {str(path) for path in sent} <= set(listed.stdout.splitlines()), "something that is not the project's"
    swift = {str(path) for path in (ROOT / "Sources").rglob("*.swift")}
    assert {str(ROOT / path) for path in sent if path.suffix == ".swift" and path.parts[0] == "Sources"} == swift


def test_the_build_is_sent_one_program_a_platform(engine: str, tmp_path: Path) -> None:
    """Whatever else lies beside them."""
    subprocess.run([ROOT / "release" / "package" / "pack", "programs", tmp_path], check=True, capture_output=True)
    for program in tmp_path.glob("tmdb-mcp-linux-*"):
        # The engine asks for nothing that another build has sent it already.
        with program.open("ab") as file:
            file.write(os.urandom(16))
    (tmp_path / "big.tar.gz").write_bytes(bytes(50_000_000))
    done = subprocess.run(
        ["docker", "buildx", "build", "--progress", "plain", "--file", "Dockerfile.scratch",
         "--platform", "linux/amd64", "--build-context", f"programs={tmp_path}",
         "--output", f"type=local,dest={tmp_path}/out", "."],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    megabytes = [float(size) for size in re.findall(r"transferring programs: ([0-9.]+)MB", done.stderr)]
    assert megabytes and max(megabytes) <= 2.2, done.stderr
