import ComityService

/// The answer of a running switch to what was asked of it: what came of it, or why nothing did.
struct ControlReply<Content: Codable & Sendable>: Codable, Sendable {
    private var content: Content?
    private var code: String?
    private var what: String?
    private var next: String?

    init(_ result: Result<Content, ServiceError>) {
        switch result {
        case .success(let content): self.content = content
        case .failure(let error): (code, what, next) = (error.code, error.what, error.next)
        }
    }

    func get() throws(ServiceError) -> Content {
        if let content { return content }
        throw ServiceError(code ?? "unknown", what ?? "the switch gave no reason", next: next ?? "")
    }
}
