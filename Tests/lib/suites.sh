# shellcheck shell=bash
# The suites in Python: what each needs, and how it runs; arguments go to pytest, in the suite's folder, and
# Tests/pytest.ini configures them all. Sourced after release/lib/common.sh and host.sh, and Tests/lib/venv.sh,
# results.sh and docker.sh, with `root` and `tests` set.

# What the tests call, as PACKAGE:COMMAND.
declare -A programs=(
    [channels]="busybox-static:busybox curl:curl debootstrap:debootstrap gnupg:gpg man-db:man
        qemu-user-static:qemu-arm-static rpm:rpm"
    [conform]=""
    [deploy]="dash:dash busybox-static:busybox curl:curl minisign:minisign nginx-light:nginx openssl:openssl
        shellcheck:shellcheck strace:strace systemd:systemd-analyze wget:wget"
    [docs]="openssl:openssl"
    [e2e]="openssl:openssl fish:fish zsh:zsh mandoc:mandoc groff-base:groff qemu-user-static:qemu-arm-static"
    [images]="jq:jq skopeo:skopeo zopfli:zopfli docker-registry:docker-registry busybox-static:busybox
        qemu-user-static:qemu-arm-static"
    [release]="binutils:readelf debootstrap:debootstrap qemu-user-static:qemu-arm-static util-linux:unshare
        lintian:lintian minisign:minisign man-db:man apt-utils:apt-ftparchive gnupg:gpg dpkg-dev:dpkg-source"
)

# programs_of SUITE…: each once.
programs_of() {
    local suite
    for suite in "$@"; do echo "${programs[$suite]}"; done | grep -oE '[^ ]+' | sort -u
}

# prepare SUITE: its programs and its Python environment.
prepare() {
    local all
    mapfile -t all < <(programs_of "$1")
    require_packages "${all[@]}"
    require_python
    prepare_environment tests lib
}

# shellcheck disable=SC2154 # root is the caller's
require_release() { [ -s "$root/release/dist/SHA256SUMS" ] || die "there is no release" "Make it: make release"; }

# pytest_in FOLDER ARGUMENTS…: with the Python of `environment`.
pytest_in() {
    # shellcheck disable=SC2154 # venv.sh sets it
    (cd "$tests/$1" && "$environments/${environment:-tests}/bin/python" -m pytest "${@:2}")
}

# by_file FOLDER ARGUMENTS…: WORKERS files of tests at once, by default one for each processor. What the programs under
# test leave behind, such as SwiftPM's empty folders, is deleted.
by_file() {
    TMPDIR=$(mktemp --directory)
    export TMPDIR
    trap 'rm -rf "$TMPDIR"; drop_docker' EXIT
    pytest_in "$1" -n "${WORKERS:-$(nproc)}" --dist loadfile "${@:2}"
}

release() {
    [ -d "$root/.build/sdk/bundle" ] || die "there is no Swift SDK" "Make it: make sdk"
    require_release
    prepare release
    by_file Release "$@"
}

# With three clients: the official SDK, major versions 2 and 1, and FastMCP. WORKERS sets how many tests run at once, by
# default two for each processor, since many of them wait; those with the other clients wait for nothing.
e2e() {
    local result=0 code other
    prepare e2e
    prepare_environment mcp1
    # Tests without a client of others run once, beside the newest.
    pytest_in EndToEnd -p time_limit -n "${WORKERS:-$((2 * $(nproc)))}" "$@" || result=$?
    # The environment and the client.
    for other in mcp1: tests:fastmcp; do
        TEST_CLIENT=${other#*:} environment=${other%:*} \
            pytest_in EndToEnd -p time_limit -n "${WORKERS:-$(nproc)}" -m client "$@" || {
            code=$?
            # 5: no test of those asked for is a client's.
            ((code == 5)) || result=$code
        }
    done
    return "$result"
}

# With a real Docker engine, and a registry on the loopback. What cannot be run here says so, loudly.
#
# SWIFT_IMAGE=NAME also builds from source, with that image in the place of swift:6.3.1-bookworm; it takes minutes.
# ALPINE_IMAGE=NAME tests Dockerfile.alpine on that image, instead of on Debian's busybox.
images() {
    require_release
    prepare images
    prepare_environment scanner Images
    find_docker || true
    by_file Images "$@"
}

# The tests with Docker are left out, loudly, where there can be no engine.
deploy() {
    require_release
    prepare deploy
    unset TMDB_MCP_NO_DOCKER
    find_docker || export TMDB_MCP_NO_DOCKER="NOT RUN: there is no Docker engine"
    by_file Deploy "$@"
}

# With the tools of each channel, in environments of their own. Helm is in no registry that they come from: HELM=PROGRAM
# names it where it is not on PATH, and without it what Helm makes of the chart is left out, loudly.
channels() {
    require_release
    prepare channels
    prepare_environment channels Channels
    prepare_environment checkov Channels
    find_docker || true
    by_file Channels "$@"
}

docs() {
    require_release
    require_swift
    prepare docs
    pytest_in Docs -p time_limit "$@"
}

# With --url http://127.0.0.1:PORT/mcp or --server=PROGRAM, nothing is built and that server is tested.
conform() {
    local server=()
    prepare conform
    if [[ " $* " != *" --url"* && " $* " != *" --server"* ]]; then
        require_swift
        require_for_host
        build_for_host conformance-server
        # shellcheck disable=SC2154 # host.sh sets it
        server=("--server=$host_program")
    fi
    pytest_in Conformance -p time_limit "${server[@]}" "$@"
}

# The official suite itself against our conformance server: what each revision requires, and all scenarios that the
# suite has, those of extensions included. npx fetches it; CONFORMANCE_SUITE="COMMAND" runs a copy that is there, such
# as "node FOLDER/dist/index.js".
official() {
    local suite server pid line set log=$root/.build/log/official.log result=0
    local package=@modelcontextprotocol/conformance@0.2.0-alpha.12
    read -ra suite <<<"${CONFORMANCE_SUITE:-npx --yes --ignore-scripts $package}"
    command -v "${suite[0]}" >/dev/null || die "${suite[0]} is not there" "Install Node.js 20 or newer."
    require_swift
    require_for_host
    build_for_host conformance-server
    # shellcheck disable=SC2154 # host.sh sets it
    exec {server}< <(exec "$host_program" --port 0 2>&1)
    pid=$!
    # shellcheck disable=SC2064 # the process is known now
    trap "kill $pid" EXIT
    read -r -t 60 -u "$server" line || die "the conformance server has not started"
    for set in "--requirements 2025-11-25" "--requirements 2026-07-28" "--suite all"; do
        # shellcheck disable=SC2086 # an option and its value
        if "${suite[@]}" server --url "${line##* }" $set >"$log" 2>&1 &&
            grep '^Total: [1-9].* passed, 0 failed' "$log"; then
            say "official suite, $set: no failures"
        else
            cat "$log" >&2
            say "official suite, $set: FAILED"
            result=1
        fi
    done
    return "$result"
}
