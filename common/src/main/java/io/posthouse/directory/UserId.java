package io.posthouse.directory;

import java.util.regex.Pattern;

/// A user's key in the directory: 24 hexadecimal digits in lower case, as WildDuck writes an
/// ObjectId.
public record UserId(String hex) {
  private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{24}");

  public UserId {
    if (!SHAPE.matcher(hex).matches()) {
      throw new IllegalArgumentException("user id: " + hex + " (expected: 24 hexadecimal digits)");
    }
  }

  @Override
  public String toString() {
    return hex;
  }
}
