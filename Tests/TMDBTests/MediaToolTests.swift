import JSON
import MCP
import TMDB
import Testing

@Suite struct MediaToolTests {
    @Test(
        "arguments become the targets",
        arguments: [
            (
                ["media_type": "movie", "id": 11],
                [
                    "/movie/11/videos?language=en-US&include_video_language=en",
                    "/movie/11/images?language=en-US&include_image_language=en%2Cnull",
                ]
            ),
            (
                ["media_type": "tv", "id": 12, "kind": "videos", "language": "de-DE"],
                ["/tv/12/videos?language=de-DE&include_video_language=de%2Cen"]
            ),
            (
                ["media_type": "tv", "id": 12, "kind": "images", "include_languages": ["fr", "en"]],
                ["/tv/12/images?language=en-US&include_image_language=en%2Cfr%2Cnull"]
            ),
            (
                ["media_type": "tv", "id": 12, "season_number": 1, "kind": "videos"],
                ["/tv/12/season/1/videos?language=en-US&include_video_language=en"]
            ),
            (
                ["media_type": "tv", "id": 12, "season_number": 1, "episode_number": 2, "kind": "images"],
                ["/tv/12/season/1/episode/2/images?language=en-US&include_image_language=en%2Cnull"]
            ),
            (["media_type": "person", "id": 13], ["/person/13/images"]),
            (
                ["media_type": "movie", "id": 11, "kind": "images", "include_languages": ["none"]],
                ["/movie/11/images?include_image_language=null"]
            ),
            (
                ["media_type": "movie", "id": 11, "include_languages": "null, DE"],
                [
                    "/movie/11/videos?language=en-US&include_video_language=en%2Cde",
                    "/movie/11/images?include_image_language=de%2Cnull",
                ]
            ),
            (
                ["media_type": "collection", "id": 16, "kind": "all"],
                ["/collection/16/images?language=en-US&include_image_language=en%2Cnull"]
            ),
        ] as [(JSONObject, [String])])
    func targets(arguments: JSONObject, targets: [String]) throws {
        let desk = try desk(["results": []])
        _ = try desk.value("get_media", arguments)
        #expect(desk.upstream.targets == targets)
    }

    @Test(
        "what there is not is refused with the reason",
        arguments: [
            (["media_type": "person", "id": 1, "kind": "videos"], "videos"),
            (["media_type": "movie", "id": 1, "season_number": 1], "season_number"),
            (["media_type": "tv", "id": 1, "episode_number": 1], "season_number"),
        ] as [(JSONObject, String)])
    func refused(arguments: JSONObject, word: String) throws {
        let desk = try desk(Samples.images)
        #expect(try desk.failure("get_media", arguments).contains(word))
        #expect(desk.upstream.requests.isEmpty)
    }

    @Test(
        "arguments of another form are refused",
        arguments: [
            ["id": 1], ["media_type": "movie"], ["media_type": "company", "id": 1],
            ["media_type": "movie", "id": 1, "kind": "posters"], ["media_type": "movie", "id": 1, "limit": -1],
            ["media_type": "movie", "id": 1, "limit": 101], ["media_type": "tv", "id": 1, "season_number": 100_001],
            ["media_type": "movie", "id": 1, "include_languages": ["en-US"]],
            ["media_type": "movie", "id": 1, "include_languages": ["de", "fr", "it", "es"]],
        ] as [JSONObject])
    func form(arguments: JSONObject) throws {
        let input = try desk(nil).tool("get_media").input
        #expect(throws: InputSchema.Refusal.self) { try input.check(arguments) }
    }

    @Test("trailers are first, official ones of the language before others, and each has its address")
    func videos() throws {
        let value = try desk(Samples.videos).value("get_media", ["media_type": "movie", "id": 11, "kind": "videos"])
        let ends = value["videos"]?.array?.compactMap { $0["url"]?.string?.suffix(2) }
        #expect(ends == ["t4", "t2", "t3", "t1", "t5"])
        #expect(
            value["videos"]?[0] == [
                "name": "Video t4", "type": "Trailer", "official": true,
                "url": "https://www.youtube.com/watch?v=t4", "language": "en", "date": "2019-01-02",
            ])
        #expect(value["total_videos"] == 5)
        #expect(value["total_images"] == nil)
    }

    @Test(
        "a video of a site that is not known, or with a key that is none, is left out",
        arguments: [
            (["site": "Vimeo", "key": "123"], "https://vimeo.com/123"), (["site": "YouTube", "key": "a b"], nil),
            (["site": "YouTube", "key": "a&b=c"], nil), (["site": "YouTube", "key": ""], nil),
            (["site": "Elsewhere", "key": "123"], nil), (["key": "123"], nil),
        ] as [(JSONObject, String?)])
    func sites(video: JSONObject, url: String?) throws {
        var video = video
        video.set("name", to: "V")
        let value = try desk(["results": [.object(video)]]).value(
            "get_media", ["media_type": "movie", "id": 11, "kind": "videos"])
        #expect(value["videos"]?[0]?["url"]?.string == url)
    }

    @Test("images have their kind, whole address, language and size")
    func images() throws {
        let value = try desk(Samples.images).value("get_media", ["media_type": "movie", "id": 11, "kind": "images"])
        #expect(
            value["images"] == [
                [
                    "kind": "poster", "url": "https://image.tmdb.org/t/p/w500/p1.jpg", "language": "en", "width": 1000,
                    "height": 1500,
                ],
                [
                    "kind": "poster", "url": "https://image.tmdb.org/t/p/w500/p2.jpg", "language": "pt", "width": 500,
                    "height": 750,
                ],
                [
                    "kind": "backdrop", "url": "https://image.tmdb.org/t/p/w1280/b1.jpg", "width": 1920,
                    "height": 1080,
                ],
            ])
        #expect(value["total_images"] == 3)
    }

    @Test(
        "images without text alone, whatever TMDB answers",
        arguments: [(["none"], ["b1"]), (["none", "pt"], ["p2", "b1"])] as [(JSONValue, [String])])
    func withoutText(languages: JSONValue, names: [String]) throws {
        let arguments: JSONObject = [
            "media_type": "movie", "id": 11, "kind": "images", "include_languages": languages,
        ]
        let value = try desk(Samples.images).value("get_media", arguments)
        let urls = (value["images"]?.array ?? []).compactMap { $0["url"]?.string }
        #expect(urls.map { String($0.suffix(6).prefix(2)) } == names)
        #expect(value["total_images"]?.int == names.count)
    }

    @Test("a limit holds for each kind, and full gives the originals")
    func limit() throws {
        let arguments: JSONObject = ["media_type": "movie", "id": 11, "kind": "images", "limit": 1, "detail": "full"]
        let value = try desk(Samples.images).value("get_media", arguments)
        #expect(
            value["images"]?.array?.compactMap { $0["url"]?.string } == [
                "https://image.tmdb.org/t/p/original/p1.jpg", "https://image.tmdb.org/t/p/original/b1.jpg",
            ])
        #expect(value["total_images"] == 3)
    }

    @Test("videos and images come together, and fail together")
    func both() throws {
        let paths = ["/movie/11/videos": Samples.videos, "/movie/11/images": Samples.images]
        let value = try desk(paths: paths).value("get_media", ["media_type": "movie", "id": 11])
        #expect(value["videos"]?.array?.count == 5)
        #expect(value["images"]?.array?.count == 3)
        let half = try desk(paths: ["/movie/11/videos": Samples.videos])
        #expect(try half.failure("get_media", ["media_type": "movie", "id": 11]).contains("movie with the id 11"))
    }
}
