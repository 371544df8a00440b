import JSON

/// An LRU cache with a limit in bytes: responses by their request, and results by their call.
struct ResponseCache {
    private enum Item {
        case answer(CachedResponse)
        case result(CachedResult)
    }

    private struct Entry {
        let key: RequestKey
        var item: Item
        var bytes: Int
        /// Its neighbours by last use. -1 is none.
        var newer: Int
        var older: Int
    }

    private let bytesMax: Int
    private var places: [RequestKey: Int] = [:]
    /// A free slot holds nil.
    private var entries: [Entry?] = []
    private var free: [Int] = []
    private var newest = -1
    private var oldest = -1
    /// An estimate of the memory that all of it takes, keys included.
    private(set) var bytes = 0

    init(bytesMax: Int) { self.bytesMax = bytesMax }

    var count: Int { places.count }

    /// The response to a request, fresh or stale, which becomes the most recently used entry.
    mutating func response(for key: RequestKey) -> CachedResponse? {
        if case .answer(let answer) = find(key) { answer } else { nil }
    }

    /// The result of a call, fresh or stale, which becomes the most recently used entry.
    mutating func result(of key: RequestKey) -> CachedResult? {
        if case .result(let result) = find(key) { result } else { nil }
    }

    /// Stores a response in place of an earlier one. One that would evict much else is not stored.
    mutating func store(_ answer: CachedResponse, for key: RequestKey) {
        guard bytesMax > 0 else { return }
        insert(.answer(answer), HeapSize.value(answer.value) + (answer.etag.map { HeapSize.string($0) } ?? 0), key)
    }

    /// The same for a result.
    mutating func store(_ result: CachedResult, byteCount: Int, for key: RequestKey) {
        insert(.result(result), byteCount, key)
    }

    private mutating func find(_ key: RequestKey) -> Item? {
        guard let place = places[key] else { return nil }
        if place != newest {
            unlink(place)
            link(place)
        }
        return entries[place]?.item
    }

    private mutating func insert(_ item: Item, _ itemBytes: Int, _ key: RequestKey) {
        remove(key)
        let size = ResponseCache.bytes(of: key) + itemBytes
        guard size <= bytesMax / UpstreamLimits.cacheShare else { return }
        let place = free.popLast() ?? entries.count
        if place == entries.count { entries.append(nil) }
        entries[place] = Entry(key: key, item: item, bytes: size, newer: -1, older: -1)
        places[key] = place
        link(place)
        bytes += size
        while bytes > bytesMax, let key = entries.indices.contains(oldest) ? entries[oldest]?.key : nil { remove(key) }
    }

    mutating func remove(_ key: RequestKey) {
        guard let place = places.removeValue(forKey: key) else { return }
        unlink(place)
        bytes -= entries[place]?.bytes ?? 0
        entries[place] = nil
        free.append(place)
    }

    private mutating func link(_ place: Int) {
        entries[place]?.newer = -1
        entries[place]?.older = newest
        if newest >= 0 { entries[newest]?.newer = place } else { oldest = place }
        newest = place
    }

    private mutating func unlink(_ place: Int) {
        guard let entry = entries[place] else { return }
        if entry.newer >= 0 { entries[entry.newer]?.older = entry.older } else { newest = entry.older }
        if entry.older >= 0 { entries[entry.older]?.newer = entry.newer } else { oldest = entry.newer }
    }

    private static func bytes(of key: RequestKey) -> Int {
        // The entry, its place in the list of the free ones, and its slot in the table, which is never full.
        MemoryLayout<Entry?>.stride * 2 + (MemoryLayout<RequestKey>.stride + MemoryLayout<Int>.stride) * 2
            + HeapSize.array(bytes: key.bytes.count)
    }
}
