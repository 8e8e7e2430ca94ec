import ArgumentParser

/// `roost completion`: the script that completes commands in a shell.
struct Completion: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the completion script of a shell.",
    discussion: "For bash: source <(roost completion bash)")

  @Argument(help: "The shell.")
  var shell: Shell

  enum Shell: String, ExpressibleByArgument, CaseIterable {
    case bash, zsh, fish

    var completionShell: CompletionShell {
      switch self {
      case .bash: .bash
      case .zsh: .zsh
      case .fish: .fish
      }
    }
  }

  func run() async throws {
    Output.standard.line(RoostCommand.completionScript(for: shell.completionShell))
  }
}
