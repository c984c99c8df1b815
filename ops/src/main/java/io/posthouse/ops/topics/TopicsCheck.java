package io.posthouse.ops.topics;

import io.posthouse.config.ConfigException;
import io.posthouse.kafka.KafkaUnreachable;
import io.posthouse.kafka.TopicFinding;
import io.posthouse.ops.cli.ClusterOptions;
import io.posthouse.ops.cli.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `posthouse topics check`.
@Command(
    name = "check",
    description = "Compares the topics with what our promises need; 1 where one does not hold.")
final class TopicsCheck implements Callable<Integer> {
  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ConfigException, KafkaUnreachable {
    var queue = QueueTopics.of(cluster);
    var findings = queue.check();
    var out = spec.commandLine().getOut();
    findings.forEach(out::println);
    if (findings.isEmpty()) out.printf("%d topics, all as they should be%n", queue.count());
    return findings.stream().anyMatch(TopicFinding::isError) ? ExitCode.FAILED : ExitCode.DONE;
  }
}
