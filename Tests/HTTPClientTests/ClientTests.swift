import Glibc
import Testing

/// All that talks to libcurl runs one after the other: it reads the process's environment.
@Suite(.serialized)
struct ClientTests {
    init() {
        for name in ["http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"] {
            unsetenv(name)
        }
    }
}
