/// The version of this program (semantic versioning). CHANGELOG.md names the same.
let version = "0.1.0"
