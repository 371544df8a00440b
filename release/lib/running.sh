# shellcheck shell=bash
# What a program says of itself while it runs. Sourced after common.sh.

# run_alone PROGRAM ARGUMENT…: runs a copy of it with nothing around it: no file, no library, no variable. `runner`
# holds the emulator, with its options, where the program is for another processor.
run_alone() {
    local program=$1 place command=(/program) status=0
    shift
    place=$(mktemp --directory)
    cp "$program" "$place/program"
    if [ ${#runner[@]} -gt 0 ]; then
        cp "$(command -v "${runner[0]}")" "$place/emulator"
        command=(/emulator "${runner[@]:1}" /program)
    fi
    local enter=(chroot)
    [ "$(id -u)" = 0 ] || enter=(unshare --user --map-root-user chroot)
    env --ignore-environment PATH="$PATH" "${enter[@]}" "$place" "${command[@]}" "$@" </dev/null || status=$?
    rm -rf "$place"
    return "$status"
}

# start_waiting PROGRAM: starts it as a server on pipes and waits for its first answer. Sets `maps`, a file: the map of
# its memory then.
start_waiting() {
    local program=$1 answer="" place process input output
    place=$(mktemp --directory) maps=$(mktemp)
    mkfifo "$place/input" "$place/output"
    env --ignore-environment HOME=/nonexistent TMDB_API_KEY=0123456789abcdef0123456789abcdef \
        "${runner[@]}" "$program" --server-mode stdio <"$place/input" >"$place/output" 2>/dev/null &
    process=$!
    # With both ends held here, writing to a program that has ended is no error. The end of its output is noticed.
    exec {input}<>"$place/input" {output}<"$place/output"
    echo '{"jsonrpc":"2.0","id":1,"method":"ping"}' >&"$input"
    if read -r -t 60 answer <&"$output"; then cat "/proc/$process/maps" >"$maps" || true; fi
    exec {input}>&- {output}<&-
    wait "$process" || true
    rm -rf "$place"
    [ -n "$answer" ] && [ -s "$maps" ]
}

# load_address PROGRAM: prints where its first byte is in `maps`.
load_address() {
    local line
    line=$(grep --max-count=1 --fixed-strings " $(realpath "$1")" "$maps") || return 1
    [[ $line == *" 00000000 "* ]] || return 1
    echo $((16#${line%%-*}))
}

# relocated_is_read_only PROGRAM: whether each byte that it said to protect after its start is there, and not writable.
relocated_is_read_only() {
    local program=$1 base offset size start end from to rights rest
    base=$(load_address "$program") || return 1
    read -r offset size < <(LC_ALL=C readelf --wide --program-headers "$program" |
        awk '$1 == "GNU_RELRO" { print $3, $6 }') || return 1
    [ -n "$size" ] || return 1
    start=$((base + offset)) end=$((base + offset + size))
    # The lines are in the order of addresses: each must begin where what is seen so far ends.
    while read -r from rights rest; do
        to=$((16#${from#*-})) from=$((16#${from%-*}))
        if [ "$to" -le "$start" ] || [ "$from" -ge "$end" ]; then continue; fi
        if [ "$from" -gt "$start" ] || [[ $rights == *w* ]]; then return 1; fi
        start=$to
    done <"$maps"
    [ "$start" -ge "$end" ]
}

# addresses_are_random: whether this machine loads programs at another address each time.
addresses_are_random() {
    [ "$(cat /proc/sys/kernel/randomize_va_space)" != 0 ] && [ $((16#$(cat /proc/self/personality) & 0x0040000)) = 0 ]
}

# address_changes PROGRAM: whether another start loads it elsewhere than `maps` says.
address_changes() {
    local before after
    before=$(load_address "$1") || return 1
    rm -f "$maps"
    start_waiting "$1" && after=$(load_address "$1") && [ "$before" != "$after" ]
}
