package io.posthouse.ops.testbed;

import java.util.Locale;

/// The roles of Posthouse that are processes of their own.
public enum Role {
  EDGE,
  DELIVER,
  STORE;

  String command() {
    return name().toLowerCase(Locale.ROOT);
  }
}
