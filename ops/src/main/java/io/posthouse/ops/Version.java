package io.posthouse.ops;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/// The version in the manifest of our jar.
public final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"posthouse " + number()};
  }

  /// `0.1.0`, or `unpackaged` when run from classes.
  public static String number() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("unpackaged");
  }
}
