package io.posthouse.ops.topics;

import io.posthouse.config.ConfigException;
import io.posthouse.kafka.KafkaUnreachable;
import io.posthouse.ops.cli.ClusterOptions;
import io.posthouse.ops.cli.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `posthouse topics create`.
@Command(
    name = "create",
    description = "Creates the topics that are missing; changes none that is there.")
final class TopicsCreate implements Callable<Integer> {
  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ConfigException, KafkaUnreachable {
    var queue = QueueTopics.of(cluster);
    var creation = queue.create();
    var out = spec.commandLine().getOut();
    creation.created().forEach(topic -> out.println("created " + topic));
    creation.refused().forEach(out::println);
    out.printf(
        "%d created, %d were there%n",
        creation.created().size(),
        queue.count() - creation.created().size() - creation.refused().size());
    return creation.refused().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
  }
}
