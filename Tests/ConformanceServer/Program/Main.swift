import ConformanceFixtures
import EventLoop
import System

@main
enum Main {
    static func main() {
        let arguments = Process.arguments
        do throws(SystemError) {
            try Signal.prepareProcess(receiving: [.terminate])
            let loop = try EventLoop()
            let key = try SystemRandom.bytes(count: StateSeal.keyBytes)
            let server = ConformanceFixtures.makeServer(loop: loop, sealKey: key)
            if arguments == ["--stdio"] {
                try StdioService(server, loop).run()
            } else if arguments.count == 2, arguments[0] == "--port", let port = UInt16(arguments[1]) {
                try HTTPService(server, loop, port: port).run()
            } else {
                Process.log("Use: conformance-server (--stdio | --port NUMBER)")
                Process.exit(2)
            }
        } catch {
            Process.log("the system refused what the server needs: \(error.message)")
            Process.exit(1)
        }
        Process.exit(0)
    }
}
