# shellcheck shell=bash
# What making and checking images needs of Docker. Sourced after lib/common.sh and settings.sh, with `place` set to an
# empty folder before anything is called.

require_docker() {
    command -v docker >/dev/null || die "there is no docker on PATH" \
        "Install Docker (https://docs.docker.com/engine/install), or make an OCI archive without it: make oci"
    docker info >/dev/null 2>&1 || die "no Docker engine answers: $(docker info 2>&1 | tail -n 1)" \
        "Start it, or name it in DOCKER_HOST, or make an OCI archive without it: make oci"
    docker buildx version >/dev/null 2>&1 || die "docker has no buildx" \
        "Install its plugin: docker-buildx-plugin of Docker, or docker-buildx of Debian."
}

# Whether the engine keeps images in containerd's store, which alone holds several platforms of one.
has_containerd_store() { docker info --format '{{json .DriverStatus}}' | grep --quiet io.containerd.snapshotter; }

# require_builder: without that store the engine's own builder writes no archives; another one is made, once. Sets
# `builder`, options of docker buildx build.
require_builder() {
    local driver log=$place/builder.log
    builder=()
    driver=$(docker buildx inspect 2>/dev/null | sed --quiet 's/^Driver: *//p')
    if [ "$driver" != docker ] || has_containerd_store; then return 0; fi
    builder=(--builder tmdb-mcp)
    if docker buildx inspect tmdb-mcp >/dev/null 2>&1; then return 0; fi
    say "making a builder: docker buildx create --name tmdb-mcp --driver docker-container"
    if ! { docker buildx create --name tmdb-mcp --driver docker-container &&
        docker buildx inspect --bootstrap tmdb-mcp; } >"$log" 2>&1; then
        tail -n 5 "$log" >&2
        docker buildx rm tmdb-mcp >/dev/null 2>&1 || true
        die "this engine cannot write OCI archives by itself, and no builder could be made" \
            "Turn on its containerd image store (https://docs.docker.com/engine/storage/containerd), or use: make oci"
    fi
}

# load_archive ARCHIVE NAME: loads it into the engine. Returns 1 where the store cannot hold it; it is called where a
# failure would not end the script by itself.
load_archive() {
    local file=$1
    if ! has_containerd_store; then
        [ ${#platforms[@]} -eq 1 ] || return 1
        require_packages skopeo:skopeo
        file=$place/image.tar
        skopeo copy --quiet --override-arch "$(architecture_of "${platforms[0]}")" "oci-archive:$1" \
            "docker-archive:$file:$2" || die "$1 cannot be read, or not be written to $file" "Is the disk full?"
    fi
    docker load --input "$file" >/dev/null ||
        die "$2 could not be loaded into Docker" "It is in $1: fix the cause, and run this again."
}

# push_archive ARCHIVE NAME: pushes all of its platforms, with the credentials of `docker login`.
push_archive() {
    local options=() log=$place/push.log
    if [ -s "${DOCKER_CONFIG:-}/config.json" ]; then options+=(--authfile "$DOCKER_CONFIG/config.json"); fi
    if on_this_machine "$2"; then options+=(--dest-tls-verify=false); fi
    if ! skopeo copy --all --preserve-digests "${options[@]}" "oci-archive:$1" "docker://$2" >"$log" 2>&1; then
        tail -n 5 "$log" >&2
        die "$2 could not be pushed" "Does the registry answer, and are you logged in? docker login ${registry%%/*}"
    fi
}

# require_emulation PLATFORM IMAGE: whether the engine runs programs of another platform.
require_emulation() {
    if docker run --rm --platform "$1" "$2" --version >"$place/emulation.log" 2>&1; then return 0; fi
    tail -n 5 "$place/emulation.log" >&2
    die "the image for $1 does not run here" "If the engine's machine has no emulator, install one there, as root:" \
        "Debian: apt-get install qemu-user-static" \
        "elsewhere: docker run --privileged --rm tonistiigi/binfmt --install all" \
        "or leave this platform out: PLATFORMS=..."
}
