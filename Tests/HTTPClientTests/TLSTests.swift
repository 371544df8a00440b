import Foundation
import Glibc
import HTTPClient
import HTTPTypes
import System
import Testing

extension ClientTests {
    @Test("a server whose certificate leads to the trusted file is believed, by name and by address")
    func trusted() throws {
        let server = try TLSServer(.good)
        let harness = try Harness { $0.trust = .file(Certificates.shared.path("ca.pem")) }
        for host in ["localhost", "127.0.0.1"] {
            let got = try harness.get("https://\(host):\(server.port)/?api_key=SECRETKEY").response()
            #expect(got.body == Array("ok".utf8))
        }
    }

    @Test(
        "a server whose certificate is not good is not believed",
        arguments: [
            (TLSServer.Kind.otherAuthority, HTTPFailure.TLSFault.notTrusted(Certificates.shared.authorities)),
            (.selfSigned, .notTrusted(Certificates.shared.authorities)), (.wrongHost, .wrongHost),
        ])
    func untrusted(kind: TLSServer.Kind, fault: HTTPFailure.TLSFault) throws {
        let server = try TLSServer(kind)
        let harness = try Harness { $0.trust = .file(Certificates.shared.path("ca.pem")) }
        let failure = try harness.get("https://localhost:\(server.port)/?api_key=SECRETKEY").failure()
        #expect(failure == .tls(fault, host: "localhost"))
    }

    @Test("a certificate whose time has passed is told with the day of this machine's clock")
    func expired() throws {
        let server = try TLSServer(.expired)
        let harness = try Harness { $0.trust = .file(Certificates.shared.path("ca.pem")) }
        let before = CalendarClock.today()
        let failure = try harness.get("https://localhost:\(server.port)/").failure()
        #expect([before, CalendarClock.today()].contains { failure == .tls(.expired(today: $0), host: "localhost") })
    }

    @Test("the built-in roots do not trust a test's authority")
    func builtIn() throws {
        let server = try TLSServer(.good)
        let failure = try Harness().get("https://localhost:\(server.port)/?api_key=SECRETKEY").failure()
        #expect(failure == .tls(.notTrusted(HTTPFailure.Authorities()), host: "localhost"))
    }

    @Test(
        "a server that speaks no TLS, or hangs up on the handshake, is a handshake that failed",
        arguments: [true, false])
    func noTLS(answering: Bool) throws {
        let server = TestServer { connection in
            _ = connection.read()
            if answering { connection.send(response()) }
        }
        let failure = try Harness().get(server.url(scheme: "https")).failure()
        #expect(failure == .tls(answering ? .noTLS(port: server.port) : .cutOff, host: "127.0.0.1"))
    }

    @Test("a server of TLS 1.1 at most is refused")
    func oldTLS() throws {
        let server = try TLSServer(.old)
        let harness = try Harness { $0.trust = .file(Certificates.shared.path("ca.pem")) }
        let failure = try harness.get("https://localhost:\(server.port)/?api_key=SECRETKEY").failure()
        #expect(failure == .tls(.refused, host: "localhost"))
    }

    @Test("a trust file that is missing, a directory, empty, or no PEM is refused when the client is made")
    func badTrustFile() throws {
        let missing = Certificates.shared.path("none.pem")
        #expect(throws: HTTPClientError.trustFileUnreadable(path: missing, SystemError(call: "open", code: ENOENT))) {
            try Harness { $0.trust = .file(missing) }
        }
        let directory = Certificates.shared.path("")
        #expect(throws: HTTPClientError.trustFileUnreadable(path: directory, SystemError(call: "read", code: EISDIR))) {
            try Harness { $0.trust = .file(directory) }
        }
        let contents: [(String, HTTPClientError.Content)] = [
            ("", .empty), (" \r\n", .empty), ("no certificate\n", .other), ("-----BEGIN CERTIFICATE", .other),
            ("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", .privateKey),
            ("-----BEGIN PKCS7-----\nAAAA\n-----END PKCS7-----\n", .pkcs7),
            ("\u{30}\u{3}\u{2}\u{1}\u{3}", .pkcs12), ("\u{30}\u{2}\u{6}\u{0}", .pkcs7DER),
            ("\u{30}\u{7F}\u{30}", .other),
        ]
        for (text, content) in contents {
            let path = Certificates.shared.path("bad.pem")
            try text.write(toFile: path, atomically: true, encoding: .utf8)
            let error = HTTPClientError.trustFileWithoutCertificate(path: path, content)
            #expect(throws: error) { try Harness { $0.trust = .file(path) } }
            #expect(error.message.contains("SSL_CERT_FILE"))
        }
    }

    @Test(
        "a trust file whose certificates are all damaged is refused when the client is made, with the line of the first"
    )
    func damagedTrustFile() throws {
        let path = Certificates.shared.path("damaged.pem")
        let begin = "-----BEGIN CERTIFICATE-----"
        let end = "-----END CERTIFICATE-----"
        let texts: [(String, Int, UnusableCertificate.Reason)] = [
            ("\(begin)\nAAAA\n\(end)\n", 1, .damaged), ("a\r\nb\r\n\(begin)\r\n\(end)", 3, .damaged),
            ("a\rb\r\(begin)\rMA==\r\(end)", 3, .damaged), ("\n\(begin)\nMAAA\n", 2, .cutOff),
            ("\(begin)\nMAAA\n\(begin)\nAAAA\n\(end)\n", 1, .cutOff), ("\(begin)\nMIIB\n\(end)\n", 1, .damaged),
            ("\(begin)\nMIP///8=\n\(end)\n", 1, .damaged), ("\(begin)\nMIQ/////\n\(end)\n", 1, .damaged),
            ("\(begin)\nMAAA\n-----END RSA KEY-----\n", 1, .cutOff),
        ]
        for (text, line, reason) in texts {
            try text.write(toFile: path, atomically: true, encoding: .utf8)
            let certificate = UnusableCertificate(line: line, reason: reason)
            #expect(throws: HTTPClientError.trustFileUnusable(path: path, certificate), "\(text)") {
                try Harness { $0.trust = .file(path) }
            }
        }
    }

    @Test("a trust file that is cut at any byte is used or refused, and ends nothing else")
    func cutTrustFile() throws {
        let path = Certificates.shared.path("cut.pem")
        let whole = Array(try Data(contentsOf: URL(fileURLWithPath: Certificates.shared.path("ca.pem"))))
        for count in whole.indices {
            try Data(whole.prefix(count)).write(to: URL(fileURLWithPath: path))
            // Without the line end at its end it is whole.
            guard count < whole.count - 1 else { continue }
            #expect(throws: HTTPClientError.self) { try Harness { $0.trust = .file(path) } }
        }
    }
}

/// A certificate authority and certificates of every kind, made once by the openssl program.
final class Certificates: @unchecked Sendable {
    static let shared = Certificates()

    private let directory: URL

    private init() {
        directory = FileManager.default.temporaryDirectory.appendingPathComponent("tls-tests-\(UUID().uuidString)")
        do {
            try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
            try makeAuthority("ca")
            try makeAuthority("other")
            try make("good", by: "ca", days: 2, names: "DNS:localhost,IP:127.0.0.1")
            try make("otherAuthority", by: "other", days: 2, names: "DNS:localhost")
            try make("wrongHost", by: "ca", days: 2, names: "DNS:elsewhere.example")
            try make("expired", by: "ca", days: -1, names: "DNS:localhost")
            try run(
                "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                "-keyout", "selfSigned.key", "-out", "selfSigned.pem", "-days", "2", "-subj", "/CN=localhost",
                "-addext", "subjectAltName=DNS:localhost", in: directory)
        } catch {
            fatalError("no certificates: \(error)")
        }
        let path = directory.path
        Self.removeAtExit(path)
    }

    /// Those that a client trusts that was given the file of the authority.
    var authorities: HTTPFailure.Authorities { HTTPFailure.Authorities(file: path("ca.pem")) }

    func path(_ name: String) -> String {
        directory.appendingPathComponent(name).path
    }

    private func makeAuthority(_ name: String) throws {
        try run(
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-keyout", "\(name).key", "-out", "\(name).pem", "-days", "2", "-subj", "/CN=Test \(name)", in: directory)
    }

    private func make(_ name: String, by authority: String, days: Int, names: String) throws {
        try "subjectAltName=\(names)\n".write(
            to: directory.appendingPathComponent("\(name).ext"), atomically: true, encoding: .utf8)
        try run(
            "openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-keyout", "\(name).key", "-out", "\(name).csr", "-subj", "/CN=\(name)", in: directory)
        try run(
            "openssl", "x509", "-req", "-in", "\(name).csr", "-CA", "\(authority).pem", "-CAkey", "\(authority).key",
            "-CAcreateserial", "-days", "\(days)", "-extfile", "\(name).ext", "-out", "\(name).pem", in: directory)
    }

    nonisolated(unsafe) private static var leftover: String?

    private static func removeAtExit(_ path: String) {
        leftover = path
        atexit {
            if let path = Certificates.leftover { try? FileManager.default.removeItem(atPath: path) }
        }
    }
}

/// A server that answers "ok" over TLS, in a process of its own.
final class TLSServer {
    enum Kind: String, Sendable {
        case good, otherAuthority, selfSigned, wrongHost, expired
        /// With the good certificate, TLS 1.1 and nothing newer.
        case old
    }

    let port: UInt16
    private let process = Process()

    init(_ kind: Kind) throws {
        let certificates = Certificates.shared
        let name = kind == .old ? "good" : kind.rawValue
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "python3", "-c", Self.program, certificates.path("\(name).pem"), certificates.path("\(name).key"),
            kind == .old ? "old" : "new",
        ]
        let output = Pipe()
        process.standardOutput = output
        // Ends with the test's process too: the program waits for the end of its input.
        process.standardInput = Pipe()
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        port = try #require(UInt16(line.trimmingCharacters(in: .whitespacesAndNewlines)), "\(line)")
    }

    deinit {
        process.terminate()
    }

    private static let program = """
        import socket, ssl, sys, threading, os
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[1], sys.argv[2])
        if sys.argv[3] == "old":
            context.minimum_version = ssl.TLSVersion.TLSv1
            context.maximum_version = ssl.TLSVersion.TLSv1_1
        listener = socket.create_server(("127.0.0.1", 0))

        def serve(plain):
            try:
                with context.wrap_socket(plain, server_side=True) as stream:
                    data = b""
                    while True:
                        more = stream.recv(4096)
                        if not more:
                            return
                        data += more
                        if data.endswith(b"\\r\\n\\r\\n"):
                            data = b""
                            stream.sendall(b"HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\nok")
            except OSError:
                plain.close()

        def accept():
            while True:
                threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        print(listener.getsockname()[1], flush=True)
        sys.stdin.read()
        """
}
