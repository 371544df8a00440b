import JSON

/// A page of the cast and the crew of a title.
enum CreditPage {
    static let shape = Shape(
        [
            Field("page", .integer).required, Field("total_pages", .integer).required,
            Field("total_cast", .integer), Field("total_guest_stars", .integer), Field("total_crew", .integer),
            Field("cast", .rows(Credit.castMember)),
            Field("guest_stars", .rows(Credit.role), description: "of an episode"),
            Field("crew", .rows(Credit.crewMember)),
        ] + Attribution.fields)

    /// Of a record that has it appended.
    static let bare = shape.without(
        ["page", "total_pages", "total_guest_stars", "guest_stars", "note", "attribution"])

    /// - Parameters:
    ///   - department: of the crew; "Acting" is the cast, nil is both.
    ///   - name: of people, characters or jobs, or how a word of theirs begins; nil for all.
    ///   - rowsMax: people of each list.
    static func object(
        _ source: JSONValue, department: String? = nil, name: String? = nil, page: Int64, rowsMax: Int64
    ) -> JSONObject? {
        guard source["cast"]?.array != nil || source["crew"]?.array != nil else { return nil }
        var object: JSONObject = ["page": .number(JSONNumber(page))]
        var pages: Int64 = 0
        let words = name?.folded
        let add = { (list: String, people: [JSONValue]) in
            let people = words.map { words in people.filter { Credit.isNamed($0, words) } } ?? people
            let portion = Portion(of: people, page: page, rowsMax: rowsMax)
            pages = max(pages, portion.pages)
            object.set("total_" + list, to: .number(JSONNumber(people.count)))
            object.set(list, to: .array(portion.rows))
        }
        // What was not asked for has no total: 0 would say that there is nobody.
        if department == nil || department == acting {
            add("cast", Credit.people(source["cast"]?.array ?? []))
            if let guests = source["guest_stars"]?.array { add("guest_stars", Credit.people(guests)) }
        }
        if department != acting {
            let crew = (source["crew"]?.array ?? []).filter {
                department == nil || $0["department"]?.string == department
            }
            add("crew", Credit.crew(crew))
        }
        object.set("total_pages", to: .number(JSONNumber(pages)))
        return object
    }

    static func json(
        _ source: JSONValue, department: String?, name: String?, page: Int64, rowsMax: Int64, _ shaping: Shaping
    ) -> [UInt8]? {
        guard let object = object(source, department: department, name: name, page: page, rowsMax: rowsMax) else {
            return nil
        }
        let isEmpty = name != nil && object["total_pages"] == 0
        return shaping.fitted(rows: isEmpty ? 0 : Int(clamping: rowsMax)) {
            shape.write(.object(object), $0, into: &$1)
        }
    }

    static let acting = "Acting"
}
