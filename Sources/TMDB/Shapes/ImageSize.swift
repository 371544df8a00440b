/// The widths that TMDB keeps images in (GET /configuration). Each kind of image has a few of them.
enum ImageSize: Sendable {
    case poster, backdrop, profile, logo, still, original

    /// Where TMDB's images of that width are, as its configuration has said since it exists.
    var folder: String {
        switch self {
        case .poster: "https://image.tmdb.org/t/p/w500"
        case .backdrop: "https://image.tmdb.org/t/p/w1280"
        case .profile: "https://image.tmdb.org/t/p/h632"
        case .logo, .still: "https://image.tmdb.org/t/p/w300"
        case .original: "https://image.tmdb.org/t/p/original"
        }
    }

    /// Nil for a path that does not begin with a slash, as TMDB's do.
    func url(of path: String) -> String? { ImageSize.isPath(path) ? folder + file(at: path) : nil }

    /// TMDB has a vector graphic, as logos are, in its original size alone; of the other sizes it makes PNGs.
    func file(at path: String) -> String {
        guard case .logo = self, path.utf8.count > 4, path.hasSuffix(".svg") else { return path }
        return String(Substring(path.utf8.dropLast(3))) + "png"
    }

    static func isPath(_ text: String) -> Bool { text.utf8.first == UInt8(ascii: "/") }
}
