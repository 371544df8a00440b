"""What the tests are started from must not lead them elsewhere."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from places import ROOT
from support.platforms import output_of


def test_a_hook_of_git_does_not_lead_the_tests_to_its_repository(place: Path) -> None:
    script = 'cd "$1" && root=$0 && . "$root/Tests/lib/venv.sh" && git init --quiet && git rev-parse --absolute-git-dir'
    hook = {"GIT_DIR": str(place / "hook"), "GIT_INDEX_FILE": str(place / "hook" / "index")}
    (place / "test").mkdir()
    told = output_of("bash", "-c", script, ROOT, place / "test", env=os.environ | hook)
    assert told == f"{place}/test/.git\n"


# In place of python3: it makes an environment at once.
PYTHON = """#!/bin/sh
[ "$2" = venv ] || exit 0
for place; do :; done
mkdir -p "$place/bin"
printf '#!/bin/sh\\n' >"$place/bin/pip"
chmod 755 "$place/bin/pip"
"""


def test_two_runners_at_once_share_an_environment(place: Path) -> None:
    (place / "python3").write_text(PYTHON)
    (place / "python3").chmod(0o755)
    (place / "Tests" / "EndToEnd").mkdir(parents=True)
    (place / "Tests" / "EndToEnd" / "requirements-one.txt").touch()
    script = 'root=$1 && . "$0/release/lib/common.sh" && . "$0/Tests/lib/venv.sh" && prepare_environment one'
    command = ["bash", "-c", script, ROOT, place]
    path = os.environ | {"PATH": f"{place}:{os.environ['PATH']}"}
    runners = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=path) for _ in range(2)]
    told = [runner.communicate()[1] for runner in runners]
    assert [runner.returncode for runner in runners] == [0, 0], told
    assert sum("pip: installing" in each for each in told) == 1
