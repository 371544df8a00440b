# shellcheck shell=bash
# What a run of tests says at its end. Sourced after release/lib/common.sh.

# not_run WHAT: says loudly what is left out, and notes it for the end of `Tests/run all` (see Tests/lib/not_run.py).
not_run() {
    say "NOT RUN: $1"
    [ -z "${TESTS_NOT_RUN:-}" ] || printf '%s\n' "$1" >>"$TESTS_NOT_RUN"
}
