# shellcheck shell=bash
# A Docker engine for tests. Sourced after release/lib/common.sh, with `root` set.

# find_docker: makes sure that `docker`, with buildx and compose, reaches an engine: the one that is there, or one that
# TMDB_MCP_SHARED (by default the folder "shared" beside the checkout) can start. Returns 1 after saying why there is
# none.
find_docker() {
    local tool=${TMDB_MCP_SHARED:-$root/../shared}/tools/docker-up engine=/tmp/docker-engine log
    if ! docker info >/dev/null 2>&1; then
        log=$(mktemp)
        if [ ! -x "$tool" ]; then
            say "NOT RUN with Docker: no engine answers (docker info), and there is no $tool to start one"
            rm -f "$log"
            return 1
        elif ! "$tool" "$engine" >"$log" 2>&1; then
            say "NOT RUN with Docker: no engine answers (docker info), and $tool could start none:"
            tail -n 5 "$log" >&2
            rm -f "$log"
            return 1
        fi
        rm -f "$log"
        . "$engine/env"
    fi
    local plugin
    for plugin in buildx compose; do
        docker "$plugin" version >/dev/null 2>&1 && continue
        say "NOT RUN with Docker: the engine is there, but not the plugin docker $plugin"
        return 1
    done
}
