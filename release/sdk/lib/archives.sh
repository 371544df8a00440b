# shellcheck shell=bash
# Debian's archives: the suite, which is called debian here, and its security updates, debian-security. apt reads their
# signed indexes, each in a private configuration: it takes the network settings and the mirrors of the system, and
# changes nothing there.

keyring=${DEBIAN_KEYRING:-/usr/share/keyrings/debian-archive-keyring.gpg}
declare -A uri_of suite_of date_of unreadable
architectures_read=(amd64 arm64 armhf i386 riscv64)

# system_mirror RELEASE NAME: the address in this system's apt sources that ends in /NAME.
system_mirror() {
    local codename
    codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
    # shellcheck disable=SC2016  # apt fills this in
    apt-get indextargets --no-release-info --format '$(REPO_URI)' \
        'Created-By: Packages' "Release: ${1/@/$codename}" 'Component: main' |
        sort --unique | grep -E "/$2/?\$" | head -n 1 || true
}

# find_archives: sets `archives` and what is known of each.
find_archives() {
    local mirror=${DEBIAN_MIRROR:-$(system_mirror @ debian)} security=${DEBIAN_SECURITY_MIRROR:-}
    mirror=${mirror%/}
    [ -n "$mirror" ] ||
        die "found no Debian mirror in this system's apt sources" "Set DEBIAN_MIRROR to the address of one."
    # A mirror that is named has its security updates beside it, as the mirrors in most systems' sources have.
    if [ -z "$security" ] && [ -z "${DEBIAN_MIRROR:-}" ]; then security=$(system_mirror @-security debian-security); fi
    security=${security:-$mirror-security}
    archives=(debian-security debian)
    uri_of=([debian]=$mirror [debian-security]=${security%/})
    suite_of=([debian]=$suite [debian-security]=$security_suite)
    if [ "$security" = none ]; then
        archives=(debian)
        unset 'uri_of[debian-security]'
    fi
    [ -r "$keyring" ] || die "cannot read the keyring $keyring" \
        "Install debian-archive-keyring, or set DEBIAN_KEYRING to the file that the mirror is signed with."
}

# plain: a message of apt in one line, without the address that a name had just then.
plain() { tr --squeeze-repeats ' ' | sed 's/ \[IP: [^]]*\]//'; }

# in_archive NAME COMMAND…: a command of apt that knows this archive alone.
in_archive() { APT_CONFIG=$OUT/apt/$1/apt.conf "${@:2}"; }

# list_architectures NAME ARCHITECTURE…: the only ones whose indexes are read.
list_architectures() {
    printf '%s: %s\n' Types "deb deb-src" URIs "${uri_of[$1]}" Suites "${suite_of[$1]}" Components main \
        Architectures "${*:2}" Signed-By "$keyring" >"$OUT/apt/$1/sources/debian.sources"
}

configure_archive() {
    local apt=$OUT/apt/$1
    mkdir --parents "$apt"/{sources,parts,state/lists/partial,cache/archives/partial}
    list_architectures "$1" "${architectures_read[@]}"
    touch "$apt/status"
    {
        apt-config dump | grep -E '^Acquire::(https?::|Retries|Check-Date|Check-Valid-Until)' || true
        cat <<CONFIGURATION
Dir::Etc::main "/dev/null";
Dir::Etc::parts "$apt/parts";
Dir::Etc::sourcelist "/dev/null";
Dir::Etc::sourceparts "$apt/sources";
Dir::State "$apt/state";
Dir::State::status "$apt/status";
Dir::Cache "$apt/cache";
APT::Architecture "amd64";
APT::Architectures { $(printf '"%s"; ' "${architectures_read[@]}") };
APT::Sandbox::User "";
APT::Get::AllowUnauthenticated "false";
Acquire::ForceHash "SHA256";
Acquire::Languages "none";
Acquire::Retries "3";
CONFIGURATION
    } >"$apt/apt.conf"
}

# update NAME: fetches and checks the archive's index; where that fails, `why` says so.
update() {
    local log=$OUT/apt/$1/log stated failed=0
    in_archive "$1" apt-get update --error-on=any >"$log" 2>&1 || failed=1
    cat "$log"
    if [ "$failed" = 1 ]; then
        why=$(awk 'sub(/^[EW]: /, "") { print; exit }' "$log" | plain)
        return 1
    fi
    stated=$(awk 'sub(/^Date: /, "") { print; exit }' "$OUT/apt/$1/state/lists"/*Release)
    date_of[$1]=$(date --utc --date="$stated" +%Y%m%dT%H%M%SZ)
}

# read_index NAME: reads what can be read; $OUT/notes says what cannot, and `unreadable` where that is all of it.
read_index() {
    local why arch good=() broken=()
    if update "$1"; then return 0; fi
    # In the middle of an update of a mirror, the index of one architecture may not be the signed one.
    for arch in "${architectures_read[@]}"; do
        if grep --quiet "^E: .*/binary-$arch/" "$OUT/apt/$1/log"; then broken+=("$arch"); else good+=("$arch"); fi
    done
    local unseen="${suite_of[$1]} for ${broken[*]}" first=$why
    if [ ${#broken[@]} -gt 0 ] && [ ${#good[@]} -gt 0 ]; then list_architectures "$1" "${good[@]}"; fi
    if [ ${#broken[@]} -eq 0 ] || [ ${#good[@]} -eq 0 ] || ! update "$1"; then
        unreadable[$1]=$first
        unseen=${suite_of[$1]}
    fi
    echo "newer inputs in $unseen are not seen: $first" >>"$OUT/notes"
}

# must_read NAME: ends the script where the index could not be read.
must_read() {
    [ -n "${unreadable[$1]:-}" ] || return 0
    local other=DEBIAN_MIRROR advice
    if [ "$1" = debian-security ]; then other="DEBIAN_SECURITY_MIRROR (none does without)"; fi
    case ${unreadable[$1]} in
        *" is expired "* | *" is not valid yet "*)
            advice="Is it $(date --utc '+%F %H:%M') UTC? If not, set this machine's clock. If so, the mirror is not"
            advice+=" kept up to date: name another"
            ;;
        *) advice="Is there a network? The mirror may be in the middle of an update: try again, or name another" ;;
    esac
    die "cannot read Debian ${suite_of[$1]} from the mirror ${uri_of[$1]}: ${unreadable[$1]}" "$advice: $other."
}

# offered ARCHIVE PACKAGE:ARCHITECTURE: the versions that an archive lists.
offered() {
    local name=${2%:*} arch=${2#*:}
    case $arch in
        source) in_archive "$1" apt-cache showsrc --only-source "$name" | sed --quiet 's/^Version: //p' ;;
        all) in_archive "$1" apt-cache madison "$name" | awk -F ' *[|] *' '/Packages$/ { print $2 }' ;;
        *) in_archive "$1" apt-cache madison "$name:$arch" | awk -F ' *[|] *' '/Packages$/ { print $2 }' ;;
    esac 2>/dev/null | sort --unique || true # apt-cache fails where the archive has no such package
}

# offers GROUP: "VERSION ARCHIVE" for each version in which an archive has the whole group, the newest first.
offers() {
    local archive member times version count sorted=() i
    count=$(wc --words <<<"$1")
    for archive in "${archives[@]}"; do
        [ -z "${unreadable[$archive]:-}" ] || continue
        # shellcheck disable=SC2086  # a group is words
        for member in $1; do offered "$archive" "$member"; done | sort | uniq --count |
            while read -r times version; do
                if [ "$times" = "$count" ]; then echo "$version $archive"; fi
            done
    done >"$OUT/offers"
    while read -r version archive; do
        for ((i = 0; i < ${#sorted[@]}; i++)); do
            if dpkg --compare-versions "$version" gt "${sorted[i]% *}"; then break; fi
        done
        sorted=("${sorted[@]:0:i}" "$version $archive" "${sorted[@]:i}")
    done <"$OUT/offers"
    rm "$OUT/offers"
    [ ${#sorted[@]} -eq 0 ] || printf '%s\n' "${sorted[@]}"
}

# lines_of ARCHIVE VERSION GROUP: what inputs.lock says of a group in a version, as the signed index has it.
lines_of() {
    local member name arch place file hash
    for member in $3; do
        name=${member%:*} arch=${member#*:}
        case $arch in
            source) in_archive "$1" apt-get source --download-only --only-source --print-uris "$name=$2" ;;
            all) in_archive "$1" apt-get download --print-uris "$name=$2" ;;
            *) in_archive "$1" apt-get download --print-uris "$name:$arch=$2" ;;
        esac | grep "^'" | while read -r place _ _ hash; do
            place=${place//\'/}
            place=${place#"${uri_of[$1]}/"}
            place=$(printf '%b' "${place//%/\\x}")
            file=${place##*/}
            [[ $hash == SHA256:* ]] || die "the index of ${suite_of[$1]} has no SHA-256 of $file"
            printf '%s %s %s %s %s %s %s\n' \
                "$name" "$arch" "$2" "${hash#SHA256:}" "$file" "${date_of[$1]}" "$1/${place%/*}"
        done || return 1
    done
}
