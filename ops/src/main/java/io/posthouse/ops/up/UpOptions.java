package io.posthouse.ops.up;

import java.nio.file.Path;

/// What was said on the command line of `up`.
record UpOptions(Path data, int portOffset, boolean demo, boolean fsync) {
  UpOptions {
    data = data.toAbsolutePath().normalize();
  }

  int port(int base) {
    return base + portOffset;
  }

  Path folder(String name) {
    return data.resolve(name);
  }
}
