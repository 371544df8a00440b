"""The server scenarios of the official conformance suite, and the revisions of the protocol that each is for."""

from __future__ import annotations

import pytest
from harness.messages import MODERN, NEWEST_LEGACY

_BOTH = """
completion-complete dns-rebinding-protection json-schema-2020-12 prompts-get-embedded-resource prompts-get-simple
prompts-get-with-args prompts-get-with-image prompts-list resources-list resources-read-binary resources-read-text
resources-templates-read server-sse-multiple-streams tools-call-audio tools-call-embedded-resource tools-call-error
tools-call-image tools-call-mixed-content tools-call-simple-text tools-call-with-progress tools-list
"""
_LEGACY = """
elicitation-sep1034-defaults elicitation-sep1330-enums logging-set-level ping resources-subscribe resources-unsubscribe
server-initialize server-session-lifecycle server-sse-polling tools-call-elicitation tools-call-sampling
tools-call-with-logging
"""
_MODERN = """
caching http-custom-header-server-validation http-header-validation input-required-result-basic-elicitation
input-required-result-basic-list-roots input-required-result-basic-sampling input-required-result-capability-check
input-required-result-ignore-extra-params input-required-result-missing-input-response
input-required-result-multi-round input-required-result-multiple-input-requests input-required-result-non-tool-request
input-required-result-request-state input-required-result-result-type input-required-result-tampered-state
input-required-result-unsupported-methods input-required-result-validate-input sep-2164-resource-not-found
sep-2640-skills-enumeration sep-2640-skills-manifest server-stateless tasks-capability-negotiation
tasks-dispatch-and-envelope tasks-lifecycle tasks-mrtr-composition
tasks-mrtr-input tasks-request-headers tasks-request-state-removal tasks-required-task-error tasks-wire-fields
"""

SCENARIOS: dict[str, tuple[str, ...]] = {
    name: revisions
    for names, revisions in ((_BOTH, (NEWEST_LEGACY, MODERN)), (_LEGACY, (NEWEST_LEGACY,)), (_MODERN, (MODERN,)))
    for name in names.split()
}
"""Every scenario for servers that the suite requires for 2025-11-25 or 2026-07-28, and those that it runs without
counting them, those of extensions included. Left out are tasks-status-notifications, which the suite skips, and
sep-2640-skills-directory, an option of skills that the server does not have."""


def scenario(name: str, check: str | None = None, revision: str | None = None) -> pytest.MarkDecorator:
    """Marks a test with its scenario and, unless its parameters name it, with the suite's name of its check. It runs
    for each revision that the scenario is for, or for one of them."""
    assert name in SCENARIOS, f"no such scenario: {name}"
    return pytest.mark.scenario(name, check, (revision,) if revision else SCENARIOS[name])
