"""kubernetes.yaml, as the release makes it of the chart: what the API server would accept, and what the program makes
of it. No cluster is needed."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import TOKEN
from harness import sdk
from harness.expectations import structured, titles
from harness.listening import Listening
from harness.messages import MODERN, NEWEST_LEGACY, initialize, request
from harness.wire import post
from standin import API_KEY, StandIn
from support.alternating import alternating
from places import DIST, ENVIRONMENTS, PROGRAM, image, run

FILE = DIST / "kubernetes.yaml"
TOOLS = ENVIRONMENTS / "tests" / "bin"
VERSIONS = [f"1.{minor}" for minor in range(30, 38)]

Manifests = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def manifests() -> Manifests:
    """Each document of the file, by its kind; the Service of HTTP+SSE as SSE."""
    script = "import json, sys, yaml; json.dump(list(yaml.safe_load_all(open(sys.argv[1]))), sys.stdout)"
    documents = json.loads(run(TOOLS / "python", "-c", script, FILE).stdout)
    return {"SSE" if one["metadata"]["name"].endswith("-sse") else one["kind"]: one for one in documents}


def test_new_replicas_get_their_share_and_only_http_sse_stays_with_one(manifests: Manifests) -> None:
    assert "sessionAffinity" not in manifests["Service"]["spec"]
    assert manifests["SSE"]["spec"]["sessionAffinity"] == "ClientIP"
    assert "HorizontalPodAutoscaler" not in manifests, "the rate of requests binds, which it does not see"


def test_pods_that_never_get_ready_do_not_keep_a_node_from_being_drained(manifests: Manifests) -> None:
    assert manifests["PodDisruptionBudget"]["spec"]["unhealthyPodEvictionPolicy"] == "AlwaysAllow"


@pytest.fixture
def pod(manifests: Manifests) -> dict[str, Any]:
    return manifests["Deployment"]["spec"]["template"]["spec"]


@pytest.fixture
def start(
    manifests: Manifests, pod: dict[str, Any], tmp_path: Path, serve: Callable[..., Listening], tmdb: StandIn
) -> Callable[[], Listening]:
    """Starts the program as a pod would: with the variables of the manifests, and the Secret as files."""
    (container,) = pod["containers"]
    (mount,) = container["volumeMounts"]
    variables = manifests["ConfigMap"]["data"] | {each["name"]: each["value"] for each in container["env"]}
    values = {"tmdb-api-key": API_KEY, "sse-token": TOKEN}
    assert values.keys() == manifests["Secret"]["stringData"].keys()
    for name, value in values.items():
        (tmp_path / name).write_text(value)
    variables = {name: value.replace(mount["mountPath"], str(tmp_path)) for name, value in variables.items()}
    assert variables["SERVER_SSE_PORT"] == str(container["ports"][0]["containerPort"])
    here = {"TMDB_BASE_URL": tmdb.url, "SERVER_SSE_PORT": "0", "SERVER_SSE_HOST": "127.0.0.1"}
    return lambda: serve(**variables | here)


def status_of(server: Listening, path: str, headers: dict[str, str]) -> int:
    try:
        return urllib.request.urlopen(urllib.request.Request(server.at(path), headers=headers)).status
    except urllib.error.HTTPError as error:
        return error.code


@pytest.mark.parametrize("version", VERSIONS)
def test_the_schemas_accept_it(version: str) -> None:
    run(TOOLS / "kubernetes-validate", "--strict", "--kubernetes-version", version, FILE)


def test_the_schemas_refuse_what_is_misspelt(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(FILE.read_text().replace("periodSeconds: 10", "periodSecond: 10"))
    assert run(TOOLS / "kubernetes-validate", "--strict", wrong, ok=False).returncode != 0


def test_everything_belongs_together(manifests: Manifests, pod: dict[str, Any]) -> None:
    """Each selector finds the pods, each name that is referred to is there."""
    deployment = manifests["Deployment"]
    labels = deployment["spec"]["template"]["metadata"]["labels"]
    selectors = [
        deployment["spec"]["selector"]["matchLabels"],
        manifests["Service"]["spec"]["selector"],
        manifests["SSE"]["spec"]["selector"],
        manifests["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"],
        manifests["NetworkPolicy"]["spec"]["podSelector"]["matchLabels"],
        *(each["labelSelector"]["matchLabels"] for each in pod["topologySpreadConstraints"]),
    ]
    assert all(selector.items() <= labels.items() for selector in selectors)
    namespace = manifests["Namespace"]["metadata"]["name"]
    assert {each["metadata"].get("namespace", namespace) for each in manifests.values()} == {namespace}
    (container,) = pod["containers"]
    assert container["envFrom"][0]["configMapRef"]["name"] == manifests["ConfigMap"]["metadata"]["name"]
    assert pod["volumes"][0]["secret"]["secretName"] == manifests["Secret"]["metadata"]["name"]
    assert container["image"] == image()


def test_a_rolling_update_always_leaves_two_replicas(manifests: Manifests) -> None:
    spec = manifests["Deployment"]["spec"]
    assert spec["replicas"] == 2
    assert spec["strategy"]["rollingUpdate"]["maxUnavailable"] == 0
    # preStop, DRAIN_TIME and TMDB_TIMEOUT.
    waits = spec["template"]["spec"]["containers"][0]["lifecycle"]["preStop"]["sleep"]["seconds"] + 5 + 20
    assert spec["template"]["spec"]["terminationGracePeriodSeconds"] > waits


def test_names_are_asked_below_the_domains_of_the_cluster_where_that_makes_sense(pod: dict[str, Any]) -> None:
    """A name with so many dots is asked as it is (resolv.conf(5), ndots)."""
    dots = {option["name"]: int(option["value"]) for option in pod["dnsConfig"]["options"]}["ndots"]
    assert "api.themoviedb.org".count(".") >= dots
    assert "proxy.another-namespace".count(".") < dots


def test_the_pod_is_restricted(pod: dict[str, Any]) -> None:
    """What the Pod Security Standard "restricted" asks for, which the namespace enforces, and nothing to write to."""
    (container,) = pod["containers"]
    assert not {"hostNetwork", "hostPID", "hostIPC"} & pod.keys()
    # The user is that of the image, or one that the cluster chooses: none is pinned.
    assert pod["securityContext"] == {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}}
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]},
    }  # fmt: skip
    assert {kind for volume in pod["volumes"] for kind in volume if kind != "name"} <= {"secret", "configMap"}
    assert pod["automountServiceAccountToken"] is False
    # Whichever user it is reads the key and the token.
    assert pod["volumes"][0]["secret"]["defaultMode"] == 0o444


def test_all_replicas_together_ask_tmdb_no_more_than_it_allows(manifests: Manifests) -> None:
    replicas = manifests["Deployment"]["spec"]["replicas"]
    assert replicas * int(manifests["ConfigMap"]["data"]["TMDB_RATE_LIMIT"]) <= 40


def test_the_probes_are_answered_as_the_kubelet_sends_them(start: Callable[[], Listening], pod: dict[str, Any]) -> None:
    server = start()
    (container,) = pod["containers"]
    for name in ("startupProbe", "livenessProbe", "readinessProbe"):
        get = container[name]["httpGet"]
        assert "httpHeaders" not in get and get["port"] == "http"
        for address in ("10.1.2.3", "[fd00:10:244::3]"):
            assert status_of(server, get["path"], {"Host": f"{address}:8910"}) == 200


def test_the_service_is_known_by_each_of_its_names(start: Callable[[], Listening]) -> None:
    server = start()
    below = ("", ".tmdb-mcp", ".tmdb-mcp.svc", ".tmdb-mcp.svc.cluster.local")
    names = [name + end for name in ("tmdb-mcp", "tmdb-mcp-sse") for end in below]
    assert {status_of(server, "/health", {"Host": f"{name}:8910"}) for name in names} == {200}
    assert status_of(server, "/health", {"Host": "elsewhere.example:8910"}) == 403


def test_the_secret_as_it_comes_is_refused(manifests: Manifests, tmp_path: Path) -> None:
    for name, variable in (("tmdb-api-key", "TMDB_API_KEY_FILE"), ("sse-token", "SSE_TOKEN_FILE")):
        place = tmp_path / name
        place.write_text(manifests["Secret"]["stringData"][name])
        done = run(PROGRAM, "config", env={variable: str(place)}, ok=False)
        assert done.returncode == 2 and variable in done.stderr


def test_any_replica_serves_any_modern_request(start: Callable[[], Listening]) -> None:
    replicas = [start(), start()]

    async def use(client: sdk.Session) -> None:
        for film in (603, 841, 438631, 5924):  # each another one: the client keeps what it has read
            assert "The Matrix" in titles(structured(await client.search(query="the matrix")))
            assert (await client.read(f"tmdb://movie/{film}"))["id"] == film

    with alternating(*(replica.url for replica in replicas)) as (url, answered):
        sdk.run(sdk.HTTP(url, TOKEN), MODERN, use)
    counts = {replica.url: answered.count(replica.url) for replica in replicas}
    assert min(counts.values()) >= 4, counts


def test_every_replica_serves_a_session_of_an_older_revision(start: Callable[[], Listening]) -> None:
    first, second = start(), start()
    session = post(first, initialize(0, NEWEST_LEGACY)).fields["mcp-session-id"]
    asked = request(1, "tools/list")
    assert (post(first, asked, session).status, post(second, asked, session).status) == (200, 200)
