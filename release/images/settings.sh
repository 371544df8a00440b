# shellcheck shell=bash
# What a user may set, read and checked before anything is run: REGISTRY, TAG, PLATFORMS, PUSH, VARIANT. Sourced
# after lib/common.sh and lib/project.sh.

image_platforms=(linux/amd64 linux/arm64 linux/arm/v7 linux/arm/v6 linux/riscv64 linux/386)

case ${PUSH:-0} in
    0 | 1) ;;
    *) die "PUSH=$PUSH is not known" "Use PUSH=1 to push the images to REGISTRY, or leave it out." ;;
esac
if [ "${PUSH:-0}" = 1 ] && [ -z "${REGISTRY:-}" ]; then
    die "PUSH=1 needs REGISTRY" "For instance: make images PUSH=1 REGISTRY=ghcr.io/you"
fi

registry=${REGISTRY:-$project_registry}
case $registry in
    *://*) die "REGISTRY=$registry has a scheme" "Leave it out: REGISTRY=${registry#*://}" ;;
esac
registry_form='^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*$'
[[ $registry =~ $registry_form ]] ||
    die "REGISTRY=$registry is not a registry" "Use HOST, HOST:PORT or HOST/PATH in small letters, such as ghcr.io/you."

tag=${TAG:-$(project_version)}
[[ $tag =~ ^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$ ]] ||
    die "TAG=$tag is not a tag" "Use letters, digits, '.', '_' and '-', at most 128, such as $(project_version)."
image=$registry/tmdb-mcp:$tag
case ${VARIANT:-scratch} in
    scratch) dockerfile=$root/Dockerfile.scratch ;;
    alpine) dockerfile=$root/Dockerfile.alpine image+=-alpine ;;
    *) die "VARIANT=$VARIANT is not known" "Use VARIANT=alpine for an image with a shell, or leave it out." ;;
esac

# program_of PLATFORM: its file in release/dist.
program_of() {
    local words=${1#linux/}
    words=${words/\//}
    echo "$release/dist/tmdb-mcp-linux-${words/#386/i386}"
}

# By default those that every release has, and of the others those that there are programs for.
made=("${image_platforms[@]:0:3}")
for platform in "${image_platforms[@]:3}"; do
    if [ -s "$(program_of "$platform")" ]; then made+=("$platform"); fi
done
IFS=', ' read -r -a platforms <<<"${PLATFORMS:-${made[*]}}"
for platform in "${platforms[@]}"; do
    [[ " ${image_platforms[*]} " == *" $platform "* ]] ||
        die "PLATFORMS names ${platform:-nothing}, for which there is no program" \
            "Use one or more of, joined by commas: $(IFS=,; echo "${image_platforms[*]}")"
done

# The date of all that is in an image, so that the same files give the same image.
epoch=${SOURCE_DATE_EPOCH:-$(date --utc --date="$(project_date)" +%s)}
[[ $epoch =~ ^[0-9]{1,11}$ ]] ||
    die "SOURCE_DATE_EPOCH=$epoch is not a number of seconds" "Leave it out, or use: date +%s"

# image_platform NAME: what Docker calls a platform of the release.
image_platform() {
    case $1 in
        armv[67]) echo "linux/arm/${1#arm}" ;;
        i386) echo linux/386 ;;
        *) echo "linux/$1" ;;
    esac
}

# architecture_of PLATFORM: what images call its processor, without the variant.
architecture_of() { cut -d / -f 2 <<<"$1"; }

# programs_of PLATFORM…: what a release calls them.
programs_of() {
    local words=("${@#linux/}")
    echo "${words[@]//\//}"
}

# on_this_machine HOST: whether registries there speak HTTP without TLS, as Docker sees it too.
on_this_machine() { [[ $1 =~ ^(localhost|127\.[0-9.]+)(:|/|$) ]]; }
