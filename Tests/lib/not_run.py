"""For pytest: notes the tests that were left out for a reason that begins with NOT RUN, in the file TESTS_NOT_RUN, so
that Tests/run can say them once more at its end."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import Any

MARK = "NOT RUN"


def pytest_terminal_summary(terminalreporter: Any) -> None:
    note = os.environ.get("TESTS_NOT_RUN")
    reasons = Counter(
        report.longrepr[2].removeprefix("Skipped: ").removeprefix(MARK).strip(" :")
        for report in terminalreporter.stats.get("skipped", [])
        if isinstance(report.longrepr, tuple) and MARK in report.longrepr[2])
    if note and reasons:
        folder = terminalreporter.config.invocation_params.dir.name
        with Path(note).open("a") as file:
            file.writelines(f"{folder}: {reason} (tests: {count})\n" for reason, count in sorted(reasons.items()))
