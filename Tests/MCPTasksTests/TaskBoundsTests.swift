import JSON
import MCP
import MCPTasks
import Testing

/// How much clients can make a server keep, for how long, and whose it is.
struct TaskBoundsTests {
    @Test("a task is there for its time and not longer, whatever its state")
    func expiry() throws {
        let world = World(limits: TaskLimits(lifetimeMilliseconds: 100))
        let works = try world.begin()
        let ended = try world.begin()
        world.works[1].finish(.text("done"))
        world.pass(99)
        #expect(try world.get(works)?.status == "working")
        #expect(try world.get(ended)?.status == "completed")
        world.pass(1)
        #expect(world.stopped == [0])
        #expect(world.tasks?.count == 0)
        for id in [works, ended] { #expect(try world.ask("tasks/get", ["taskId": .string(id)])?.code == -32602) }
        world.works[0].finish(.text("late"))
        #expect(world.openTimers == 0)
    }

    @Test("there is one timer, for the oldest task")
    func timer() throws {
        let world = World(limits: TaskLimits(lifetimeMilliseconds: 100))
        let first = try world.begin()
        world.pass(60)
        let second = try world.begin()
        #expect(world.openTimers == 1)
        world.pass(40)
        #expect(try world.ask("tasks/get", ["taskId": .string(first)])?.code == -32602)
        #expect(try world.get(second)?.status == "working")
        #expect(world.openTimers == 1)
        world.pass(60)
        #expect(world.tasks?.count == 0 && world.openTimers == 0)
    }

    @Test("a client that asks late finds an expired task gone, though no timer came")
    func lateTimer() throws {
        let world = World(limits: TaskLimits(tasksMax: 1, lifetimeMilliseconds: 100), support: .required)
        _ = try world.begin()
        world.advance(100)
        #expect(try world.call()?["result"]?["resultType"] == "task")
        #expect(world.stopped == [0])
    }

    @Test("there are so many tasks and no more: then a call waits, or is refused")
    func count() throws {
        for (support, code) in [(TaskSupport.optional, nil), (.required, -32603)] as [(TaskSupport, Int64?)] {
            let world = World(limits: TaskLimits(tasksMax: 3, callerTasksMax: 2), support: support)
            let other = Caller(id: 5)
            _ = [try world.begin(), try world.begin(), try world.begin(from: other)]
            world.immediate = .text("at once")
            for caller in [Caller.local, other] {
                let answer = try world.call(from: caller)
                #expect(answer?.code == code)
                #expect(answer?["result"]?["resultType"] == (code == nil ? "complete" : nil))
            }
            #expect(world.tasks?.count == 3)
        }
    }

    @Test("no client takes the room of others")
    func callerCount() throws {
        let world = World(limits: TaskLimits(tasksMax: 3, callerTasksMax: 2), support: .required)
        _ = [try world.begin(), try world.begin()]
        #expect(try world.call()?.code == -32603)
        #expect(try world.call(from: Caller(id: 5))?["result"]?["resultType"] == "task")
    }

    @Test("a result is kept up to its limit", arguments: [0, 1])
    func result(excess: Int) throws {
        let shortest = World()
        let first = try shortest.begin()
        shortest.works[0].finish(.text(""))
        let bytes = try #require(try shortest.get(first)?["result"]).serialized().count
        let world = World(limits: TaskLimits(resultBytesMax: bytes + 100))
        let id = try world.begin()
        world.works[0].finish(.text(String(repeating: "x", count: 100 + excess)))
        #expect(try world.get(id)?.status == (excess == 0 ? "completed" : "failed"))
    }

    @Test("a task belongs to the credential that its request came with")
    func owner() throws {
        let world = World()
        let ann = Caller(id: 1, member: 1, forwardedHeader: "ann")
        let id = try world.begin(from: ann)
        // Another connection from another network, with the same credential.
        #expect(try world.get(id, from: Caller(id: 2, member: 7, forwardedHeader: "ann"))?.status == "working")
        for stranger in [Caller(id: 1, member: 1, forwardedHeader: "bob"), Caller(id: 1, member: 1)] {
            let unknown = try world.ask("tasks/get", ["taskId": "none"], from: stranger)
            #expect(try world.ask("tasks/get", ["taskId": .string(id)], from: stranger) == unknown)
            #expect(try world.update(id, [:], from: stranger) == unknown)
            #expect(try world.cancel(id, from: stranger) == unknown)
        }
        #expect(world.stopped.isEmpty)
        let open = try world.begin()
        #expect(try world.get(open, from: ann) == nil)
        #expect(try world.get(open, from: Caller(id: 9))?.status == "working")
    }
}
