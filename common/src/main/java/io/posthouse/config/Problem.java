package io.posthouse.config;

/// One thing that is wrong with the settings, in the words an operator can act on.
record Problem(Origin origin, String key, String what) {

  @Override
  public String toString() {
    return key.isEmpty() ? origin + ": " + what : origin + ": " + key + ": " + what;
  }
}
