"""Skills that a server lists, and whose files are resources (SEP-2640)."""

from __future__ import annotations

import hashlib

import pytest
from harness.messages import META, Message
from wire.modern import Modern
from wire.scenarios import scenario

URI = "skill://test-skill/SKILL.md"


def listed(connection: Modern) -> Message:
    result = connection.request("skills/list")
    assert "nextCursor" not in result
    (skill,) = result["skills"]
    return skill


@scenario("sep-2640-skills-enumeration", "sep-2640-capability-empty-object")
def test_the_discovery_tells_of_skills(connection: Modern) -> None:
    capabilities = connection.request("server/discover")["capabilities"]
    assert capabilities["extensions"][META + "skills"] == {}
    assert "resources" in capabilities


@scenario("sep-2640-skills-enumeration", "sep-2640-resources-complete")
def test_a_skill_is_listed_with_its_files(connection: Modern) -> None:
    skill = listed(connection)
    assert skill["uri"] == URI
    assert skill["frontmatter"]["name"] == URI.split("/")[-2]
    assert [file["uri"] for file in skill["resources"]] == [URI]


@scenario("sep-2640-skills-enumeration", "sep-2640-skills-get-entry-shape")
def test_a_skill_is_the_same_by_itself(connection: Modern) -> None:
    assert connection.request("skills/get", {"uri": URI})["skill"] == listed(connection)


@scenario("sep-2640-skills-enumeration", "sep-2640-skills-get-cache-attributes")
@pytest.mark.parametrize(("method", "params"), [("skills/list", {}), ("skills/get", {"uri": URI})])
def test_what_is_listed_may_be_kept(connection: Modern, method: str, params: Message) -> None:
    result = connection.request(method, params)
    assert result["ttlMs"] >= 0 and result["cacheScope"] in ("public", "private")


@scenario("sep-2640-skills-enumeration", "sep-2640-skills-get-unknown-uri-invalid-params")
@pytest.mark.parametrize(
    ("method", "params"),
    [("skills/get", {"uri": "skill://other/SKILL.md"}), ("skills/get", {}), ("skills/list", {"cursor": "x"})],
)
def test_what_is_no_skill_is_refused(connection: Modern, method: str, params: Message) -> None:
    assert connection.send(method, params).status_and_code == (400, -32602)


@scenario("sep-2640-skills-manifest", "sep-2640-skillmd-mimetype")
def test_the_file_is_what_was_listed(connection: Modern) -> None:
    skill = listed(connection)
    ((file,), frontmatter) = skill["resources"], skill["frontmatter"]
    (contents,) = connection.request("resources/read", {"uri": URI})["contents"]
    assert contents["mimeType"] == "text/markdown"
    text = contents["text"]
    assert file["digest"] == "sha256:" + hashlib.sha256(text.encode()).hexdigest()
    assert file["size"] == len(text.encode())
    head = [f"{name}: {value}" for name, value in frontmatter.items()]
    assert text.splitlines()[: len(head) + 2] == ["---", *head, "---"]
    (resource,) = [one for one in connection.request("resources/list")["resources"] if one["uri"] == URI]
    assert (resource["name"], resource["description"]) == (frontmatter["name"], frontmatter["description"])
