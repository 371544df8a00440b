# shellcheck shell=bash
# Patches of ours for published holes, until Debian's source has them closed.

# patch_unless_fixed PATCH ISSUE FIXED: applies patches/PATCH.patch to $OUT/source unless its $version, upstream's, is
# FIXED or newer, or its history names ISSUE: upstream's ChangeLog, or Debian's changelog and patches.
patch_unless_fixed() {
    local source=$OUT/source file=$sdk/patches/$1.patch
    # shellcheck disable=SC2154  # the step sets it
    [ -n "$version" ] || die "cannot tell the version of the source in $source" "Look at the step that compiles it."
    if [ "$(printf '%s\n' "$3" "$version" | sort --version-sort | head -n 1)" = "$3" ]; then
        say "$2 is fixed in version $version"
    elif grep --quiet --recursive --word-regexp --fixed-strings "$2" "$source/ChangeLog" "$source/debian/changelog" \
        "$source/debian/patches"; then
        say "$2 is fixed in Debian's source of version $version"
    else
        patch --directory="$source" --strip=1 --forward --fuzz=0 --dry-run <"$file" ||
            die "version $version lacks the fix of $2, and our patch does not apply to it" \
                "Adapt release/sdk/patches/$1.patch to this version, or take a version with the fix."
        patch --directory="$source" --strip=1 --forward --fuzz=0 <"$file"
        say "$2: patched"
    fi
}
