import JSON

extension Server {
    /// Serves `subscriptions/listen` (2026-07-28, basic/patterns/subscriptions): acknowledges what will be told, then
    /// tells it until the client cancels or `endSubscription` is called.
    func listen(_ request: RequestContext) throws(RPCError) {
        guard let wanted = request.params["notifications"]?.object else {
            throw RPCError(.invalidParams, "subscriptions/listen needs notifications, an object.")
        }
        let filter = try SubscriptionFilter(wanted, of: self)
        let meta: JSONValue = [RequestMeta.subscriptionKey: request.id.json]
        request.notify(
            "notifications/subscriptions/acknowledged", ["_meta": meta, "notifications": .object(filter.json)])
        request.start {
            let listener = changes.listen { change in
                guard filter.takes(change) else { return }
                var (method, params) = change.notification
                params.set("_meta", to: meta)
                request.notify(method, params)
            }
            request.isSubscription = true
            return { [changes] in changes.stop(listener) }
        }
    }
}

extension RequestContext {
    /// Ends a subscription in good order, as a server that stops does. Does nothing to other requests.
    public func endSubscription() {
        guard isSubscription, !isEnded else { return }
        stopWork()
        deliver(.complete(["_meta": [RequestMeta.subscriptionKey: id.json]]))
    }
}
