# shellcheck shell=bash disable=SC2154
# Virtual environments for the tests in Python, in .build/venv. Sourced after release/lib/common.sh, with `root` set.

environments=$root/.build/venv

# A hook of git tells by these variables which repository it is about; the tests make others, and would commit to it.
mapfile -t of_a_hook < <(git rev-parse --local-env-vars)
unset -v "${of_a_hook[@]}" of_a_hook

require_python() {
    require_packages python3:python3
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        die "Python 3.11 or newer is needed; this is $(python3 --version)" "Put a newer python3 first on PATH."
    python3 -c 'import ensurepip, venv' 2>/dev/null || require_packages python3-venv
    # Where python3 is a script of pyenv, that takes longer to start than Python itself.
    local folder
    folder=$(python3 -c 'import os, sys; print(os.path.dirname(sys.executable))')
    case :$PATH: in *:"$folder":*) ;; *) PATH=$folder:$PATH ;; esac
}

# prepare_environment NAME [FOLDER]: makes $environments/NAME from requirements-NAME.txt in a folder of Tests (EndToEnd
# unless told), unless it is there. Its stamp, written last, holds what it was made from.
prepare_environment() {
    local environment=$environments/$1 log=$environments/$1.log stamp lock
    local requirements=$root/Tests/${2:-EndToEnd}/requirements-$1.txt
    mkdir -p "$environments"
    prepare_pip
    # Two runners may want it at once: the second waits, and finds it made.
    exec {lock}>"$environment.lock"
    flock "$lock"
    stamp=$({ python3 --version && cat "$requirements"; } | sha256sum | cut -d ' ' -f 1)
    if [ -f "$environment/stamp" ] && [ "$(cat "$environment/stamp")" = "$stamp" ]; then
        exec {lock}>&-
        return 0
    fi
    say "pip: installing $(grep --count '==' "$requirements") packages into $environment (log: $log)"
    rm -rf "$environment"
    # Python compiles what is imported, which is a part of what is installed.
    if ! {
        python3 -m venv --without-pip "$environment" &&
            "$environments/pip/bin/pip" --python "$environment/bin/python" install --disable-pip-version-check \
                --no-compile --no-deps --only-binary :all: --require-hashes --requirement "$requirements"
    } >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        die "the Python packages cannot be installed (whole log: $log)" "Is there a network? Then run this again."
    fi
    printf '%s\n' "$stamp" >"$environment/stamp"
    exec {lock}>&-
}

# prepare_pip: one pip for all environments, and for tests that install what is released; making it takes as long as
# many packages.
prepare_pip() {
    local lock of=$environments/pip version
    version=$(python3 --version)
    exec {lock}>"$of.lock"
    flock "$lock"
    if [ ! -f "$of/stamp" ] || [ "$(cat "$of/stamp")" != "$version" ]; then
        rm -rf "$of"
        python3 -m venv "$of" >"$of.log" 2>&1 || die "no Python environment can be made (whole log: $of.log)"
        printf '%s\n' "$version" >"$of/stamp"
    fi
    exec {lock}>&-
}
