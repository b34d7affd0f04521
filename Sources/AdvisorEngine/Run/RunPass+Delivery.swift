internal import AdvisorCore
internal import AdvisorNetwork
internal import Foundation

extension RunPass {
    /// Sends what is due. What a run that was killed had leased is due again when its lease ends.
    /// - Returns: How many alerts were delivered; nil without receivers.
    func send() throws -> Int? {
        guard !project.stack.webhooks.isEmpty else { return nil }
        let tallies = try environment.relay(environment.isStopped).pass()
        for tally in tallies where tally.problem != nil || tally.disabled != nil {
            let isLost = tally.failed > 0 || tally.disabled != nil
            add(
                RunProblem(
                    isLost ? .refused : .tryAgain, "receiver \(tally.endpoint): \(tally.words)", isFailure: false))
        }
        return tallies.reduce(0) { $0 + $1.delivered }
    }

    /// Pings the heartbeat; a ping that does not arrive fails no run.
    func ping(_ signal: HeartbeatPing.Signal, _ text: String = "") {
        guard let heartbeat = project.stack.heartbeat, environment.mode == .live else { return }
        do {
            let ping = try HeartbeatPing(heartbeat, reader: environment.secrets)
            let problem = ping.send(signal, run: pingID, text: text, at: environment.clock())
            if let problem { add(RunProblem(.done, "heartbeat: \(problem)", isFailure: false)) }
        } catch {
            add(RunProblem(.done, "heartbeat: \(error)", isFailure: false))
        }
    }
}
