"""The commands of README.md and docs/install.md that install it, as they stand: only addresses are replaced, by those
of registries on the loopback, and `your-key`, which the program does not take for a key."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from places import DIST, ROOT, run
from standin import API_KEY, StandIn
from support.newcomer import Newcomer, chroot
from support.registry import Registry
from support.signed import PASSPHRASE, Key, add, sign

IMAGE = "ghcr.io/tmdb-mcp/tmdb-mcp"


def block(page: str, after: str) -> str:
    """The indented lines that follow some words."""
    text = (ROOT / page).read_text().partition(after)[2]
    lines = re.search(r"\n\n((?:    .*\n)+)", text)[1]
    return re.sub("^    ", "", lines, flags=re.MULTILINE).replace("your-key", API_KEY)


def test_the_readme_installs_a_binary(debian: Path, tmdb: StandIn, registry: Registry) -> None:
    command = block("README.md", "**Binary**")
    here = re.sub(r"https://github\.com/\S+/latest/download/", f"{registry.url}/files/", command)
    assert here != command
    chroot(debian, "bash", "-c", f"set -o pipefail\n{here}", BASE_URL=f"{registry.url}/files")
    question = re.search("^    (tmdb-mcp call .*)$", (ROOT / "README.md").read_text(), re.MULTILINE)[1]
    settings = {"TMDB_API_KEY": API_KEY, "TMDB_BASE_URL": tmdb.url}
    answer = chroot(debian, "sh", "-c", f"PATH=$HOME/.local/bin\n{question}", **settings).stdout
    assert "Hulu" in answer


def test_the_page_installs_by_apt(debian: Path, tmdb: StandIn, tmp_path: Path) -> None:
    assert sign(tmp_path / "apt", APT_SECRET_KEY_FILE=Key(tmp_path).secret, APT_PASSPHRASE=PASSPHRASE).returncode == 0
    fetch, install = block("docs/install.md", "## apt").splitlines()
    # One is root there already; a machine's own sources are not asked.
    add(debian, tmp_path / "apt", "http://replaced.invalid")
    with Registry(tmp_path / "apt") as served:
        sources = tmp_path / "apt/tmdb-mcp.sources"
        sources.write_text(re.sub("^URIs: .*$", f"URIs: {served.url}/files", sources.read_text(), flags=re.MULTILINE))
        here = re.sub(r"https://\S+/tmdb-mcp\.sources \|", f"{served.url}/files/tmdb-mcp.sources |", fetch)
        assert here != fetch
        (debian / "etc/apt/apt.conf.d/tests").write_text('APT::Sandbox::User "root";\nAcquire::http::Proxy "false";\n')
        for command in (here, install):
            chroot(debian, "bash", "-c", f"set -o pipefail\n{command.replace('sudo ', '')}")
    settings = {"TMDB_API_KEY": API_KEY, "TMDB_BASE_URL": tmdb.url}
    assert "The Matrix" in chroot(debian, "tmdb-mcp", "call", "search", "query=matrix", **settings).stdout


@pytest.fixture
def shell(layout: Path, newcomer: Newcomer) -> Iterator[dict[str, str]]:
    """What a person's shell knows of an engine; IMAGE is what the tests' registry calls the release's."""
    own = {name: value for name, value in os.environ.items() if name.startswith("DOCKER")}
    with Registry(layout) as registry:
        image = f"{registry.url.removeprefix('http://')}/tmdb-mcp:newest"
        yield newcomer.environment | own | {"PATH": os.environ["PATH"], "IMAGE": image}
    run("docker", "image", "rm", "--force", image)


def test_the_readme_serves_with_docker(shell: dict[str, str], tmp_path: Path) -> None:
    start, token = block("README.md", "**Docker**").splitlines()
    name = f"tmdb-mcp-readme-{os.getpid()}"
    # A name and a port that nobody else has.
    start = start.replace(IMAGE, shell["IMAGE"]).replace("--name tmdb-mcp", f"--name {name}")
    start = start.replace(":8910:", "::", 1)
    token = token.replace("exec tmdb-mcp", f"exec {name}")
    try:
        run("bash", "-c", start, env=shell, cwd=tmp_path)
        done = run("bash", "-c", token, env=shell, cwd=tmp_path)
        assert re.fullmatch("[0-9a-f]{64}\n", done.stdout)
    finally:
        run("docker", "rm", "--force", name, env=shell)


def test_the_readme_serves_with_compose(shell: dict[str, str], tmp_path: Path) -> None:
    shutil.copy(DIST / "compose.yaml", tmp_path)
    (tmp_path / ".env").write_text(f"TMDB_MCP_IMAGE={shell['IMAGE']}\nSERVER_SSE_PORT=0\n")
    project = shell | {"COMPOSE_PROJECT_NAME": f"tmdb-mcp-readme-{os.getpid()}"}
    try:
        done = run("bash", "-c", "set -e\n" + block("README.md", "**Compose**"), env=project, cwd=tmp_path)
        assert re.fullmatch("clients must send [0-9a-f]{64}", done.stdout.splitlines()[-1])
    finally:
        settings = {"TMDB_API_KEY": "x", "SSE_TOKEN": "a-token-of-a-test"}
        run("docker", "compose", "down", "--volumes", env=project | settings, cwd=tmp_path)
