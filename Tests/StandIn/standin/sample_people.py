"""People of the sample data: facts only."""

# id, name, original name where it differs, gender (TMDB: 0 unset, 1 female, 2 male), department, known for
PEOPLE = [
    (6384, "Keanu Reeves", "", 2, "Acting", "The Matrix; The Matrix Reloaded; The Matrix Revolutions"),
    (530, "Carrie-Anne Moss", "", 1, "Acting", "The Matrix; The Matrix Reloaded"),
    (608, "Hayao Miyazaki", "宮崎駿", 2, "Directing", "Spirited Away; My Neighbor Totoro; Princess Mononoke"),
    (5026, "Akira Kurosawa", "黒澤明", 2, "Directing", "Seven Samurai"),
    (525, "Christopher Nolan", "", 2, "Directing", "Inception; Interstellar; The Dark Knight"),
    (17419, "Bryan Cranston", "", 2, "Acting", "Breaking Bad"),
    (10205, "Sigourney Weaver", "", 1, "Acting", "Alien; Aliens"),
    (31, "Tom Hanks", "", 2, "Acting", "Forrest Gump; Toy Story"),
    (2405, "Audrey Tautou", "", 1, "Acting", "Amélie"),
    (20738, "Song Kang-ho", "송강호", 2, "Acting", "Parasite"),
    (3, "Harrison Ford", "", 2, "Acting", "Star Wars; Blade Runner; Blade Runner 2049"),
    (990004, "Star Extra", "", 0, "", ""),
]
