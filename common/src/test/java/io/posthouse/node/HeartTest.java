package io.posthouse.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.telemetry.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class HeartTest {
  private final Metrics metrics = new Metrics();
  private final List<Beat> heard = new ArrayList<>();
  private volatile Instant now = Beats.NOW;
  private volatile NodeState state = NodeState.STARTING;
  private volatile boolean deaf;
  private final Heart heart = new Heart(new Body(), new Log(), metrics, () -> now);

  @Test
  void it_beats_every_five_seconds() {
    heart.turn();
    later(4);
    heart.turn();
    assertEquals(1, heard.size());
    later(1);
    heart.turn();
    assertEquals(2, heard.size());
  }

  @Test
  void a_change_of_state_is_told_at_once_and_since_when() {
    heart.turn();
    later(1);
    state = NodeState.READY;
    heart.turn();
    later(5);
    heart.turn();
    assertEquals(
        List.of(NodeState.STARTING, NodeState.READY, NodeState.READY),
        heard.stream().map(Beat::state).toList());
    assertEquals(Beats.NOW.plusSeconds(1), heard.getLast().since());
    assertEquals(List.of("warming up", "", ""), heard.stream().map(Beat::trouble).toList());
  }

  @Test
  void a_beat_that_is_not_heard_is_counted_and_harms_nobody() {
    deaf = true;
    heart.turn();
    later(5);
    heart.turn();
    assertEquals(2.0, failed());
    deaf = false;
    later(5);
    heart.turn();
    assertEquals(2.0, failed());
    assertEquals(1, heard.size());
  }

  @Test
  void an_orderly_end_is_told() {
    heart.start();
    Awaitility.await().until(() -> beats() == 1);
    heart.drain(Duration.ofSeconds(5));
    heart.close();
    assertEquals(NodeState.STOPPED, heard.getLast().state());
    assertEquals(Work.NONE, heard.getLast().work());
  }

  @Test
  void what_was_never_started_says_no_goodbye() {
    heart.close();
    heart.drain(Duration.ofSeconds(1));
    assertEquals(List.of(), heard);
  }

  private void later(int seconds) {
    now = now.plusSeconds(seconds);
  }

  private double failed() {
    return metrics.registry().getSampleValue("node_beats_failed_total");
  }

  private int beats() {
    synchronized (heard) {
      return heard.size();
    }
  }

  private final class Body implements Vitals {
    @Override
    public Identity who() {
      return new Identity("n", Set.of(NodeRole.EDGE), "0.6.0", Beats.NOW, "n:9400");
    }

    @Override
    public NodeState state() {
      return state;
    }

    @Override
    public String trouble() {
      return "warming up";
    }

    @Override
    public Work work() {
      return Beats.busy();
    }
  }

  private final class Log implements BeatLog {
    @Override
    public CompletionStage<Void> write(Beat beat) {
      if (deaf) return CompletableFuture.failedFuture(new IllegalStateException("no broker"));
      synchronized (heard) {
        heard.add(beat);
      }
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close(Duration patience) {}
  }
}
