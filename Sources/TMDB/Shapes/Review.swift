import JSON

/// What a user of TMDB's wrote about a title: GET /movie/{id}/reviews, /tv/{id}/reviews.
enum Review {
    static let row = Shape([
        Field("author", .name),
        Field("rating", .inside("rating", .rating), from: "author_details", description: "the author's, 0 to 10"),
        Field("date", .date, from: "created_at"),
        Field("text", .prose(bytesMax: 300), from: "content"),
        Field("url", .text),
        Field("updated", .date, from: "updated_at").fullOnly,
    ])

    static let page = Page(of: row)
}
