import ArgumentParser
import ComityNode
import ComityService

/// `comity status`
struct StatusVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "What a running switch says of itself.",
        discussion: "Ends with status 1 if no switch runs on the home.")

    @OptionGroup var home: HomeOption
    @OptionGroup var output: OutputOptions

    func run() throws {
        try output.run {
            let reader = try home.open()
            guard let status = ControlClient.status(reader.home) else {
                throw ServiceError.noSwitch(on: reader.home)
            }
            if output.json {
                output.printJSON(status)
            } else {
                let listen = reader.configuration.listen
                var table = Table(["", ""], numbers: [])
                table.add(["switch", reader.configuration.name])
                table.add(["process", "\(status.process)"])
                table.add(["links on", "\(listen.host):\(listen.port)"])
                table.add(["sessions", "\(status.sessions), connected \(status.connectedSessions)"])
                table.add(["open look-ups", "\(status.openLookups)"])
                table.add(["held look-ups", "\(status.heldLookups)"])
                if status.lookupsOutOfService > 0 {
                    table.add(["look-ups out of service", "\(status.lookupsOutOfService)"])
                }
                if status.queued > 0 { table.add(["messages queued", "\(status.queued)"]) }
                if status.setAside > 0 { table.add(["messages set aside", "\(status.setAside)"]) }
                table.add(["entries since the start", "\(status.entries)"])
                table.add(["commits since the start", "\(status.commits)"])
                table.add(["seals since the start", "\(status.seals)"])
                let text = table.text(output.isTerminal ? .aligned : .tabs)
                print(text.split(separator: "\n").filter { $0 != "\t" }.joined(separator: "\n"))
                for alarm in status.alarms { print("ALARM   \(alarm)") }
            }
            return 0
        }
    }
}
