package io.posthouse.ops.bench;

import io.posthouse.ops.cli.ClusterOptions;
import io.posthouse.ops.cli.Format;
import io.posthouse.ops.cli.FormatOption;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What `bench deliver` and `bench store` have in common.
final class BacklogOptions {
  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Mixin private FormatOption format = new FormatOption();

  @Option(
      names = "--messages",
      paramLabel = "N",
      description = "Messages of the backlog.",
      defaultValue = "20000")
  private int messages;

  @Option(
      names = "--size",
      paramLabel = "OCTETS",
      description = "Size of a message.",
      defaultValue = "10240")
  private int size;

  ClusterOptions cluster() {
    return cluster;
  }

  Format format() {
    return format.chosen();
  }

  int messages() {
    return messages;
  }

  /// The messages of a run, which `run` tells from those of others.
  SampleMail mail(String run) {
    return new SampleMail(run, size);
  }
}
