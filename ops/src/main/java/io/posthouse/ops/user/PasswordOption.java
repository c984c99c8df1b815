package io.posthouse.ops.user;

import io.posthouse.ops.cli.Terminal;
import io.posthouse.ops.cli.Usage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// Where a command gets a password from: a prompt, standard input or a file, so that it need not
/// stand in the shell's history; or the command line, for a try.
final class PasswordOption {
  @Option(
      names = "--password",
      paramLabel = "PASSWORD",
      description = "The password; seen by whoever lists processes.")
  private @Nullable String password;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "A file whose first line is the password; - for standard input.")
  private @Nullable Path file;

  String read(CommandSpec spec) {
    if (password != null) return password;
    try {
      return file == null ? prompt(spec) : firstLine(file);
    } catch (IOException e) {
      throw new ParameterException(spec.commandLine(), "--password-file: cannot read " + file);
    }
  }

  private static String firstLine(Path file) throws IOException {
    var text = file.toString().equals("-") ? standardInput() : Files.readString(file);
    return text.lines().findFirst().orElse("");
  }

  private static String standardInput() {
    try {
      return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String prompt(CommandSpec spec) {
    var terminal =
        Terminal.find()
            .orElseThrow(() ->
                Usage.wrong(spec, "no password (expected: --password-file FILE or --password)"));
    return new String(terminal.readPassword("Password: "));
  }
}
