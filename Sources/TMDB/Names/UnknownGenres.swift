/// Remembers that TMDB used a genre that has no name here.
final class UnknownGenres {
    var wereSeen = false
}
