# shellcheck shell=bash
# Making an image of Dockerfile.scratch without Docker. Sourced after lib/common.sh, lib/project.sh, lib/git.sh and
# settings.sh.

# pack_image ARCHIVE PROGRAMS: an OCI archive of $platforms; with "-" only their digests, on standard output. PROGRAMS
# is a folder that release/images/programs has made. Compressed layers are kept in .build/images/layers, or KEPT_LAYERS.
pack_image() {
    require_packages python3:python3 zopfli:zopfli
    PYTHONDONTWRITEBYTECODE=1 python3 "$release/images/pack.py" "$1" --dockerfile "$dockerfile" --programs "$2" \
        --name "$image" --epoch "$SOURCE_DATE_EPOCH" --argument "VERSION=$(project_version)" \
        --argument "REVISION=$(source_revision)" --argument "CREATED=$(date_of_image)" "${platforms[@]}"
}

date_of_image() { date --utc --date="@$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ; }
