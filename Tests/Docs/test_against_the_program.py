"""The tables of settings, tools and commands, against the program's own."""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from conftest import Machine
from harness.messages import initialize, request
from pages import code, rows
from places import ROOT

DOCS = ROOT / "docs"


class Setting(NamedTuple):
    flag: list[str]
    variables: list[str]
    key: list[str]
    default: list[str]


def in_the_help(text: str) -> list[Setting]:
    found = []
    for block in re.findall(r"^  (\S.*)\n((?:      .*\n)+)", text, re.MULTILINE):
        names = [name.split()[0] for name in block[0].split(", ")]
        default = re.search(r"\(default: (.*)\)", block[1])
        found.append(Setting(
            [name for name in names if name.startswith("--")], [name for name in names if name.isupper()],
            [name for name in names if name.islower() and not name.startswith("--")],
            [default[1]] if default else []))
    return [setting for setting in found if setting.variables]


def test_the_table_of_settings_is_that_of_the_help(machine: Machine) -> None:
    shown = [Setting(*(code(cell) for cell in row[:4])) for row in rows(DOCS / "configuration.md", "Settings")]
    told = in_the_help(machine.run("tmdb-mcp", "--help").stdout)
    assert len(told) > 15
    # The help tells the place of the config file in its meaning.
    told[0] = told[0]._replace(default=["~/.tmdb-mcp/config.yaml"])
    assert shown == told


def test_the_examples_of_settings_and_their_table_are_made_of_the_programs(machine: Machine) -> None:
    done = machine.run("python3", "-B", str(ROOT / "release" / "settings.py"), str(machine.program))
    assert done.returncode == 0, done.stderr


def test_the_readme_names_settings_with_their_defaults(machine: Machine) -> None:
    told = in_the_help(machine.run("tmdb-mcp", "--help").stdout)
    for names, default, _ in rows(ROOT / "README.md", "Configure it"):
        settings = [next(setting for setting in told if name in setting.variables) for name in code(names)]
        if code(default):
            assert code(default) == [setting.default[0] for setting in settings]


def test_the_manual_names_what_the_help_names(machine: Machine) -> None:
    manual = machine.run("tmdb-mcp", "man").stdout.replace("\\-", "-")
    for setting in in_the_help(machine.run("tmdb-mcp", "--help").stdout):
        for name in [*setting.flag, *setting.variables, *setting.key]:
            assert name in manual


def tools(machine: Machine, which: str) -> list[str]:
    done = machine.run("tmdb-mcp", "tools", "--tools", which)
    return [tool["name"] for tool in json.loads(done.stdout)["tools"]]


def test_the_tools_and_their_sets(machine: Machine) -> None:
    everything = tools(machine, "all")
    assert [code(name)[0] for name, _ in rows(DOCS / "tools.md", "Tools")] == everything
    readme = (ROOT / "README.md").read_text()
    assert f"**{len(everything)} tools" in readme
    named = [name for _, cell in rows(ROOT / "README.md", "What clients get") for name in code(cell)]
    assert sorted(named) == sorted(everything)
    for name, of_it in rows(DOCS / "tools.md", "Fewer tools"):
        if code(of_it):
            assert code(of_it) == tools(machine, code(name)[0])


def test_the_prompts(machine: Machine) -> None:
    answers, _ = machine.answers([initialize(1), request(2, "prompts/list")], "tmdb-mcp", "--server-mode", "stdio")
    prompts = json.loads(answers[1])["result"]["prompts"]
    assert [code(name)[0] for name, _ in rows(DOCS / "tools.md", "Prompts")] == [prompt["name"] for prompt in prompts]


def test_the_commands(machine: Machine) -> None:
    told = machine.run("tmdb-mcp", "--help").stdout.partition("Commands:\n")[2].partition("\n\nIt speaks")[0]
    named = {command.split()[1] for row in rows(DOCS / "usage.md", "Commands") for command in code(row[0])
             if " " in command}
    assert named == set(re.findall(r"^  (\w+) ", told, re.MULTILINE))
