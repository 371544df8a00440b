# shellcheck shell=bash
# Runs parts of the tests side by side. Sourced after release/lib/common.sh, with `root` set.

# side_by_side COUNT LOGS SCRIPT PART[:AFTER,…]…: runs `SCRIPT PART` for each, COUNT of them at once, in this order but
# for those that have to wait for others, with its output in LOGS/PART.log, which is shown when it ends. Once one has
# failed it starts nothing more, ends the others, and returns 1. `seconds` then holds how long each took.
side_by_side() {
    local count=$1 logs=$2 script=$3 waiting=("${@:4}") each part pid code failed=
    declare -gA seconds=()
    local -A part_of=() began=()
    rm -rf "$logs"
    mkdir -p "$logs"
    # Every part in a process group of its own, so that all of it can be ended.
    set -m
    trap 'end_parts; say; die "interrupted"' INT TERM HUP
    while [ -z "$failed" ]; do
        local kept=()
        for each in "${waiting[@]}"; do
            part=${each%%:*}
            if [ ${#part_of[@]} -lt "$count" ] && all_done "${each#"$part"}"; then
                say "-- $part: started"
                began[$part]=$SECONDS
                "$script" "$part" >"$logs/$part.log" 2>&1 </dev/null &
                part_of[$!]=$part
            else
                kept+=("$each")
            fi
        done
        waiting=("${kept[@]}")
        [ ${#part_of[@]} -gt 0 ] || break
        code=0
        wait -n -p pid "${!part_of[@]}" || code=$?
        part=${part_of[$pid]}
        unset "part_of[$pid]"
        seconds[$part]=$((SECONDS - began[$part]))
        say "" "== $part"
        cat "$logs/$part.log" >&2
        if [ "$code" -eq 0 ]; then
            say "== $part: passed in ${seconds[$part]} s"
        else
            failed=$part
        fi
    done
    end_parts
    trap - INT TERM HUP
    set +m
    [ -z "$failed" ] || { say "== $failed: FAILED after ${seconds[$failed]} s"; return 1; }
    [ ${#waiting[@]} -eq 0 ] || die "these tests wait for something that no test makes: ${waiting[*]}"
}

# all_done [:AFTER,…]: whether all of them have passed.
all_done() {
    local after
    for after in ${1//[:,]/ }; do [ -n "${seconds[$after]:-}" ] || return 1; done
}

# end_parts: ends those that still run.
end_parts() {
    local pid
    for pid in "${!part_of[@]}"; do kill -TERM -- "-$pid" 2>/dev/null || true; done
    for pid in "${!part_of[@]}"; do wait "$pid" 2>/dev/null || true; done
}

# say_seconds: how long each part took, longest first.
say_seconds() {
    local part
    for part in "${!seconds[@]}"; do
        printf '%6d s  %s\n' "${seconds[$part]}" "$part"
    done | sort --reverse --numeric-sort >&2
}
