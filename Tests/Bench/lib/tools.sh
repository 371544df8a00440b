# shellcheck shell=bash
# What the benchmark and its relatives share. Sourced after release/lib/common.sh and host.sh, with `root` set.

# find_program: sets `program`, the server to measure.
find_program() {
    program=${TMDB_MCP_PROGRAM:-$root/release/dist/tmdb-mcp-linux-$(host_platform)}
    [ -x "$program" ] || die "there is no program to measure: $program" "Run make release, or set TMDB_MCP_PROGRAM."
}

# build_load: compiles the load generator with the toolchain's clang, unless it is there; sets `load`.
build_load() {
    local sources=("$root"/Tests/Bench/load/*.c) compiler log=$root/.build/bench/load.log stamp
    load=$root/.build/bench/load
    compiler=$(dirname "$(readlink -f "$(command -v swiftc)")")/clang
    stamp=$(cat "${sources[@]}" "$root"/Tests/Bench/load/*.h | sha256sum | cut -d ' ' -f 1)
    if [ -x "$load" ] && [ "$(cat "$load.stamp" 2>/dev/null)" = "$stamp" ]; then return 0; fi
    mkdir -p "$root/.build/bench"
    if ! "$compiler" -std=c11 -O2 -Wall -Wextra -Werror "${sources[@]}" -o "$load" >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        die "the load generator does not compile (whole log: $log)"
    fi
    printf '%s\n' "$stamp" >"$load.stamp"
}
