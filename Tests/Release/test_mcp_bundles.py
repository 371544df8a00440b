"""What MCP clients, the MCP registry and Docker's catalogue get: the .mcpb bundle, server.json and an entry."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import stat
import subprocess
import zipfile
from pathlib import Path

import jsonschema
import pytest
import yaml
from harness.messages import initialize, notification, request
from places import ROOT, VERSION
from support.builder import DEADLINE
from support.checkout import released
from support.platforms import AMD64, ARM64, ARMV7, PLATFORMS, Platform, output_of

SCHEMAS = Path(importlib.util.find_spec("skillsaw").origin).parent / "schemas" / "mcp_registry"


def project(name: str) -> str:
    """What the project's own scripts take for a name."""
    script = '. "$0"; printf %s "${!1}"'
    return output_of("bash", "-c", script, ROOT / "release" / "project.env", f"project_{name}")


@pytest.fixture(scope="module")
def bundle(module_place: Path) -> Path:
    """The bundle, unpacked as a client does: with the modes that the zip states."""
    folder = module_place / "bundle"
    with zipfile.ZipFile(released("tmdb-mcp_@_linux.mcpb")) as archive:
        assert archive.testzip() is None
        for entry in archive.infolist():
            path = Path(archive.extract(entry, folder))
            path.chmod(stat.S_IMODE(entry.external_attr >> 16))
    return folder


@pytest.fixture(scope="module")
def manifest(bundle: Path) -> dict:
    return json.loads((bundle / "manifest.json").read_text())


def test_the_manifest_says_what_a_client_needs(manifest: dict) -> None:
    # As MANIFEST.md of the bundle's specification, version 0.3, requires; its JSON schema comes with no package.
    assert manifest["manifest_version"] == "0.3"
    assert (manifest["name"], manifest["version"]) == ("tmdb-mcp", VERSION)
    assert manifest["description"] == project("summary") and manifest["author"]["name"]
    known = {
        "$schema",
        "manifest_version",
        "name",
        "display_name",
        "version",
        "description",
        "author",
        "repository",
        "documentation",
        "support",
        "license",
        "keywords",
        "privacy_policies",
        "server",
        "tools",
        "user_config",
        "prompts_generated",
        "compatibility",
    }
    assert set(manifest) <= known, "the schema allows no other keys"
    assert manifest["server"]["type"] == "binary"
    assert manifest["compatibility"] == {"platforms": ["linux"]}
    assert "@" not in json.dumps(manifest), "a name of the template was not filled in"
    assert manifest["repository"]["url"] == project("url")


def test_the_key_is_asked_for_and_kept_secret(manifest: dict) -> None:
    asked = manifest["user_config"]
    assert asked["tmdb_api_key"]["sensitive"] is True and asked["tmdb_api_key"]["required"] is True
    environment = manifest["server"]["mcp_config"]["env"]
    used = {name for value in environment.values() for name in re.findall(r"\$\{user_config\.(\w+)\}", value)}
    assert used == set(asked), "every setting reaches the program, and no other is meant"
    for setting in asked.values():
        assert {"type", "title", "description"} <= set(setting)
        assert setting.get("required") or "default" in setting, "a setting that is left out would arrive as ${…}"


def test_it_starts_as_the_manifest_says(bundle: Path, manifest: dict, platform: Platform, place: Path) -> None:
    server = manifest["server"]
    start = Path(server["mcp_config"]["command"].replace("${__dirname}", str(bundle)))
    assert start == bundle / server["entry_point"] and os.access(start, os.X_OK)
    # The processor of this machine is what a stand-in for uname says.
    machine(place, platform.machines[0])
    program = bundle / "server" / f"tmdb-mcp-linux-{platform.name}"
    if platform not in (AMD64, ARM64, ARMV7):
        assert not program.exists()
        pytest.skip("clients that open bundles are for machines with a desktop")
    assert program.read_bytes() == platform.program.read_bytes() and os.access(program, os.X_OK)
    if len(platform.command(program)) > 1:
        # An emulator starts no script: it is asked which program it would start.
        asked = bundle.with_name("asked")
        asked.mkdir(exist_ok=True)
        for name, text in (("tmdb-mcp", start.read_text()), (program.name, '#!/bin/sh\necho "$@"\n')):
            (asked / name).write_text(text)
            (asked / name).chmod(0o755)
        told = output_of(asked / "tmdb-mcp", "--version", env={"PATH": f"{place}:{os.environ['PATH']}"})
        assert told == "--version\n"
        start = program
    environment = {"HOME": str(place)}
    for name, value in server["mcp_config"]["env"].items():
        answers = {"${user_config.tmdb_api_key}": "0123456789abcdef0123456789abcdef"}
        default = manifest["user_config"][re.search(r"\.(\w+)", value)[1]].get("default", "")
        environment[name] = answers.get(value, default)
    messages = [
        initialize(1),
        notification("notifications/initialized"),
        request(2, "tools/list"),
    ]
    done = subprocess.run(
        platform.command(program, *server["mcp_config"]["args"]) if start == program else [
            start, *server["mcp_config"]["args"]
        ],
        input="".join(json.dumps(message) + "\n" for message in messages),
        capture_output=True,
        text=True,
        env=environment | {"PATH": f"{place}:{os.environ['PATH']}"},
        timeout=DEADLINE,
    )
    assert done.returncode == 0, done.stderr
    answers = {answer["id"]: answer for answer in map(json.loads, done.stdout.splitlines()) if "id" in answer}
    assert answers[1]["result"]["serverInfo"]["version"] == VERSION
    listed = {tool["name"] for tool in answers[2]["result"]["tools"]}
    assert {tool["name"] for tool in manifest["tools"]} == listed and len(listed) >= 15


def machine(place: Path, name: str) -> None:
    """A stand-in for uname in a folder, which is to be found before the system's."""
    (place / "uname").write_text(f"#!/bin/sh\necho {name}\n")
    (place / "uname").chmod(0o755)


def test_another_processor_is_told(bundle: Path, place: Path) -> None:
    for name in ("riscv64", "armv6l", "i686"):
        machine(place, name)
        path = {"PATH": f"{place}:{os.environ['PATH']}"}
        done = subprocess.run([bundle / "server" / "tmdb-mcp"], capture_output=True, text=True, env=path)
        assert done.returncode == 1 and f"there is no program for this processor: {name} " in done.stderr


# server.json


@pytest.fixture(scope="module")
def server() -> dict:
    return json.loads(released("server.json").read_text())


def test_server_json_is_valid(server: dict) -> None:
    date = re.fullmatch(
        r"https://static\.modelcontextprotocol\.io/schemas/([0-9-]+)/server\.schema\.json", server["$schema"]
    )[1]
    schema = json.loads((SCHEMAS / f"v{date.replace('-', '_')}" / "server.schema.json").read_text())
    validator = jsonschema.validators.validator_for(schema)(schema, format_checker=jsonschema.FormatChecker())
    assert [error.message for error in validator.iter_errors(server)] == []
    assert list(validator.iter_errors(server | {"description": "x" * 101}))


def test_server_json_is_what_the_registry_takes(server: dict) -> None:
    """Its rules beyond the schema: who owns the name, and where packages may lie."""
    assert server["name"] == project("mcp_name")
    owner = re.match(r"io\.github\.([\w-]+)/", server["name"])[1]
    assert project("url").startswith(f"https://github.com/{owner}/")
    assert server["version"] == VERSION
    for package in server["packages"]:
        assert "registryBaseUrl" not in package
        if named := {"pypi": project("pypi"), "npm": project("npm")}.get(package["registryType"]):
            assert (package["identifier"], package["version"]) == (named, VERSION)
            continue
        assert "version" not in package, "the identifier holds the version"
        if package["registryType"] == "oci":
            assert package["identifier"] == f"{project('registry')}/tmdb-mcp:{VERSION}"
            assert package["identifier"].startswith("ghcr.io/")
        else:
            assert package["identifier"].startswith("https://github.com/") and "mcp" in package["identifier"]


def test_server_json_names_the_bundle_with_its_sum(server: dict) -> None:
    [package] = [one for one in server["packages"] if one["registryType"] == "mcpb"]
    name = f"tmdb-mcp_{VERSION}_linux.mcpb"
    assert package["fileSha256"] == hashlib.sha256(released(name).read_bytes()).hexdigest()
    assert package["identifier"] == f"{project('url')}/releases/download/v{VERSION}/{name}"


def test_server_json_marks_secrets_and_knows_the_programs_variables(server: dict) -> None:
    help_text = output_of(*PLATFORMS[0].command(PLATFORMS[0].program, "--help"))
    transports = set()
    for package in server["packages"]:
        transports.add(package["transport"]["type"])
        for variable in package["environmentVariables"]:
            assert re.search(rf"\b{variable['name']}\b", help_text)
            secret = variable["name"].endswith(("_KEY", "_TOKEN"))
            assert variable.get("isSecret", False) == secret
            assert variable.get("isRequired", False) == secret
        for argument in package.get("packageArguments", []):
            assert argument["name"] in help_text
    assert transports == {"stdio", "streamable-http"}


def test_dockers_catalogue_gets_the_image_and_the_settings() -> None:
    """No tool that checks an entry comes with a package: this looks at what the catalogue's own entries have."""
    entry = yaml.safe_load(released("docker-catalogue.yaml").read_text())
    assert (entry["name"], entry["type"]) == ("tmdb-mcp", "server")
    assert entry["image"] == f"{project('registry')}/tmdb-mcp:{VERSION}"
    assert entry["source"] == {"project": project("url"), "branch": f"v{VERSION}"}
    assert entry["run"]["command"] == ["--server-mode", "stdio"]
    (secret,), (setting,) = entry["config"]["secrets"], entry["config"]["env"]
    assert secret["env"] == "TMDB_API_KEY" and secret["name"].startswith("tmdb-mcp.")
    used = re.fullmatch(r"\{\{tmdb-mcp\.(\w+)\}\}", setting["value"])[1]
    assert used in entry["config"]["parameters"]["properties"]
