# shellcheck shell=bash
# Runs the steps. A step is a script in steps/ that fills the empty directory $OUT; that directory becomes
# $work/<name> only when the script has ended well, in one rename, with the hash of all that went into it in `.key`.
# So an interrupted step leaves nothing that could be taken for its result, and an unchanged one is skipped.

step_number=0

# key_of FILE…: one hash of the files' contents.
key_of() { cat -- "$@" | sha256sum | cut -d ' ' -f 1; }

# step_key NAME: the key under which a step's result was made.
step_key() { cat "$work/$1/.key"; }

# input_key NAME…: one hash of the versions and sums of these inputs, as they were fetched.
input_key() {
    local name
    for name in "$@"; do
        grep "^$name " "$work/inputs/inputs.lock" || die "no input named $name" "Run: make sdk-lock"
    done | sha256sum | cut -d ' ' -f 1
}

# end_of LOG: what a step that failed said last: its own error, as `die` prints one, else the last lines.
end_of() {
    awk '/^error: / { said = $0; next } said && /^       / { said = said "\n" $0; next } { said = "" }
        END { if (said) print said; else exit 1 }' "$1" || tail -n 25 "$1"
}

# run_step NAME TITLE KEY [VARIABLE=VALUE…]: makes $work/NAME with steps/${STEP:-NAME} unless its key is unchanged.
run_step() {
    local name=$1 title=$2 key=$3
    shift 3
    local STEP=$name assignment
    for assignment in "$@"; do case $assignment in STEP=*) STEP=${assignment#STEP=} ;; esac; done
    key=$(printf '%s' "$key$(key_of "$sdk/steps/$STEP")$*" | sha256sum | cut -d ' ' -f 1)
    step_number=$((step_number + 1))
    if [ "$(cat "$work/$name/.key" 2>/dev/null)" = "$key" ]; then return 0; fi

    printf '[%*d/%d] %s ... ' "${#steps_total}" "$step_number" "$steps_total" "$title" >&2
    local log=$work/log/$name.log started=$SECONDS out=$work/$name.new
    # The step keeps the lock: should this shell be killed, no other build may start while the step still writes.
    if ! { mkdir -p "$work/log" && rm -rf "$out" && mkdir "$out" && env "$@" OUT="$out" work="$work" sdk="$sdk" \
        toolchain="$toolchain" toolchain_version="$toolchain_version" architecture="${architecture:-}" \
        bash "$sdk/steps/$STEP" >"$log" 2>&1 </dev/null &&
        printf '%s' "$key" >"$out/.key"; }; then
        printf 'FAILED\n' >&2
        local free_kb
        free_kb=$(df --output=avail --block-size=1K "$work" | tail -n 1)
        rm -rf "$out"
        { end_of "$log" | awk '{ print "    " $0 }' >&2; } || true
        # A full disk may have had no room for the message that says so.
        if [ "$free_kb" -lt 1024 ] || grep -qsi 'no space left' "$log"; then
            die "the disk is full (whole log: $log)" "Free some space, or set SDK_WORK, then run this again."
        fi
        die "step \"$title\" failed (whole log: $log)" "What was finished is kept: fix the cause and run this again."
    fi
    rm -rf "${work:?}/$name"
    mv "$out" "$work/$name"
    printf '%d s\n' $((SECONDS - started)) >&2
}

# report_drift FILE: tells which newer inputs there are than those of inputs.lock.
report_drift() {
    [ -s "$1" ] || return 0
    local newer
    newer=$(paste --serial --delimiters=';' "$1")
    say "note: the mirror has moved on: ${newer//;/; } (make sdk-lock records it)"
}

# report_notes FILE: tells what else there was to say of the inputs.
report_notes() {
    [ -s "$1" ] || return 0
    sed 's/^/note: /' "$1" >&2
}
