# shellcheck shell=bash
# Runs parts of the tests side by side. Sourced after release/lib/common.sh, with `root` set.

# side_by_side COUNT LOGS SCRIPT PART[:AFTER,…]…: runs `SCRIPT PART` for each, COUNT of them at once, in this order but
# for those that have to wait for others, with its output in LOGS/PART.log, which is shown when it ends. One that fails
# does not stop the others; those that wait for it are not started. Returns 1 if any has failed. `seconds` then holds
# how long each took, and `processor` how much processor time.
side_by_side() {
    local count=$1 logs=$2 script=$3 waiting=("${@:4}") each part pid code failed=() number=0
    declare -gA seconds=() processor=()
    local -A part_of=() began=() passed=()
    local TIMEFORMAT='%U %S'
    rm -rf "$logs"
    mkdir -p "$logs"
    # Every part in a process group of its own, so that all of it can be ended.
    set -m
    trap 'end_parts; say; die "interrupted"' INT TERM HUP
    while true; do
        local kept=()
        for each in "${waiting[@]}"; do
            part=${each%%:*}
            if [ ${#part_of[@]} -lt "$count" ] && all_done "${each#"$part"}"; then
                say "-- [$((++number))/$(($# - 3))] $part: started"
                began[$part]=$SECONDS
                { time "$script" "$part" >"$logs/$part.log" 2>&1 </dev/null; } 2>"$logs/$part.time" &
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
        processor[$part]=$(awk '{ printf "%.0f", $1 + $2 }' "$logs/$part.time")
        say "" "== $part"
        cat "$logs/$part.log" >&2
        if [ "$code" -eq 0 ]; then
            say "== $part: passed in ${seconds[$part]} s"
            passed[$part]=1
        else
            say "== $part: FAILED after ${seconds[$part]} s"
            failed+=("$part")
        fi
    done
    trap - INT TERM HUP
    set +m
    [ ${#failed[@]} -gt 0 ] || [ ${#waiting[@]} -eq 0 ] ||
        die "these tests wait for something that no test makes: ${waiting[*]}"
    [ ${#waiting[@]} -eq 0 ] || say "" "not started, since what they need has failed: ${waiting[*]%%:*}"
    [ ${#failed[@]} -eq 0 ] || { say "FAILED: ${failed[*]}"; return 1; }
}

# all_done [:AFTER,…]: whether all of them have passed.
all_done() {
    local after
    for after in ${1//[:,]/ }; do [ -n "${passed[$after]:-}" ] || return 1; done
}

# end_parts: ends those that still run.
end_parts() {
    local pid
    for pid in "${!part_of[@]}"; do kill -TERM -- "-$pid" 2>/dev/null || true; done
    for pid in "${!part_of[@]}"; do wait "$pid" 2>/dev/null || true; done
}

# say_seconds: how long each part took and its processor time, longest first. What ends on its own account, as a Docker
# engine, is not in the processor time.
say_seconds() {
    local part
    for part in "${!seconds[@]}"; do
        printf '%6d s, processor %5d s  %s\n' "${seconds[$part]}" "${processor[$part]}" "$part"
    done | sort --reverse --numeric-sort >&2
}
