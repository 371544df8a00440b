import Bytes

extension YAMLNode {
    /// The tree of the only document of a text, nil when there is none: nothing but whitespace and comments.
    ///
    /// Aliases are refused, since a few can stand for a huge tree, and so are keys that are not text, keys that stand
    /// twice, and more depth than `ConfigurationLimits.yamlDepthMax`. Tags and anchors are passed over.
    static func parse(_ bytes: [UInt8]) throws(YAMLError) -> YAMLNode? {
        guard let events = YAMLEvents(bytes) else { throw YAMLError(line: 1, reason: "no memory") }
        var document: YAMLNode?
        while true {
            let event = try events.next()
            switch event.kind {
            case .streamEnd: return document
            case .documentStart:
                guard document == nil else { throw event.refusal("a second document is refused") }
                document = try node(events.next(), events, depth: 0)
            default: break
            }
        }
    }

    private static func node(
        _ event: YAMLEvents.Event, _ events: YAMLEvents, depth: Int
    ) throws(YAMLError) -> YAMLNode {
        guard depth <= ConfigurationLimits.yamlDepthMax else {
            throw event.refusal("more than \(ConfigurationLimits.yamlDepthMax) mappings and sequences in each other")
        }
        switch event.kind {
        case .scalar(let text, let isPlain):
            return YAMLNode(content: .scalar(text, isPlain: isPlain), start: event.start, end: event.end)
        case .sequenceStart:
            var items: [YAMLNode] = []
            var next = try events.next()
            while next.kind != .end {
                items.append(try node(next, events, depth: depth + 1))
                next = try events.next()
            }
            return YAMLNode(content: .sequence(items), start: event.start, end: next.end)
        case .mappingStart:
            var entries: [Entry] = []
            var next = try events.next()
            while next.kind != .end {
                let key = try key(next, after: entries)
                let value = try node(events.next(), events, depth: depth + 1)
                entries.append(Entry(key: key, keyStart: next.start, value: value))
                next = try events.next()
            }
            return YAMLNode(content: .mapping(entries), start: event.start, end: next.end)
        case .alias: throw event.refusal("an alias (*name) is refused: write the value out")
        case .end, .documentStart, .streamEnd, .other: throw event.refusal("a value is missing")
        }
    }

    private static func key(_ event: YAMLEvents.Event, after entries: [Entry]) throws(YAMLError) -> String {
        guard case .scalar(let key, _) = event.kind else { throw event.refusal("a key must be text") }
        if let first = entries.first(where: { $0.key == key }) {
            let shown = key.quoted(bytesMax: ConfigurationLimits.nameBytesMax)
            throw event.refusal("the key \(shown) stands here again, first in line \(first.keyStart.line + 1)")
        }
        return key
    }
}

extension YAMLEvents.Event {
    fileprivate func refusal(_ reason: String) -> YAMLError { YAMLError(line: start.line + 1, reason: reason) }
}
