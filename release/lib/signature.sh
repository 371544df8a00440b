# shellcheck shell=bash
# The signature of a release: SHA256SUMS.minisig, made and checked by minisign. From the environment:
#
#   MINISIGN_SECRET_KEY       the secret key, as its file holds it; or
#   MINISIGN_SECRET_KEY_FILE  the file
#   MINISIGN_PASSWORD         its password, where it has one
#   MINISIGN_PUBLIC_KEY, MINISIGN_PUBLIC_KEY_FILE   to check with, in place of release/minisign.pub
#
# A maintainer makes the pair once: minisign -G -p release/minisign.pub -s SAFE-PLACE/tmdb-mcp.key

# $(trimmed TEXT): without the line ends that a store of secrets may have added. The shell takes off those at the end.
trimmed() { printf '%s' "${1//$'\r'/}"; }

# take_secret_key FOLDER: sets `secret_key`, a file (in FOLDER where the environment holds the key itself), or leaves it
# empty where there is no key. What is run from now on does not see the secrets.
take_secret_key() {
    local key=${MINISIGN_SECRET_KEY:-} password=${MINISIGN_PASSWORD:-}
    secret_key=${MINISIGN_SECRET_KEY_FILE:-}
    unset MINISIGN_SECRET_KEY MINISIGN_PASSWORD
    secret_password=$password
    key=$(trimmed "$key")
    if [ -n "$key" ]; then
        [ -z "$secret_key" ] || die "MINISIGN_SECRET_KEY and MINISIGN_SECRET_KEY_FILE are both set" "Set one of them."
        # The first line is a comment, which a store of secrets may have lost.
        [[ $key == *$'\n'* ]] || key=$'untrusted comment: minisign secret key\n'$key
        secret_key=$1/secret.key
        (umask 077 && printf '%s\n' "$key" >"$secret_key")
    fi
    [ -n "$secret_key" ] || return 0
    [ -r "$secret_key" ] || die "the secret key cannot be read: $secret_key" "Look at MINISIGN_SECRET_KEY_FILE."
    require_packages minisign:minisign
}

# sign FILE COMMENT: makes FILE.minisig. The password goes by a here-string, which no other user sees; minisign, which
# does not read it when the key needs none, would break a pipe from printf.
sign() {
    local said
    said=$(minisign -S -s "$secret_key" -m "$1" -c "signature of $(basename "$1")" -t "$2" \
        2>&1 >/dev/null <<<"$secret_password") ||
        die "minisign cannot sign with this key: ${said##*$'\n'}" \
            "Is it a secret key of minisign? Is MINISIGN_PASSWORD its password?"
    ! find_public_key || check_signature "$1" >/dev/null ||
        die "the secret key does not belong to the public key: $public_key_place" \
            "Sign with the other key, or commit the new public key and tell its users."
}

# find_public_key: sets `public_key`, minisign's options, and `public_key_place`; fails where there is none.
find_public_key() {
    local key
    key=$(trimmed "${MINISIGN_PUBLIC_KEY:-}")
    if [ -n "$key" ]; then
        public_key=(-P "${key##*$'\n'}") public_key_place="MINISIGN_PUBLIC_KEY"
    else
        public_key_place=${MINISIGN_PUBLIC_KEY_FILE:-$root/release/minisign.pub}
        public_key=(-p "$public_key_place")
        [ -r "$public_key_place" ]
    fi
}

# check_signature FILE: prints the comment that was signed too.
check_signature() { minisign -V -Q -m "$1" "${public_key[@]}" 2>/dev/null; }
