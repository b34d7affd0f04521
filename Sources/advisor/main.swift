import AdvisorCLI
import Foundation

exit(Advisor.runProcess())
