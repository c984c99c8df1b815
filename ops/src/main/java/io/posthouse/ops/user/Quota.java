package io.posthouse.ops.user;

import io.posthouse.config.ByteSize;
import io.posthouse.config.Form;
import io.posthouse.ops.cli.Usage;
import picocli.CommandLine.Model.CommandSpec;

/// The value of `--quota`.
final class Quota {
  private Quota() {}

  static long octets(CommandSpec spec, String text) {
    var form = Form.size(new ByteSize(0), new ByteSize(Long.MAX_VALUE));
    return Usage.read(spec, "--quota", text, "a size such as 500MiB", form.parse()).bytes();
  }
}
