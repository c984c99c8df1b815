package io.posthouse.ops.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Looks at a long queue.
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class LongQueueIT {
  @TempDir private static Path folder = Path.of("");

  private static LongQueue queue;

  @BeforeAll
  static void fill() throws Exception {
    queue = new LongQueue(LongQueueIT.class, folder);
  }

  @AfterAll
  static void forget() {
    queue.close();
  }

  @Test
  void a_summary_counts_every_message() throws Exception {
    var lines = queue.run("queue", "summary", "--format", "json", "--limit", "0");
    assertTrue(
        lines.getFirst().startsWith("{\"total\":" + LongQueue.MESSAGES + ","), lines.getFirst());
    assertEquals(
        Math.min(LongQueue.MESSAGES, LongQueue.DOMAINS), count(lines, "{\"destination\":"));
    assertEquals(
        "{\"reason\":\"452 4.2.2 * is full\",\"messages\":" + LongQueue.MESSAGES + "}",
        lines.getLast());
  }

  @Test
  void all_domains_of_a_provider_are_one_site() throws Exception {
    var lines = queue.run("queue", "summary", "--by", "site", "--format", "json", "--limit", "0");
    var ours = LongQueue.MESSAGES / LongQueue.SITES;
    var one = "{\"site\":\"" + LongQueue.site(7) + "\",\"total\":" + ours + ",";
    assertEquals(1, count(lines, one), lines::toString);
    assertEquals(LongQueue.SITES, count(lines, "{\"site\":"));
    var tried = ours - LongQueue.WITHOUT_SITE / LongQueue.SITES;
    var listed =
        queue.run("queue", "list", "--site", "*.p7.example", "--limit", "0", "--format", "json");
    assertEquals(tried, listed.size());
  }

  @Test
  void one_domain_of_all_is_listed_to_the_message() throws Exception {
    var lines = queue.run("queue", "list", "--domain", LongQueue.domain(7), "--format", "json");
    assertEquals(LongQueue.of(IntStream.of(7)), lines.size());
  }

  @Test
  void a_page_of_the_queue_needs_no_more_than_its_beginning() throws Exception {
    assertEquals(101, queue.run("queue", "list", "--limit", "100").size());
  }

  @Test
  void all_of_it_is_listed_when_asked_for() throws Exception {
    assertEquals(LongQueue.MESSAGES + 1, queue.run("queue", "list", "--limit", "0").size());
  }

  private static long count(List<String> lines, String beginning) {
    return lines.stream().filter(line -> line.startsWith(beginning)).count();
  }
}
