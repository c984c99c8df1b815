package io.posthouse.ops.cli;

import io.posthouse.config.ConfigException;
import io.posthouse.kafka.KafkaUnreachable;
import io.posthouse.kafka.ReplayTakenOver;
import io.posthouse.lifecycle.CannotStartException;
import io.posthouse.mongo.MongoDown;
import io.posthouse.storage.mailbox.StoreUnavailable;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/// Turns what a command throws into words for the operator and an exit code.
public final class Failures implements IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    return report(failure, command.getErr());
  }

  private static int report(Throwable failure, PrintWriter err) {
    return switch (failure) {
      case ConfigException e -> say(err, String.valueOf(e.getMessage()), ExitCode.CONFIGURATION);
      case CommandFailed e -> say(err, "posthouse: " + e.getMessage(), e.exitCode());
      case MongoDown e ->
          say(err, "posthouse: MongoDB is not reachable: " + e.why(), ExitCode.UNREACHABLE);
      case StoreUnavailable e ->
          say(err, "posthouse: MongoDB is not reachable: " + e.getMessage(), ExitCode.UNREACHABLE);
      case KafkaUnreachable e -> say(err, "posthouse: " + e.getMessage(), ExitCode.UNREACHABLE);
      case ReplayTakenOver e -> say(err, "posthouse: " + e.getMessage(), ExitCode.FAILED);
      case CannotStartException e -> say(err, "posthouse: " + e.getMessage(), ExitCode.FAILED);
      default -> bug(failure, err);
    };
  }

  /// Not the operator's doing, so we show all that helps us.
  private static int bug(Throwable failure, PrintWriter err) {
    failure.printStackTrace(err);
    return say(err, "posthouse: an error of ours, see above", ExitCode.FAILED);
  }

  private static int say(PrintWriter err, String what, int exitCode) {
    err.println(what);
    err.flush();
    return exitCode;
  }
}
