import AdvisorCore
import AdvisorTestSupport
import Testing

@testable import AdvisorNetwork

@Suite("Heartbeat")
struct HeartbeatTests {
    @Test("says start, success, fail and log, and pairs them")
    func signals() throws {
        let folder = try TemporaryFolder()
        let receiver = try LoopbackServer(.answer(200, body: "OK"))
        _ = try folder.write(receiver.url("/0b1c-uuid-secret"), to: "ping.url")
        let ping = try HeartbeatPing(Stack.Heartbeat(url: .file("ping.url"), allowsPrivate: true), reader: Sending.reader(folder))
        for signal in HeartbeatPing.Signal.allCases {
            #expect(ping.send(signal, run: "r-1", text: "a log", at: Sending.now) == nil)
        }
        let path = "/0b1c-uuid-secret"
        #expect(
            receiver.requests.map(\.path) == [
                "\(path)/start?rid=r-1", "\(path)?rid=r-1", "\(path)/fail?rid=r-1", "\(path)/log?rid=r-1",
            ])
        #expect(receiver.requests.map(\.body) == Array(repeating: "a log", count: 4))
    }

    @Test("that no server answers is reported without the URL")
    func unheard() throws {
        let folder = try TemporaryFolder()
        let receiver = try LoopbackServer(.answer(404, body: "not found: /0b1c-uuid-secret"))
        _ = try folder.write(receiver.url("/0b1c-uuid-secret"), to: "ping.url")
        let ping = try HeartbeatPing(Stack.Heartbeat(url: .file("ping.url"), allowsPrivate: true), reader: Sending.reader(folder))
        #expect(ping.send(.success, run: nil, at: Sending.now) == "404 not found: [secret]")
    }
}
