# shellcheck shell=bash
# Where the files of the inputs are: a line of inputs.lock, or one like it from a signed index, says which bytes it must
# be, so that the place does not matter.

# prepare_kept: unpacks SDK_INPUTS, where it is the file `sources` of a release; sets `kept` to the folder.
prepare_kept() {
    kept=${SDK_INPUTS:-}
    [ -n "$kept" ] || return 0
    [ -e "$kept" ] || die "there are no kept inputs in $kept" "SDK_INPUTS names a folder, or the sources of a release."
    [ ! -d "$kept" ] || return 0
    mkdir "$OUT/kept"
    tar --extract --no-same-owner --file="$kept" --directory="$OUT/kept" ||
        die "$kept cannot be unpacked" "SDK_INPUTS names a folder, or the sources of a release, a tar file."
    kept=$OUT/kept
}

is_of() { [ "$(sha256sum <"$2" | cut --delimiter=' ' --fields=1)" = "$1" ]; }

# download SHA256 URL FILE: where the place has no such file, sets `reason`. Other bytes end the script.
download() {
    local url=${2//+/%2b}
    rm -f "$3.part"
    # A file of this machine comes as a link.
    if /usr/lib/apt/apt-helper download-file "${url//\~/%7e}" "$3.part" 2>"$OUT/why" && [ -f "$3.part" ]; then
        is_of "$1" "$3.part" ||
            die "${2##*/} has other bytes than $source_of_sums says: $2" "Do not use this mirror."
        cp --dereference "$3.part" "$3" && rm "$3.part"
        return
    fi
    cat "$OUT/why"
    reason=$(awk 'sub(/^E: Failed to fetch /, "") { print; exit }' "$OUT/why" | plain)
    reason="${2##*/}: ${reason:-no answer from $2}"
    return 1
}

# Each of these puts a file where FILE says, or fails: PLACE SHA256 FILE TIME DIRECTORY.

# What an earlier run has fetched.
from_here() {
    local known
    for known in "$work"/inputs/files/{,*/}"${2##*/}" "$work"/newest/files/{,*/}"${2##*/}"; do
        if [ -f "$known" ] && is_of "$1" "$known"; then cp "$known" "$2" && return 0; fi
    done
    return 1
}

from_kept() {
    [ -n "$kept" ] || return 1
    local known
    known=$(find "$kept" -name "${2##*/}" -type f -print -quit)
    [ -n "$known" ] || return 1
    is_of "$1" "$known" ||
        die "${2##*/} in $SDK_INPUTS has other bytes than inputs.lock says" "Do not use these kept inputs."
    cp "$known" "$2"
}

from_mirror() {
    local archive=${4%%/*}
    if [ -z "${uri_of[$archive]:-}" ]; then
        reason="${2##*/}: no mirror of $archive is named"
        return 1
    fi
    download "$1" "${uri_of[$archive]}/${4#*/}/${2##*/}" "$2"
}

# The archive sees a state of the mirrors some hours later than its date says.
from_archive() {
    local archive=${DEBIAN_ARCHIVE:-} time place missing=$reason
    [ -n "$archive" ] || return 1
    for time in "$3" "$(date --utc --date="${3:0:8} ${3:9:2}:${3:11:2}:${3:13:2} UTC 1 day" +%Y%m%dT%H%M%SZ)"; do
        place=${archive//\{archive\}/${4%%/*}}
        if download "$1" "${place//\{time\}/$time}/${4#*/}/${2##*/}" "$2"; then return 0; fi
    done
    reason="$missing, and ${reason#*: }"
    return 1
}

# fetch LINES PLACE…: all files that these lines of a lock name; where one is in none of the places, `reason` says why.
fetch() {
    local name arch sum file time directory to place lines=$1
    shift
    while read -r name arch _ sum file time directory; do
        to=$files/$file
        # dpkg-source wants the files of a source by themselves.
        if [ "$arch" = source ]; then to=$files/$name/$file; fi
        mkdir --parents "${to%/*}" || return 1
        reason=$file
        for place in "$@"; do
            if "from_$place" "$sum" "$to" "$time" "$directory"; then continue 2; fi
        done
        return 1
    done <<<"$lines"
}
