package io.posthouse.kafka;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/// Questions to the administration of a cluster, with a client that is closed after them.
final class Inquiry {
  /// For clients of commands, which somebody waits for.
  private static final Map<String, String> TIMEOUTS =
      Map.of("default.api.timeout.ms", "15000", "request.timeout.ms", "10000");

  private Inquiry() {}

  @FunctionalInterface
  interface Question<T> {
    /// The answer, however many requests it takes.
    T ask(Admin admin) throws ExecutionException, InterruptedException, KafkaUnreachable;
  }

  /// Asks with the patience of a command.
  static <T> T ask(KafkaCluster cluster, Question<T> question) throws KafkaUnreachable {
    return ask(cluster, TIMEOUTS, Map.of(), question);
  }

  /// Makes sure that the cluster answers and has a topic. Who reads one waits for either for long,
  /// and cannot tell which is missing.
  static void expect(KafkaCluster cluster, String topic) throws KafkaUnreachable {
    var _ = ask(cluster, admin -> new Partitions(admin).of(List.of(topic)));
  }

  /// @param defaults what the operator's own properties replace
  /// @param musts what nothing replaces
  static <T> T ask(
      KafkaCluster cluster,
      Map<String, String> defaults,
      Map<String, String> musts,
      Question<T> question)
      throws KafkaUnreachable {
    try (var admin = Admin.create(cluster.client(defaults, musts))) {
      return question.ask(admin);
    } catch (ExecutionException e) {
      throw new KafkaUnreachable(cluster, e);
    } catch (KafkaException e) { // a name that does not resolve, security that does not fit
      throw new KafkaUnreachable(cluster, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaUnreachable(cluster, e);
    }
  }
}
