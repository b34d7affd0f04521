/// What a command of a procedure is for; the words of all notes are in `Presentation/Language`.
public enum CommandPurpose: Reason {
    /// A snapshot for a rollback of the data.
    case rollbackSnapshot
    /// Whether the class is offered for this engine and version in the region.
    case checkOffer
    /// The versions to which the engine can be upgraded first: the target runs this one and newer ones.
    case upgradeFirst(needed: String)
    /// The newest version to which it can be upgraded of a major version.
    case upgradeTarget(version: String)
    /// A copy on which the upgrade is rehearsed.
    case rehearsal
    /// After the application was tested on the copy.
    case afterRehearsal
    /// In the window, or in the next maintenance window.
    case inWindow
    /// There is no command; it is done on a page.
    case noCommand
    /// Exports the database.
    case exportDump
    /// Creates the instance.
    case createInstance
    /// Imports the dump from inside the VPC.
    case importDump
    /// Changes the configuration of each function.
    case configureFunctions
    /// Changes DNS, with a short time to live.
    case changeName
    /// The newest version of Aurora that the instance can be replicated to.
    case auroraVersion
    /// Creates an Aurora replica of the instance.
    case auroraReplica
    /// Stops writes and promotes the replica.
    case promote
    /// Creates the guide's reader.
    case guideReader
    /// A snapshot before the old instance is deleted.
    case snapshotBeforeDeletion
}

/// The downtime of a procedure.
public enum Downtime: Reason {
    /// None.
    case none
    /// A failover.
    case failover
    /// A restart of the instance.
    case restart
    /// None, but writes of a Single-AZ instance pause during a snapshot.
    case pausedWrites
    /// None, but slower until the standby is in sync.
    case standbySync
    /// An upgrade of the major version, with a standby too.
    case majorUpgrade
    /// From the export to the change of DNS.
    case untilNameChange
    /// From stopping writes to changing the endpoint.
    case untilEndpointChange
    /// Unknown.
    case unknown
}

/// Whether a procedure restarts the database.
public enum RestartNeed: Reason {
    /// It does not.
    case no
    /// It does.
    case yes
    /// It does not, but the connection limit changes with the next reboot.
    case rebootForConnections
    /// It does not, but a larger compute size does.
    case largerCompute
    /// It does not, but the endpoint changes.
    case otherEndpoint
    /// Unknown.
    case unknown
}

/// The effort of a procedure.
public enum Effort: Reason {
    /// Five minutes.
    case fiveMinutes
    /// Five minutes with a credit card.
    case fiveMinutesWithCard
    /// A quarter of an hour.
    case quarterHour
    /// A quarter of an hour, mostly unattended.
    case quarterHourUnattended
    /// An hour, mostly in the application.
    case hourInApplication
    /// Two to four hours and a rehearsal.
    case hoursWithRehearsal
    /// Half a day with a rehearsal.
    case halfDay
    /// None yet: it is an announcement.
    case announcement
    /// Unknown: there is no command.
    case unknown
}

/// How a procedure is rolled back.
public enum Rollback: Reason {
    /// With this command.
    case command(text: String)
    /// With the same command and the previous tier; nil if that is unknown.
    case previousTier(id: String?)
    /// With the same command and the previous maximum, which is unknown.
    case previousMaximum
    /// Not in place: into a new, smaller instance.
    case dumpAndRestore
    /// The snapshot, restored into a new instance.
    case restoredSnapshot
    /// On the same page, at the end of the billing period.
    case samePage
    /// DNS and configuration are changed back while nothing was written.
    case nameBack
    /// The old instance, until something is written to Aurora.
    case oldInstance
}

/// What a procedure does that cannot be rolled back.
public enum IrreversibleEffect: Reason {
    /// RDS storage cannot be reduced.
    case storage
}

/// The best time of a procedure.
public enum ProcedureWindow: Reason {
    /// The hour of the week with the lowest load.
    case lowestLoad(hour: LowestLoadHour)
    /// The guide's backup window: there is less than a week of history.
    case guideBackup
}

/// A known pitfall of a procedure.
public enum Caution: Reason {
    /// Connections are dropped.
    case droppedConnections
    /// RDS restricts how much and how often storage grows.
    case storageIncrements
    /// Storage is optimized for hours after a change of its type, and not changed again for six.
    case storageOptimization
    /// The buffer cache shrinks with the capacity.
    case smallerCache
    /// A replica serves reads only, with a lag.
    case replicaLag
    /// Automated backups are required.
    case automatedBackups
    /// The subnet group needs a subnet in a second zone.
    case secondZone
    /// `cluster` is not set.
    case clusterNotSet
    /// The plan applies to the organization.
    case organizationPlan
    /// The dump lacks users and files.
    case incompleteDump
    /// Row-level security and extensions must exist on RDS.
    case extensions
    /// Changing the code to Aurora creates an empty cluster.
    case emptyCluster
    /// A new or restored instance can be kept out of Extended Support.
    case supportOptOut
    /// What a major version changes besides data.
    case majorVersionChanges
    /// The guide's Aurora stack adds a NAT gateway and a reader.
    case gatewayAndReader
}
