import Foundation
import RoostCommands

let status = await RoostCommand.execute(Array(CommandLine.arguments.dropFirst()))
exit(status.code)
