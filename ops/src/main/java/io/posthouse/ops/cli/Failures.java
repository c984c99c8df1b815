package io.posthouse.ops.cli;

import com.mongodb.MongoException;
import com.mongodb.MongoTimeoutException;
import io.posthouse.config.ConfigException;
import java.io.PrintWriter;
import org.apache.kafka.common.KafkaException;
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
      case MongoTimeoutException e -> unreachable(err, "MongoDB", e);
      case MongoException e -> unreachable(err, "MongoDB", e);
      case KafkaException e -> unreachable(err, "Kafka", e);
      default -> bug(failure, err);
    };
  }

  private static int unreachable(PrintWriter err, String what, Exception why) {
    return say(
        err, "posthouse: " + what + " is not reachable: " + why.getMessage(), ExitCode.UNREACHABLE);
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
