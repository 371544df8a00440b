import Bytes
import CYAML

/// The events of libyaml over a text in UTF-8. Owns libyaml's parser and the text that it reads.
@safe final class YAMLEvents {
    struct Event: Equatable {
        enum Kind: Equatable {
            case scalar(String, isPlain: Bool)
            case sequenceStart
            case mappingStart
            /// Of a sequence or a mapping.
            case end
            case alias
            case documentStart
            case streamEnd
            /// Without meaning here.
            case other
        }

        let kind: Kind
        let start: YAMLNode.Mark
        let end: YAMLNode.Mark
    }

    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let text: UnsafeMutableBufferPointer<UInt8>

    /// Nil when there is no memory.
    init?(_ bytes: [UInt8]) {
        // SAFETY: both belong to this object and live until its end; the parser is initialized before it is read.
        unsafe parser = .allocate(capacity: 1)
        unsafe text = .allocate(capacity: max(bytes.count, 1))
        _ = unsafe text.initialize(from: bytes)
        unsafe parser.initialize(to: yaml_parser_t())
        guard unsafe yaml_parser_initialize(parser) == 1 else { return nil }
        unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        unsafe yaml_parser_set_input_string(parser, text.baseAddress, bytes.count)
    }

    deinit {
        // SAFETY: nothing uses the two any more. libyaml clears a parser that it could not initialize.
        unsafe yaml_parser_delete(parser)
        unsafe parser.deallocate()
        unsafe text.deallocate()
    }

    func next() throws(YAMLError) -> Event {
        // SAFETY: libyaml fills the event, whose memory is freed at the end of this function, after it is copied.
        var event = unsafe yaml_event_t()
        guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw failure }
        defer { unsafe yaml_event_delete(&event) }
        return unsafe Event(kind: YAMLEvents.kind(&event), start: .init(event.start_mark), end: .init(event.end_mark))
    }

    private static func kind(_ event: UnsafePointer<yaml_event_t>) -> Event.Kind {
        switch unsafe event.pointee.type {
        case YAML_SCALAR_EVENT:
            // SAFETY: the value has so many bytes, which belong to the event and are copied here.
            let bytes = unsafe UnsafeBufferPointer(start: cyaml_scalar(event), count: cyaml_scalar_bytes(event))
            return unsafe .scalar(String(decoding: bytes, as: UTF8.self), isPlain: cyaml_scalar_is_plain(event) != 0)
        case YAML_SEQUENCE_START_EVENT: return .sequenceStart
        case YAML_MAPPING_START_EVENT: return .mappingStart
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: return .end
        case YAML_ALIAS_EVENT: return .alias
        case YAML_DOCUMENT_START_EVENT: return .documentStart
        case YAML_STREAM_END_EVENT: return .streamEnd
        default: return .other
        }
    }

    /// libyaml's words: a fixed text each, with nothing of the file in it.
    private var failure: YAMLError {
        // SAFETY: the two texts are constants of libyaml.
        guard let problem = unsafe parser.pointee.problem else { return YAMLError(line: 1, reason: "no memory") }
        var reason = unsafe "not YAML: " + String(cString: problem)
        if let context = unsafe parser.pointee.context {
            reason += unsafe " " + String(cString: context)
        }
        guard unsafe parser.pointee.error == YAML_READER_ERROR else {
            return unsafe YAMLError(line: YAMLNode.Mark(parser.pointee.problem_mark).line + 1, reason: reason)
        }
        // A reader's error has only an offset in bytes.
        let before = unsafe text.prefix(Int(clamping: parser.pointee.problem_offset))
        return unsafe YAMLError(line: before.count { $0 == UInt8(ascii: "\n") } + 1, reason: reason)
    }
}

extension YAMLNode.Mark {
    fileprivate init(_ mark: yaml_mark_t) {
        self.init(line: Int(clamping: mark.line), column: Int(clamping: mark.column))
    }
}
