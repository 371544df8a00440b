package import MCP
package import System

/// Makes the ids of sessions, and reads those that another process with the same key has made.
package struct SessionSeal {
    private let key: SipHash.Block

    /// - Parameter secret: what processes share that know each other's sessions. Nil for a key that no other has.
    @inline(never)  // would be copied for the first secret and for another
    package init(secret: [UInt8]?) throws(SystemError) {
        if let secret {
            // The key is not the secret: what it seals is no use to whoever looks for the secret.
            key = SipHash.code(secret, key: (0x6D63_702D_7365_7373, 0x696F_6E2D_6964_2D31))
        } else {
            key = (try SystemRandom.word(), try SystemRandom.word())
        }
    }

    /// - Parameters:
    ///   - settled: nil for a session that has not been initialized.
    ///   - now: seconds since 1970.
    package func id(nonce: UInt64, _ settled: Session.Settled?, now: Int64) -> SessionID {
        let time = UInt64(clamping: now) << 16
        return sealed(nonce, time | UInt64(settled?.bits ?? 0))
    }

    /// What the id's session has settled; nil when this key did not seal it, it has settled nothing, or it is too old.
    package func settled(_ id: SessionID, now: Int64) -> Session.Settled? {
        guard sealed(id.nonce, id.facts) == id, Int64(id.facts >> 16) + MCPHTTPLimits.sealedSeconds > now else {
            return nil
        }
        return Session.Settled(bits: UInt16(truncatingIfNeeded: id.facts))
    }

    private func sealed(_ nonce: UInt64, _ facts: UInt64) -> SessionID {
        var bytes: [UInt8] = []
        for word in [nonce, facts] {
            for place in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(place * 8))) }
        }
        return SessionID(nonce: nonce, facts: facts, code: SipHash.code(bytes, key: key))
    }
}

extension Session.Settled {
    /// The revision's place, from 1, and a bit for each capability: 0 is nothing that was settled.
    fileprivate var bits: UInt16 {
        var bits = UInt16(truncatingIfNeeded: version.rawValue + 1)
        if clientCapabilities.sampling { bits |= 0x100 }
        if clientCapabilities.roots { bits |= 0x200 }
        if clientCapabilities.elicitation { bits |= 0x400 }
        return bits
    }

    fileprivate init?(bits: UInt16) {
        guard let version = ProtocolVersion(rawValue: Int(bits & 0xFF) - 1), version.era == .legacy else { return nil }
        self.init(
            version: version,
            clientCapabilities: ClientCapabilities(
                sampling: bits & 0x100 != 0, roots: bits & 0x200 != 0, elicitation: bits & 0x400 != 0))
    }
}
