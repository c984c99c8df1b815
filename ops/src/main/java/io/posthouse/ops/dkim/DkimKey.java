package io.posthouse.ops.dkim;

import io.posthouse.address.Domain;
import io.posthouse.dkim.NewKey;
import io.posthouse.dkim.SigningKey;
import io.posthouse.ops.cli.CommandFailed;
import io.posthouse.ops.cli.ExitCode;
import io.posthouse.ops.cli.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `posthouse dkim key`.
@Command(
    name = "key",
    description =
        "Makes a key in a file that only its owner can read, and prints the record to publish.")
final class DkimKey implements Callable<Integer> {
  // Of one character string (RFC 1035 §3.3).
  private static final int LONGEST_STRING = 255;

  /// Kinds of keys.
  enum Algorithm {
    RSA,
    ED25519
  }

  @Parameters(paramLabel = "DOMAIN", description = "The domain that signs, such as example.net.")
  private String domain = "";

  @Option(
      names = "--selector",
      required = true,
      paramLabel = "S",
      description = "The key's name below _domainkey.DOMAIN, such as s2026.")
  private String selector = "";

  @Option(
      names = "--algorithm",
      paramLabel = "rsa|ed25519",
      defaultValue = "rsa",
      description =
          "Every host verifies RSA; Ed25519 is good beside it. Default: ${DEFAULT-VALUE}.")
  private Algorithm algorithm = Algorithm.RSA;

  @Option(
      names = "--bits",
      paramLabel = "N",
      defaultValue = "2048",
      description = "Length of an RSA key, from 2048 to 4096. Default: ${DEFAULT-VALUE}.")
  private int bits;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Where the private key goes; never over a file that is there.")
  private Path file = Path.of("");

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    var signer =
        Domain.parse(domain)
            .filter(d -> !d.isLiteral())
            .orElseThrow(() -> usage("not a domain: " + domain));
    var key = key();
    write(key);
    var out = spec.commandLine().getOut();
    out.printf("; the zone of %s:%n", signer);
    out.printf("%s._domainkey.%s. IN TXT ( %s )%n", selector, signer, strings(key.record()));
    out.println("; posthouse.yaml, when the name servers have it:");
    out.printf(
        "; dkim: {keys: [{domain: %s, selector: %s, file: %s}]}%n",
        signer, selector, file.toAbsolutePath());
    out.flush();
    return ExitCode.DONE;
  }

  private NewKey key() {
    try {
      SigningKey.selector(selector);
      if (bits > 4096) throw usage("--bits: " + bits + " (expected: 2048..4096)");
      return switch (algorithm) {
        case RSA -> NewKey.rsa(bits);
        case ED25519 -> NewKey.ed25519();
      };
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  private void write(NewKey key) {
    if (Files.exists(file))
      throw CommandFailed.because(file + " exists (mail may be signed with it); nothing was done");
    try {
      OwnerOnly.write(file, key.pem());
    } catch (IOException e) {
      throw CommandFailed.because(file + " cannot be written: " + e);
    }
  }

  private static String strings(String record) {
    List<String> strings = new ArrayList<>();
    for (int at = 0; at < record.length(); at += LONGEST_STRING)
      strings.add(record.substring(at, Math.min(record.length(), at + LONGEST_STRING)));
    return "\"" + String.join("\" \"", strings) + "\"";
  }

  private ParameterException usage(String what) {
    return new ParameterException(spec.commandLine(), what);
  }
}
