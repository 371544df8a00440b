import EventLoop
import Testing

struct SlotTableTests {
    @Test("a slot's token finds its element until it is removed, and not what follows in its place")
    func slots() {
        var table = SlotTable<String>()
        let first = table.insert("first")
        let second = table.insert("second")
        #expect(table.remove(first) == "first")
        #expect(table.remove(first) == nil)
        let third = table.insert("third")
        #expect(third != first)
        #expect(table[first] == nil)
        table[first] = "changed"
        #expect(table[third] == "third")
        table[second] = "changed"
        #expect(table[second] == "changed")
        #expect(table.ids == [third, second])
        #expect(table.count == 2)
    }
}
