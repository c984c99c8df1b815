package io.posthouse.delivery.explain;

import io.posthouse.address.MailAddress;
import io.posthouse.address.ReversePath;
import io.posthouse.telemetry.Page;
import io.posthouse.telemetry.Query;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// `/delivery/explain?to=ADDRESS&sender=ADDRESS&format=json`: what would happen to such mail. The
/// sender may be left out, or empty for `<>`, which is the same; `format=table` is for operators.
///
/// Explains to a few at a time, and to nobody for long: names that nobody answers for must not hold
/// a worker's page.
public final class ExplainPage implements Page {
  public static final String PATH = "/delivery/explain";

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int AT_A_TIME = 4;

  private final Explainer explainer;
  private final Duration patience;
  private final Semaphore places = new Semaphore(AT_A_TIME);

  public ExplainPage(Explainer explainer) {
    this(explainer, PATIENCE);
  }

  ExplainPage(Explainer explainer, Duration patience) {
    this.explainer = explainer;
    this.patience = patience;
  }

  @Override
  public Content answer(Query query) {
    var to = query.value("to").flatMap(MailAddress::parse);
    var sender = sender(query.value("sender").orElse(""));
    var format = query.value("format").orElse("json");
    if (to.isEmpty()) return Content.text(400, "to: expected an address\n");
    if (sender.isEmpty()) return Content.text(400, "sender: expected an address, or nothing\n");
    if (!format.equals("json") && !format.equals("table"))
      return Content.text(400, "format: expected json or table\n");
    if (!places.tryAcquire()) return Content.text(503, "busy with other questions; ask again\n");
    var work = new FutureTask<>(() -> explained(to.get(), sender.get()));
    Thread.ofVirtual().name("explain").start(work);
    return awaited(work, format.equals("json"));
  }

  /// Gives its place up when the work is really over, however long nobody has waited for it.
  private Explanation explained(MailAddress to, ReversePath sender) {
    try {
      return explainer.explain(to, sender);
    } finally {
      places.release();
    }
  }

  private Content awaited(FutureTask<Explanation> work, boolean json) {
    try {
      var explanation = work.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return json ? Content.json(explanation.json() + "\n") : Content.text(200, explanation.text());
    } catch (TimeoutException e) {
      return Content.text(504, "no answer from the DNS or a policy host yet; ask again\n");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Content.text(503, "stopping\n");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private static Optional<ReversePath> sender(String text) {
    if (text.isEmpty()) return Optional.of(new ReversePath.Null());
    return MailAddress.parse(text).map(ReversePath.Sender::new);
  }
}
