"""What people ask, and the calls that answer it for a model that knows the tools and nothing of the answer.

The answers are about the stand-in's sample data. A later call takes ids that an earlier one gave.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Call = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Question:
    words: str
    calls: tuple[Call, ...]
    answer: tuple[str, ...]
    """What must be in the text of the last call: regular expressions, one after the other."""
    absent: tuple[str, ...] = ()
    """What must not be there."""


def search(query: str, kind: str = "movie") -> Call:
    return "search", {"query": query, "type": kind, "limit": 5}


def title(name: str, value: object) -> str:
    """A member with a value, as JSON has them."""
    return rf'"{name}":{value if isinstance(value, int) else chr(34) + str(value)}'


MOVIE, TV = {"media_type": "movie"}, {"media_type": "tv"}

QUESTIONS = [
    Question(
        "What can I watch tonight on Netflix in Germany, in under 100 minutes?",
        (("discover_movies", {"with_watch_providers": "Netflix", "watch_region": "DE", "with_runtime.lte": 99}),),
        (title("media_type", "movie"), title("with_watch_providers", "8 Netflix")),
    ),
    Question(
        "Films like Arrival, but not by Villeneuve?",
        (
            search("Arrival"),
            ("get_recommendations", MOVIE | {"id": 329865, "without_people": "Denis Villeneuve"}),
        ),
        (title("title", "2001: A Space Odyssey"),),
        ("Blade Runner 2049", "Dune: Part Two"),
    ),
    Question(
        "All films of the Marvel Cinematic Universe in order of release?",
        (
            (
                "discover_movies",
                {
                    "with_keywords": "marvel cinematic universe (mcu)", "sort_by": "primary_release_date.asc",
                },
            ),
        ),
        ("Iron Man", "Iron Man 2", "Iron Man 3", "Age of Ultron", "Infinity War", "Endgame"),
    ),
    Question(
        "Who played the villain in Skyfall?",
        (search("Skyfall"), ("get_credits", MOVIE | {"id": 37724, "department": "Acting"})),
        (title("name", "Javier Bardem") + '","character":"Raoul Silva',),
    ),
    Question(
        "What is in cinemas in France now?",
        (("get_trending", {"media_type": "movie", "time_window": "now_playing", "region": "FR"}),),
        (title("title", "Predator: Badlands"),),
        (title("title", "Zootopia 2"),),
    ),
    Question(
        "When is the next episode of Severance?",
        (search("Severance", "tv"), ("get_details", TV | {"id": 95396})),
        (title("status", "Returning Series"), title("last_episode", "S2 E10")),
        ("next_episode",),  # TMDB knows of none
    ),
    Question(
        "Is Dune: Part Two on Prime Video in the UK?",
        (
            (
                "get_watch_providers",
                MOVIE | {"titles": ["Dune: Part Two"], "region": "UK", "services": "Prime Video"},
            ),
        ),
        (title("title", "Dune: Part Two"), r'"matches":\["Amazon Prime Video"\]'),
    ),
    Question(
        "Films with both De Niro and Pacino?",
        (("discover_movies", {"with_cast": "Robert De Niro, Al Pacino"}),),
        (title("total_results", 2), "Heat|The Godfather Part II", "Heat|The Godfather Part II"),
    ),
    Question(
        "The best horror films of the 1980s above 7.5 with 1,000 votes?",
        (
            (
                "discover_movies",
                {
                    "with_genres": "Horror", "primary_release_date.gte": "1980-01-01",
                    "primary_release_date.lte": "1989-12-31", "vote_average.gte": 7.5, "vote_count.gte": 1000,
                    "sort_by": "vote_average.desc",
                },
            ),
        ),
        (title("title", "The Shining"),),
    ),
    Question(
        "Korean thrillers on Disney+ in Japan?",
        (
            (
                "discover_movies",
                {
                    "with_original_language": "ko", "with_genres": "Thriller", "watch_region": "JP",
                    "with_watch_providers": "Disney Plus",
                },
            ),
        ),
        (title("title", "Oldboy"),),
    ),
    Question(
        "The trailer of The Matrix?",
        (search("The Matrix"), ("get_media", MOVIE | {"id": 603, "kind": "videos"})),
        (title("type", "Trailer"), title("url", "https://www.youtube.com/watch")),
    ),
    Question(
        "Which films has Denis Villeneuve directed?",
        (search("Denis Villeneuve", "person"), ("get_filmography", {"id": 137427, "department": "Director"})),
        (title("title", "Dune: Part Two") + r'[^}]*"jobs":"Director"', title("title", "Arrival")),
    ),
    Question(
        "What is the age rating of The Matrix in the UK?",
        (search("The Matrix"), ("get_details", MOVIE | {"id": 603, "region": "UK"})),
        (title("certification", r"15 \(GB\)"),),
    ),
    Question(
        "When does Dune: Part Two come out digitally in Germany?",
        (search("Dune: Part Two"), ("get_details", MOVIE | {"id": 693134, "region": "DE"})),
        (title("date", "2024-05-07") + '","type":"digital',),
    ),
    Question(
        "The episodes of season 2 of Breaking Bad, with their ratings?",
        (search("Breaking Bad", "tv"), ("get_season", {"id": 1396, "season_number": 2})),
        (title("total_episodes", 13), title("episode_number", 13) + r'[^}]*"rating":\d'),
    ),
    Question(
        "Who is a guest star in season 5, episode 14 of Breaking Bad?",
        (
            search("Breaking Bad", "tv"),
            ("get_season", {"id": 1396, "season_number": 5, "episode_number": 14}),
        ),
        (title("title", "Ozymandias"), r'"guest_stars":\[\{"id":\d+,"name":"\w'),
    ),
    Question(
        "How long is The Wire in all?",
        (search("The Wire", "tv"), ("get_season", {"id": 1438})),
        (title("total_episodes", 60), title("total_runtime", 3540) + r"[,}]"),
    ),
    Question(
        "What is the original title of Spirited Away, and what is it called elsewhere?",
        (
            search("Spirited Away"),
            ("get_details", MOVIE | {"id": 129, "append": ["translations", "alternative_titles"]}),
        ),
        (title("original_title", "千と千尋の神隠し"), '"translations":', title("language", "de-DE")),
    ),
    Question(
        "A poster of The Matrix without text?",
        (
            search("The Matrix"),
            ("get_media", MOVIE | {"id": 603, "kind": "images", "include_languages": ["none"]}),
        ),
        (title("kind", "poster"), title("url", "https://image.tmdb.org/t/p/w500/")),
        ('"language":',),
    ),
    Question(
        "Films about a time loop since 2010?",
        (("discover_movies", {"with_keywords": "time loop", "primary_release_date.gte": "2010-01-01"}),),
        (title("title", "Happy Death Day"),),
        ("Run Lola Run",),
    ),
    Question(
        "What did Nolan's five biggest films earn?",
        (
            ("discover_movies", {"with_crew": "Christopher Nolan", "sort_by": "revenue.desc"}),
            ("get_details", MOVIE | {"ids": [155, 27205, 157336, 872585, 272]}),
        ),
        (r'"title":"The Dark Knight"[^}]*"revenue":\d',),
    ),
    Question(
        "How old is Keanu Reeves, and where was he born?",
        (search("Keanu Reeves", "person"), ("get_details", {"media_type": "person", "id": 6384})),
        (title("born", "1964-09-02"), title("birthplace", "Beirut, Lebanon")),
    ),
    Question(
        "What is tt0137523?",
        (("find_by_external_id", {"external_id": "tt0137523"}),),
        (title("title", "Fight Club"),),
    ),
    Question(
        "Which people are trending this week?",
        (("get_trending", {"media_type": "person", "time_window": "week"}),),
        (title("media_type", "person"), title("name", "")),
    ),
    Question(
        "What do people say about The Matrix?",
        (search("The Matrix"), ("get_reviews", MOVIE | {"id": 603})),
        (title("author", ""), title("text", "")),
    ),
    Question(
        "Family films rated PG at most in the US?",
        (
            (
                "discover_movies",
                {"with_genres": "Family", "certification.lte": "PG", "certification_country": "US"},
            ),
        ),
        (title("media_type", "movie"), '"Family"'),
    ),
    Question(
        "Which anime airs today?",
        (
            (
                "discover_tv",
                {
                    "with_keywords": "anime", "air_date.gte": "today", "air_date.lte": "today",
                    "timezone": "Asia/Tokyo",
                },
            ),
        ),
        (title("title", "One Piece"), r'"air_date.gte":"\d{4}-\d\d-\d\d"'),
        ("Cowboy Bebop",),
    ),
    Question(
        "A24's films of 2024?",
        (("discover_movies", {"with_companies": "A24", "primary_release_year": 2024}),),
        (title("total_results", 1), title("title", "Civil War")),
    ),
    Question(
        "What else did Christopher Nolan and Hans Zimmer make together?",
        (("discover_movies", {"with_crew": "Christopher Nolan, Hans Zimmer"}),),
        (title("title", "Inception|Interstellar"),),
    ),
    Question(
        "Add The Matrix to my watchlist?",
        (search("The Matrix"), ("update_account", MOVIE | {"id": 603, "action": "add_to_watchlist"})),
        (title("done", "add_to_watchlist"), title("id", 603)),
    ),
    Question(
        "How long is a night with all films of The Lord of the Rings?",
        (
            search("The Lord of the Rings Collection", "collection"),
            ("get_collection", {"id": 119, "runtimes": True}),
        ),
        (title("total_parts", 3), r'"total_runtime":\d'),
    ),
    Question(
        "Which of Papillon, Parasite and Breaking Bad do my services have in the US?",
        (
            (
                "get_watch_providers",
                {"titles": ["Papillon", "Parasite", "Breaking Bad"], "region": "US", "services": "Netflix, Hulu"},
            ),
        ),
        (r'"title":"Breaking Bad"[^}]*"matches":\["Netflix"\]',),
    ),
    Question(
        "What comes to German cinemas soon?",
        (("get_trending", {"media_type": "movie", "time_window": "upcoming", "region": "DE", "language": "de"}),),
        (title("title", "Avatar: Fire and Ash"),),
        (title("title", "Bugonia"),),
    ),
    Question(
        "Who composed the music of Interstellar?",
        (search("Interstellar"), ("get_credits", MOVIE | {"id": 157336, "department": "Sound"})),
        (title("name", "Hans Zimmer"),),
    ),
    Question(
        "What is Money Heist called in German?",
        (("search", {"query": "Money Heist", "type": "tv", "limit": 1, "language": "de"}),),
        (title("title", "Haus des Geldes"),),
    ),
    Question(
        "The children go to bed in 95 minutes: which animated films does Disney+ have in the UK?",
        (
            (
                "discover_movies",
                {
                    "with_genres": "Animation", "with_runtime.lte": 95, "with_watch_providers": "Disney+",
                    "watch_region": "UK",
                },
            ),
        ),
        (title("title", "The Lion King"),),
    ),
    Question(
        "Which episodes of Breaking Bad are on the first disc?",
        (
            search("Breaking Bad", "tv"),
            ("get_season", {"id": 1396, "episode_group": "DVD", "season_number": 1}),
        ),
        (title("type", "DVD"), title("title", "Pilot")),
    ),
    Question(
        "For a quiz: who plays Saul Goodman in Breaking Bad, and in how many episodes?",
        (search("Breaking Bad", "tv"), ("get_credits", TV | {"id": 1396, "name": "Saul Goodman"})),
        (title("name", "Bob Odenkirk"), r'"episodes":\d'),
    ),
    Question(
        "What was in cinemas when I was born, in October 1994?",
        (
            (
                "discover_movies",
                {"primary_release_date.gte": "1994-09-01", "primary_release_date.lte": "1994-10-31"},
            ),
        ),
        (title("title", "Pulp Fiction"), title("title", "The Shawshank Redemption")),
    ),
    Question(
        "Films in French that a class of teenagers in the US may see?",
        (
            (
                "discover_movies",
                {"with_original_language": "fr", "certification.lte": "PG-13", "certification_country": "US"},
            ),
        ),
        (title("title", "Amélie"),),
    ),
    # Rows for what else is answered go here.
]
