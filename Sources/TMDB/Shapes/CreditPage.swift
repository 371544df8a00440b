import JSON

/// A page of the cast and the crew of a title.
enum CreditPage {
    static let shape = Shape(
        [
            Field("page", .integer).required, Field("total_pages", .integer).required,
            Field("total_cast", .integer), Field("total_crew", .integer),
            Field("cast", .rows(Credit.castMember)),
            Field("crew", .rows(Credit.crewMember)),
        ] + Attribution.fields)

    /// Of a record that has it appended.
    static let bare = shape.without(["page", "total_pages", "note", "attribution"])

    /// - Parameters:
    ///   - department: of the crew; "Acting" is the cast, nil is both.
    ///   - rowsMax: people of each of the two.
    static func object(
        _ source: JSONValue, department: String? = nil, page: Int64, rowsMax: Int64
    ) -> JSONObject? {
        guard source["cast"]?.array != nil || source["crew"]?.array != nil else { return nil }
        var object: JSONObject = ["page": .number(JSONNumber(page))]
        var pages: Int64 = 0
        let add = { (list: String, people: [JSONValue]) in
            let portion = Portion(of: people, page: page, rowsMax: rowsMax)
            pages = max(pages, portion.pages)
            object.set("total_" + list, to: .number(JSONNumber(people.count)))
            object.set(list, to: .array(portion.rows))
        }
        // What was not asked for has no total: 0 would say that there is nobody.
        if department == nil || department == acting { add("cast", Credit.people(source["cast"]?.array ?? [])) }
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
        _ source: JSONValue, department: String?, page: Int64, rowsMax: Int64, _ shaping: Shaping
    ) -> [UInt8]? {
        guard let object = object(source, department: department, page: page, rowsMax: rowsMax) else { return nil }
        return shaping.fitted(rows: Int(clamping: rowsMax)) {
            shape.write(.object(object), $0, into: &$1)
        }
    }

    static let acting = "Acting"
}
