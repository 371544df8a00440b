import JSON
import MCP
import MCPTasks
import Testing

/// Tasks as their clients see them.
struct TasksTests {
    private let question = InputRequired([InputRequired.Question("name", .elicitation(["message": "?"]))], state: "s")

    @Test("a call becomes a task, which is there before its client knows of it")
    func creation() throws {
        let world = World(limits: TaskLimits(lifetimeMilliseconds: 5000, pollMilliseconds: 50))
        let result = try #require(try world.call()?["result"])
        let id = String(repeating: "01", count: 16)
        let task: JSONValue = [
            "taskId": .string(id), "status": "working", "createdAt": "2026-07-28T00:00:01.000Z",
            "lastUpdatedAt": "2026-07-28T00:00:01.000Z", "ttlMs": 5000, "pollIntervalMs": 50,
        ]
        let meta = result["_meta"]
        var expected = task.object ?? [:]
        expected.set("resultType", to: "task")
        expected.set("_meta", to: meta ?? .null)
        #expect(result == .object(expected))
        expected.set("resultType", to: "complete")
        #expect(try world.get(id) == .object(expected))
    }

    @Test("the result stands in the task as the call would have had it")
    func completion() throws {
        let world = World()
        let id = try world.begin()
        world.pass(1)
        world.works[0].finish(.structured(StructuredContent(["a": 1])))
        let task = try #require(try world.get(id))
        #expect(task.status == "completed")
        #expect(task["result"]?["structuredContent"] == ["a": 1])
        #expect(task["result"]?["resultType"] == "complete")
        #expect(task["result"]?["content"] == [["type": "text", "text": #"{"a":1}"#]])
        #expect(task["createdAt"] == "2026-07-28T00:00:01.000Z" && task["lastUpdatedAt"] == "2026-07-28T00:00:01.001Z")
        #expect(world.stopped.isEmpty)
    }

    @Test("what a tool says of its failure is a result; an error of the protocol fails the task")
    func failures() throws {
        let world = World()
        let (first, second) = (try world.begin(), try world.begin())
        world.works[0].finish(.failure("no luck"))
        world.works[1].finish(.refused(RPCError(.internalError, "broken")))
        #expect(try world.get(first)?.status == "completed")
        #expect(try world.get(first)?["result"]?["isError"] == true)
        let failed = try #require(try world.get(second))
        #expect(failed.status == "failed" && failed["result"] == nil)
        #expect(failed["error"] == ["code": -32603, "message": "broken"] && failed["statusMessage"] == "broken")
    }

    @Test("the first end of a work is the only one")
    func oneEnd() throws {
        let world = World()
        world.immediate = .failure("first")
        let id = try world.begin()
        world.works[0].finish(.refused(RPCError(.internalError, "second")))
        #expect(try world.get(id)?.status == "completed")
    }

    @Test("a work tells how far it is, until its state changes")
    func report() throws {
        let world = World()
        let id = try world.begin()
        world.works[0].context.report("half done")
        #expect(try world.get(id)?["statusMessage"] == "half done")
        world.works[0].finish(.text("done"))
        world.works[0].context.report("late")
        #expect(try world.get(id)?["statusMessage"] == nil)
    }

    @Test("a work that asks begins anew with the answers")
    func input() throws {
        let world = World()
        let id = try world.begin()
        world.works[0].finish(.inputRequired(question))
        let asked = try #require(try world.get(id))
        #expect(asked.status == "input_required" && asked["requestState"] == nil)
        #expect(
            asked["inputRequests"] == ["1.name": ["method": "elicitation/create", "params": ["message": "?"]]])
        #expect(try world.update(id, ["name": 1, "other": 2])?["result"]?.keys == ["_meta", "resultType"])
        #expect(world.works.count == 1)
        #expect(try world.update(id, ["1.name": ["action": "accept"]])?["result"]?.keys == ["_meta", "resultType"])
        #expect(world.works.count == 2)
        #expect(world.works[1].context.input == TaskInput(responses: ["name": ["action": "accept"]], state: "s"))
        #expect(try world.get(id)?.status == "working")
        world.works[1].finish(.text("done"))
        #expect(try world.get(id)?.status == "completed")
    }

    @Test("a client is not asked what it has not declared")
    func undeclaredQuestion() throws {
        let world = World()
        let id = try world.begin()
        world.works[0].finish(.inputRequired(InputRequired([InputRequired.Question("r", .roots)])))
        let task = try #require(try world.get(id))
        #expect(task.status == "failed" && task["error"]?["code"] == -32021)
    }

    @Test("cancellation stops the work, and is acknowledged in every state")
    func cancellation() throws {
        let world = World()
        let ids = try (0..<4).map { _ in try world.begin() }
        world.works[1].finish(.inputRequired(question))
        world.works[2].finish(.text("done"))
        world.works[3].finish(.refused(RPCError(.internalError, "broken")))
        for _ in 0..<2 {
            for id in ids { #expect(try world.cancel(id)?["result"]?.keys == ["_meta", "resultType"]) }
        }
        #expect(world.stopped == [0])
        #expect(try ids.map { try world.get($0)?.status } == ["cancelled", "cancelled", "completed", "failed"])
        world.works[0].finish(.text("late"))
        #expect(try world.get(ids[0])?.status == "cancelled")
    }

    @Test("a client without the extension waits for the result, and cannot ask for tasks")
    func undeclared() throws {
        let world = World()
        world.immediate = .text("done")
        let result = try world.call([:])?["result"]
        #expect(result?["content"] == [["type": "text", "text": "done"]] && result?["resultType"] == "complete")
        #expect(world.tasks?.count == 0)
        let id = try world.begin()
        for method in ["tasks/get", "tasks/update", "tasks/cancel"] {
            #expect(try world.ask(method, ["taskId": .string(id), "inputResponses": [:]], [:])?.code == -32021)
        }
    }

    @Test("a tool that needs tasks refuses a client without them")
    func required() throws {
        let world = World(support: .required)
        let answer = try world.call([:])
        #expect(answer?.code == -32021 && world.works.isEmpty)
        #expect(
            answer?["error"]?["data"] == [
                "requiredCapabilities": ["extensions": ["io.modelcontextprotocol/tasks": [:]]]
            ])
        #expect(try world.call()?["result"]?["resultType"] == "task")
    }

    @Test("what comes before a task may end the call")
    func prepared() throws {
        let world = World()
        world.prepared = .inputRequired(question)
        #expect(try world.call()?["result"]?["resultType"] == "input_required")
        #expect(world.works.isEmpty && world.tasks?.count == 0)
        world.prepared = nil
        let params: JSONObject = ["name": "work", "inputResponses": ["name": 1], "requestState": "s"]
        #expect(try world.ask("tools/call", params)?["result"]?["resultType"] == "task")
        #expect(world.works[0].context.input == TaskInput(responses: ["name": 1], state: "s"))
    }

    static let wrongParams: [(String, JSONObject)] = [
        ("tasks/get", [:]), ("tasks/get", ["taskId": 1]), ("tasks/get", ["taskId": "none"]),
        ("tasks/cancel", ["taskId": .string(String(repeating: "0", count: 32))]), ("tasks/update", ["taskId": ""]),
        ("tasks/update", ["taskId": "ID"]), ("tasks/update", ["taskId": "ID", "inputResponses": []]),
    ]

    @Test("what names no task, or lacks its answers, is refused", arguments: wrongParams)
    func wrong(method: String, params: JSONObject) throws {
        let world = World()
        let id = try world.begin()
        var params = params
        if params["taskId"] == "ID" { params.set("taskId", to: .string(id)) }
        #expect(try world.ask(method, params)?.code == -32602)
        #expect(try world.get(id)?.status == "working")
    }

    @Test("without random numbers there is no task")
    func noRandom() throws {
        let world = World()
        world.hasRandom = false
        #expect(try world.call()?.code == -32603)
        #expect(world.works.isEmpty && world.tasks?.count == 0)
    }

    @Test("a server that ends stops all work")
    func close() throws {
        let world = World()
        let id = try world.begin()
        world.tasks?.close()
        #expect(world.stopped == [0])
        #expect(try world.ask("tasks/get", ["taskId": .string(id)])?.code == -32602)
    }
}

extension JSONValue {
    var keys: [String] { object?.map(\.key).sorted() ?? [] }
}
