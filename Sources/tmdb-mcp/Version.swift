/// The version of this program (semantic versioning). CHANGELOG.md names the same.
let version = "0.1.0"
/// The day of the version, for the manual page.
let versionDate = "2026-11-21"
