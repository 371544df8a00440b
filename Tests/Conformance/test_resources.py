"""Resources: lists, text, bytes, templates, subscriptions, and what is not there."""

import base64
import json

import pytest
from harness.messages import INVALID_PARAMS, Message
from wire.legacy import Session
from wire.modern import Modern
from wire.scenarios import scenario

Connection = Session | Modern

NOWHERE = "test://nonexistent-resource-for-conformance-testing"
WATCHED = "test://watched-resource"


def content_of(connection: Connection, uri: str) -> Message:
    (content,) = connection.request("resources/read", {"uri": uri})["contents"]
    assert content["uri"] == uri
    return content


@scenario("resources-list", "resources-list")
def test_every_resource_has_a_uri_a_name_and_a_description(connection: Connection) -> None:
    resources = connection.request("resources/list")["resources"]
    assert {"test://static-text", "test://static-binary", WATCHED} <= {resource["uri"] for resource in resources}
    for resource in resources:
        assert resource["uri"] and resource["name"] and resource["description"], resource
        assert "{" not in resource["uri"], "a template is among the resources"


@scenario("resources-read-text", "resources-read-text")
def test_a_resource_of_text_is_read(connection: Connection) -> None:
    content = content_of(connection, "test://static-text")
    assert content["mimeType"] == "text/plain"
    assert content["text"] == "This is the content of the static text resource."


@scenario("resources-read-binary", "resources-read-binary")
def test_a_resource_of_bytes_is_read(connection: Connection) -> None:
    content = content_of(connection, "test://static-binary")
    assert content["mimeType"]
    assert base64.b64decode(content["blob"], validate=True).startswith(b"\x89PNG")


@scenario("resources-templates-read", "resources-templates-read")
def test_a_resource_of_a_template_is_read(connection: Connection) -> None:
    templates = connection.request("resources/templates/list")["resourceTemplates"]
    assert "test://template/{id}/data" in [template["uriTemplate"] for template in templates]
    content = content_of(connection, "test://template/123/data")
    assert json.loads(content["text"]) == {"id": "123", "templateTest": True, "data": "Data for ID: 123"}


@scenario("resources-subscribe", "resources-subscribe")
def test_a_subscription_is_accepted(connection: Session) -> None:
    assert connection.request("resources/subscribe", {"uri": WATCHED}) == {}


@scenario("resources-unsubscribe", "resources-unsubscribe")
def test_a_subscription_is_ended(connection: Session) -> None:
    assert connection.request("resources/subscribe", {"uri": WATCHED}) == {}
    assert connection.request("resources/unsubscribe", {"uri": WATCHED}) == {}


@scenario("sep-2164-resource-not-found", "sep-2164-no-empty-contents")
def test_a_resource_that_is_not_there_has_no_empty_contents(connection: Modern) -> None:
    response = connection.send("resources/read", {"uri": NOWHERE}).response
    assert "result" not in response or response["result"]["contents"]


@pytest.mark.should
@scenario("sep-2164-resource-not-found", "sep-2164-error-code")
def test_a_resource_that_is_not_there_is_an_invalid_parameter(connection: Modern) -> None:
    assert connection.send("resources/read", {"uri": NOWHERE}).error["code"] == INVALID_PARAMS


@pytest.mark.should
@scenario("sep-2164-resource-not-found", "sep-2164-data-uri")
def test_the_error_names_the_resource_that_is_not_there(connection: Modern) -> None:
    assert connection.send("resources/read", {"uri": NOWHERE}).error["data"]["uri"] == NOWHERE
