# shellcheck shell=bash disable=SC2154
# A Docker engine for tests. Sourced after release/lib/common.sh and Tests/lib/results.sh, with `root` set.

# find_docker: makes sure that `docker`, with buildx and compose, reaches an engine: the one that answers, or else one
# of its own, which `drop_docker` stops. Returns 1 where there can be none, after saying so; in CI that is a failure.
find_docker() {
    local plugin
    # `Tests/run all` has looked already, and says which engine it started, if any.
    if [ -s "${TESTS_DOCKER:-}" ]; then
        . "$(cat "$TESTS_DOCKER")/env"
    elif [ -e "${TESTS_DOCKER:-}" ]; then
        docker info >/dev/null 2>&1
        return
    fi
    if ! docker info >/dev/null 2>&1; then
        if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
            not_run_docker "no engine answers (docker info), and only root on Debian can start one here"
            return 1
        fi
        say "no Docker engine answers: starting one for the tests"
        own_engine=$("$root/Tests/lib/docker-engine" start) || {
            not_run_docker "no engine answers (docker info), and none could be started"
            return 1
        }
        . "$own_engine/env"
    fi
    for plugin in buildx compose; do
        docker "$plugin" version >/dev/null 2>&1 && continue
        not_run_docker "the engine is there, but not the plugin docker $plugin"
        return 1
    done
}

drop_docker() {
    [ -z "${own_engine:-}" ] || "$root/Tests/lib/docker-engine" stop "$own_engine"
    own_engine=
}

not_run_docker() {
    [ "${CI:-}" != true ] || die "the tests with Docker cannot run: $1" "CI may leave out nothing: it needs an engine."
    not_run "the tests with Docker: $1"
}
