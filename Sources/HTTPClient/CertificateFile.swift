import Bytes
import HTTPTypes

/// The certificates in a file, in whatever form programs and editors left them: PEM (RFC 7468) with any line ends and
/// text around it, also in UTF-16 or with a byte-order mark, or one certificate in DER.
struct CertificateFile {
    /// Those whose bytes are whole, and the lines where they begin.
    private(set) var certificates: [(line: Int, der: [UInt8])] = []
    /// The others.
    private(set) var unusable: [UnusableCertificate] = []

    typealias Content = HTTPClientError.Content

    init(_ file: [UInt8]) throws(Content) {
        let bytes = Self.withoutWideCharacters(file)
        guard !bytes.allSatisfy({ $0.isASCIIWhitespace || Self.byteOrderMark.contains($0) }) else { throw .empty }
        readText(bytes)
        guard certificates.isEmpty, unusable.isEmpty else { return }
        try readDER(file)
    }

    // MARK: PEM

    private static let dashes = Array("-----".utf8)
    private static let labels = ["CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE"].map { Array($0.utf8) }
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Looks from one group of five dashes to the next: what is between two of them is a label, a body or other text.
    private mutating func readText(_ bytes: [UInt8]) {
        var line = 1
        var begun: Int?
        var part = bytes[...]
        while true {
            let end = Self.firstDashes(in: part) ?? part.endIndex
            let text = part[part.startIndex..<end]
            if Self.begins(text) {
                if let begun { refuse(begun, .cutOff) }
                begun = line
            } else if let first = begun {
                // The body, up to the dashes of what should be the line that ends it.
                let isEnded = Self.ends(bytes[end...])
                isEnded ? addCertificate(text, at: first) : refuse(first, .cutOff)
                begun = nil
            }
            line += Self.lineEnds(in: text)
            guard end < bytes.endIndex else { break }
            part = bytes[end...].dropFirst(Self.dashes.count)
        }
    }

    private static func begins(_ text: ArraySlice<UInt8>) -> Bool {
        labels.contains { text.elementsEqual(Array("BEGIN ".utf8) + $0) }
    }

    private static func ends(_ text: ArraySlice<UInt8>) -> Bool {
        labels.contains { text.starts(with: dashes + Array("END ".utf8) + $0 + dashes) }
    }

    private static func firstDashes(in text: ArraySlice<UInt8>) -> Int? {
        var start = text.startIndex
        while let dash = text[start...].firstIndex(of: UInt8(ascii: "-")) {
            if text[dash...].starts(with: dashes) { return dash }
            start = dash + 1
        }
        return nil
    }

    /// LF, CR LF, or CR alone.
    private static func lineEnds(in text: ArraySlice<UInt8>) -> Int {
        var count = 0
        var last: UInt8 = 0
        for byte in text {
            if byte == 0x0D || (byte == 0x0A && last != 0x0D) { count += 1 }
            last = byte
        }
        return count
    }

    private mutating func addCertificate(_ body: ArraySlice<UInt8>, at line: Int) {
        let digits = body.filter { !$0.isASCIIWhitespace }
        // OpenSSL's trusted form has more behind the certificate.
        guard let bytes = Base64.decode(digits[...]), let end = Self.end(ofSequence: bytes), end <= bytes.count,
            Self.isCertificate(bytes)
        else { return refuse(line, .damaged) }
        certificates.append((line, Array(bytes.prefix(end))))
    }

    private mutating func refuse(_ line: Int, _ reason: UnusableCertificate.Reason) {
        guard unusable.count < HTTPClientLimits.unusableMax else { return }
        unusable.append(UnusableCertificate(line: line, reason: reason))
    }

    // MARK: DER

    private mutating func readDER(_ bytes: [UInt8]) throws(Content) {
        guard let end = Self.end(ofSequence: bytes), end <= bytes.count else { throw Self.otherText(bytes) }
        if Self.isCertificate(bytes) {
            certificates.append((1, Array(bytes.prefix(end))))
            return
        }
        switch Self.secondTag(bytes) {
        case 0x06: throw .pkcs7DER
        case 0x02: throw .pkcs12
        default: throw .other
        }
    }

    private static func otherText(_ bytes: [UInt8]) -> Content {
        let text = withoutWideCharacters(bytes)
        func contains(_ words: String) -> Bool {
            let words = Array(words.utf8)
            return text.indices.contains { text[$0] == words.first && text[$0...].starts(with: words) }
        }
        if contains("-----BEGIN PKCS7-----") || contains("-----BEGIN CMS-----") { return .pkcs7 }
        return contains("PRIVATE KEY-----") ? .privateKey : .other
    }

    /// Where a SEQUENCE at the start (X.690 section 8.1) ends.
    private static func end(ofSequence bytes: [UInt8]) -> Int? {
        guard let (start, length) = header(bytes) else { return nil }
        let (end, overflow) = start.addingReportingOverflow(length)
        return overflow ? nil : end
    }

    /// A certificate is a sequence that begins with another one (RFC 5280 section 4.1).
    private static func isCertificate(_ bytes: [UInt8]) -> Bool { secondTag(bytes) == 0x30 }

    private static func secondTag(_ bytes: [UInt8]) -> UInt8? {
        header(bytes).flatMap { $0.start < bytes.count ? bytes[$0.start] : nil }
    }

    private static func header(_ bytes: [UInt8]) -> (start: Int, length: Int)? {
        guard bytes.count > 2, bytes[0] == 0x30 else { return nil }
        let first = bytes[1]
        if first < 0x80 { return (2, Int(first)) }
        let size = Int(first & 0x7F)
        guard size >= 1, size <= 3, bytes.count >= 2 + size else { return nil }
        return (2 + size, bytes[2..<(2 + size)].reduce(0) { $0 << 8 | Int($1) })
    }

    // MARK: Characters

    /// Text in UTF-16 with a byte-order mark, as Windows writes it, in one byte a character: what is not ASCII in it is
    /// no certificate's.
    private static func withoutWideCharacters(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) else { return bytes }
        return bytes.dropFirst(2).filter { $0 != 0 }
    }
}
