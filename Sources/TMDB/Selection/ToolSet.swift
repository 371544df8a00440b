/// A set of tools under one name, for people who want fewer than all.
enum ToolSet: String, CaseIterable {
    case search, details, people, media, discover, lists
    /// A person's own, which is no part of all.
    case account
}
