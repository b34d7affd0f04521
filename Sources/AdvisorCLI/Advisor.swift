import Foundation
@main struct A { static func main() {} }
