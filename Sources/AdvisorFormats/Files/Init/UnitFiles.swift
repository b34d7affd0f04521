public import AdvisorCore
internal import Foundation

/// What `advisor init --systemd` and `--cron` print: the units and the crontab line that run advisor.
public struct UnitFiles: Sendable {
    /// The absolute path of the program.
    public var program: String
    /// The absolute path of the folder with store and stack file.
    public var folder: String
    /// The user that runs it.
    public var user: String
    /// The credentials that the stack file names, files of root in `/etc/advisor`.
    public var credentials: [String]

    /// Creates units.
    public init(program: String, folder: String, user: String, credentials: [String]) {
        (self.program, self.folder, self.user, self.credentials) = (program, folder, user, credentials)
    }

    /// Whether a unit can name the program and the folder: systemd has no escape for these in every place.
    public var isWritable: Bool {
        [program, folder].allSatisfy { path in
            path.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F && $0 != "\"" && $0 != "\\" && $0 != "'" }
        }
    }

    /// All credentials of the stack file, without duplicates, in its order.
    public static func credentials(of stack: Stack) -> [String] {
        let places = stack.webhooks.flatMap { [$0.url].compactMap { $0 } + $0.secrets } + [stack.heartbeat?.url].compactMap { $0 }
        var seen: Set<String> = []
        return places.compactMap { place in
            if case .credential(let name) = place, seen.insert(name).inserted { name } else { nil }
        }
    }

    /// `advisor.service`.
    public var service: String {
        let loads = credentials.map { "LoadCredential=\($0):/etc/advisor/\($0)\n" }.joined()
        return """
            [Unit]
            Description=advisor: ingest, evaluate, send alerts
            Documentation=man:advisor(1)
            Wants=network-online.target
            After=network-online.target

            [Service]
            Type=oneshot
            ExecStart=\(Self.escaped(program)) run --dir \(Self.escaped(folder)) --log-format json
            User=\(user)
            # 1: rules are in ALARM, as --fail-on asks. 75: another run was under way, or an alert is sent again later.
            # 69 (an input fails), 71 (the clock is wrong) and 76 (a receiver refuses) need someone.
            SuccessExitStatus=1 75
            TimeoutStartSec=10min
            \(loads)# It writes to its own folder and nowhere else.
            ReadWritePaths=\(Self.escaped(folder))
            ProtectSystem=strict
            ProtectHome=read-only
            PrivateTmp=yes
            PrivateDevices=yes
            ProtectKernelTunables=yes
            ProtectKernelModules=yes
            ProtectKernelLogs=yes
            ProtectControlGroups=yes
            ProtectClock=yes
            ProtectHostname=yes
            RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
            RestrictNamespaces=yes
            RestrictRealtime=yes
            RestrictSUIDSGID=yes
            LockPersonality=yes
            MemoryDenyWriteExecute=yes
            NoNewPrivileges=yes
            CapabilityBoundingSet=
            SystemCallArchitectures=native
            SystemCallFilter=@system-service
            SystemCallFilter=~@privileged @resources
            SystemCallErrorNumber=EPERM
            ProtectProc=invisible
            ProcSubset=pid
            UMask=0077

            """
    }

    /// `advisor.timer`: a run missed because the machine was off is made up for.
    public static let timer = """
        [Unit]
        Description=advisor every 15 minutes

        [Timer]
        OnCalendar=*:0/15
        Persistent=true
        RandomizedDelaySec=60

        [Install]
        WantedBy=timers.target

        """

    /// Both, with instructions.
    public func systemd(_ writtenTo: String?) -> String {
        let place = writtenTo.map { "\($0)/advisor.service \($0)/advisor.timer" } ?? "advisor.service advisor.timer"
        let secrets = credentials.map {
            "#   sudo install -D -m 600 /dev/stdin /etc/advisor/\($0)      # then paste the secret\n"
        }.joined()
        let steps = """
            # sudo cp \(place) /etc/systemd/system/
            \(secrets)# sudo systemctl daemon-reload && sudo systemctl enable --now advisor.timer
            # systemctl list-timers advisor; journalctl -u advisor

            """
        if writtenTo != nil { return steps }
        return "# --- advisor.service\n\(service)\n# --- advisor.timer\n\(Self.timer)\n\(steps)"
    }

    /// One line for `crontab -e`: cron mails the output, which is empty if nothing changed.
    public var crontab: String {
        "*/15 * * * * \(Self.cronEscaped(program)) run --dir \(Self.cronEscaped(folder))\n"
    }

    /// Escaped for systemd: `%` is special, and spaces separate words.
    private static func escaped(_ text: String) -> String {
        let doubled = text.replacingOccurrences(of: "%", with: "%%").replacingOccurrences(of: "$", with: "$$")
        return doubled.contains(where: \.isWhitespace) ? "\"\(doubled)\"" : doubled
    }

    /// Escaped for cron and the shell: `%` is a line break in cron.
    private static func cronEscaped(_ text: String) -> String {
        let isPlain = text.allSatisfy { $0.isLetter || $0.isNumber || "/._-+@:,".contains($0) }
        let quoted = isPlain ? text : "'" + text.replacingOccurrences(of: "'", with: "'\\''") + "'"
        return quoted.replacingOccurrences(of: "%", with: "\\%")
    }
}
