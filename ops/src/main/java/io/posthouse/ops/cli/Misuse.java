package io.posthouse.ops.cli;

import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Says what was typed wrong, and where to read what is right: a page of options would drive the
/// one sentence off the screen. Only of a command that is a choice of others all are shown.
public final class Misuse implements IParameterExceptionHandler {
  @Override
  public int handleParseException(ParameterException wrong, String[] arguments) {
    var command = wrong.getCommandLine();
    var err = command.getErr();
    err.println("posthouse: " + wrong.getMessage());
    UnmatchedArgumentException.printSuggestions(wrong, err);
    if (isChoice(command)) command.usage(err);
    else err.printf("`%s --help` tells more%n", command.getCommandSpec().qualifiedName());
    err.flush();
    return ExitCode.USAGE;
  }

  private static boolean isChoice(CommandLine command) {
    return !command.getSubcommands().isEmpty();
  }
}
