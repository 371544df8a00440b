/// TMDB can give the name of a network for its id (GET /network/{id}), but has no search for networks, so that the best
/// known stand here.
enum NetworkNames {
    static let all: [NamedID] = table.map { NamedID(id: $0.id, name: $0.name) }

    /// The further names that people use.
    static let others: [NamedID] = otherNames.map { NamedID(id: $0.id, name: $0.name) }

    private static let table: [(id: Int64, name: String)] = [
        (129, "A&E"), (2, "ABC"), (80, "Adult Swim"), (174, "AMC"), (91, "Animal Planet"), (2552, "Apple TV+"),
        (493, "BBC America"), (100, "BBC Four"), (4, "BBC One"), (3, "BBC Three"), (332, "BBC Two"), (24, "BET"),
        (74, "Bravo"), (56, "Cartoon Network"), (23, "CBC"), (16, "CBS"), (26, "Channel 4"), (99, "Channel 5"),
        (359, "Cinemax"), (47, "Comedy Central"), (1112, "Crunchyroll"), (110, "CTV"), (64, "Discovery"),
        (54, "Disney Channel"), (2739, "Disney+"), (44, "Disney XD"), (19, "FOX"), (1267, "Freeform"), (88, "FX"),
        (384, "Hallmark Channel"), (49, "HBO"), (3186, "HBO Max"), (210, "HGTV"), (65, "History"), (453, "Hulu"),
        (9, "ITV1"), (34, "Lifetime"), (33, "MTV"), (43, "National Geographic"), (6, "NBC"), (213, "Netflix"),
        (13, "Nickelodeon"), (4330, "Paramount+"), (14, "PBS"), (3353, "Peacock"), (1024, "Prime Video"),
        (67, "Showtime"), (318, "Starz"), (77, "Syfy"), (68, "TBS"), (71, "The CW"), (21, "The WB"), (84, "TLC"),
        (41, "TNT"), (30, "USA Network"), (158, "VH1"), (1436, "YouTube Premium"),
    ]

    private static let otherNames: [(id: Int64, name: String)] = [
        (1024, "Amazon"), (1024, "Amazon Prime Video"), (2552, "Apple TV"), (4, "BBC 1"), (332, "BBC 2"),
        (3, "BBC 3"), (100, "BBC 4"), (9, "ITV"), (64, "Discovery Channel"), (65, "History Channel"),
        (1436, "YouTube Red"), (30, "USA"),
    ]
}
