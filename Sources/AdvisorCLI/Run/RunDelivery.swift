import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import AdvisorNetwork
import AdvisorStore
import Foundation

/// The last step of a run: sends pending alerts and the heartbeat.
struct RunDelivery {
    let store: Store
    let project: Project
    let options: RunOptions
    let log: RunLog
    let stop: StopSignal
    /// Identifies the run in the start and the end ping.
    private let number = UUID().uuidString.lowercased()

    init(store: Store, project: Project, options: RunOptions, log: RunLog, stop: StopSignal) {
        (self.store, self.project, self.options) = (store, project, options)
        (self.log, self.stop) = (log, stop)
    }

    private var delivery: Delivery {
        Delivery(
            options: options.location, timeOption: options.time, isVerbose: options.isVerbose, stack: project.stack)
    }

    /// Sends what is due. Alerts leased by a run that was killed are due again when the lease ends.
    func send() throws {
        guard !project.stack.webhooks.isEmpty else { return }
        let stop = stop
        let tallies = try delivery.relay(store, isEnding: { stop.isRaised }).pass()
        log.summary["delivered"] = .integer(tallies.reduce(0) { $0 + $1.delivered })
        for tally in tallies where tally.problem != nil || tally.disabled != nil {
            let isLost = tally.failed > 0 || tally.disabled != nil
            log.problem(
                "receiver \(tally.endpoint): \(tally.words)", isLost ? .configuration : .tryAgain, isFailure: false)
        }
    }

    /// Pings the heartbeat; a ping that fails does not fail the run.
    func beat(_ signal: HeartbeatPing.Signal, _ text: String = "") {
        guard let heartbeat = project.stack.heartbeat else { return }
        do {
            let now = try delivery.clock()()
            let why = try HeartbeatPing(heartbeat, reader: delivery.reader).send(signal, run: number, text: text, at: now)
            if let why { log.problem("heartbeat: \(why)", .done, isFailure: false) }
        } catch {
            log.problem("heartbeat: \(error)", .done, isFailure: false)
        }
    }
}
