"""What MCP clients and the MCP registry get: the .mcpb bundles and server.json."""

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
from harness.messages import initialize, notification, request
from places import ROOT, VERSION
from support.builder import DEADLINE
from support.checkout import released
from support.platforms import PLATFORMS, Platform, output_of

SCHEMAS = Path(importlib.util.find_spec("skillsaw").origin).parent / "schemas" / "mcp_registry"


def project(name: str) -> str:
    """What the project's own scripts take for a name."""
    script = '. "$0"; printf %s "${!1}"'
    return output_of("bash", "-c", script, ROOT / "release" / "project.env", f"project_{name}")


@pytest.fixture(scope="module")
def bundle(platform: Platform, module_place: Path) -> Path:
    """The bundle, unpacked as a client does: with the modes that the zip states."""
    folder = module_place / platform.name
    with zipfile.ZipFile(released(f"tmdb-mcp_@_linux_{platform.name}.mcpb")) as archive:
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
    program = Path(server["mcp_config"]["command"].replace("${__dirname}", str(bundle)))
    assert program == bundle / server["entry_point"] and os.access(program, os.X_OK)
    assert program.read_bytes() == platform.program.read_bytes()
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
        platform.command(program, *server["mcp_config"]["args"]),
        input="".join(json.dumps(message) + "\n" for message in messages),
        capture_output=True,
        text=True,
        env=environment | {"PATH": os.environ["PATH"]},
        timeout=DEADLINE,
    )
    assert done.returncode == 0, done.stderr
    answers = {answer["id"]: answer for answer in map(json.loads, done.stdout.splitlines()) if "id" in answer}
    assert answers[1]["result"]["serverInfo"]["version"] == VERSION
    listed = {tool["name"] for tool in answers[2]["result"]["tools"]}
    assert {tool["name"] for tool in manifest["tools"]} == listed and len(listed) >= 15


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
        assert "version" not in package and "registryBaseUrl" not in package, "the identifier holds the version"
        if package["registryType"] == "oci":
            assert package["identifier"] == f"{project('registry')}/tmdb-mcp:{VERSION}"
            assert package["identifier"].startswith("ghcr.io/")
        else:
            assert package["identifier"].startswith("https://github.com/") and "mcp" in package["identifier"]


def test_server_json_names_the_bundles_with_their_sums(server: dict) -> None:
    told = {one["identifier"].rpartition("/")[2]: one for one in server["packages"] if one["registryType"] == "mcpb"}
    assert set(told) == {f"tmdb-mcp_{VERSION}_linux_{platform.name}.mcpb" for platform in PLATFORMS}
    for name, package in told.items():
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
