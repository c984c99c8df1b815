package io.posthouse.storage;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.config.HostPort;
import io.posthouse.embedded.TestMongo;
import io.posthouse.lifecycle.Service;
import io.posthouse.message.Samples;
import io.posthouse.smtp.ScriptedMx;
import io.posthouse.storage.intake.HandoverSettings;
import io.posthouse.storage.intake.HandoverSettings.Mode;
import io.posthouse.storage.intake.HandoverSettings.Unsupported;
import io.posthouse.storage.intake.StorageSettings;
import io.posthouse.storage.lmtp.LmtpSettings;
import io.posthouse.telemetry.MailEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Mail that a server of LMTP has from a real queue, when that server is not well.
final class HandoverIT {
  private static final Duration LONG = Duration.ofSeconds(60);

  private final ScriptedMx server = ScriptedMx.start();
  private final StorageRig rig =
      new StorageRig(
          getClass(), TestMongo.shared().uri(), TestMongo.shared().freshDatabase(getClass()));
  private final List<Service> movers = rig.movers();

  @AfterEach
  void close() {
    movers.reversed().forEach(Service::close);
    rig.close();
    server.close();
  }

  @Test
  void what_is_not_taken_now_comes_back_and_is_taken_then() {
    server.once("(content)", "450 4.2.0 database").hangUpOnceAt("RCPT");
    movers.forEach(Service::start);
    rig.start(settings());
    var user = rig.addUser();
    rig.put(user, Samples.text("Subject: later\r\n\r\nHi\r\n")).join();
    await().atMost(LONG).until(() -> count(MailEvent.HandedOver.class) == 1);
    assertEquals(2, count(MailEvent.Deferred.class));
    assertEquals(1, server.messages().size());
    assertEquals(0, rig.stored());
  }

  @Test
  void while_nobody_answers_mail_waits_over_a_restart_and_nothing_is_ready() {
    server.on("(greeting)", "421 4.3.2 not now");
    rig.start(settings());
    rig.put(rig.addUser(), Samples.text("Subject: waits\r\n\r\n")).join();
    await().atMost(LONG).until(() -> rig.health.report().reasons().contains("not now"));
    rig.abandon();
    server.forget();
    rig.start(settings());
    await().atMost(LONG).until(() -> count(MailEvent.HandedOver.class) == 1);
    assertTrue(rig.events.stream().noneMatch(MailEvent.DeadLettered.class::isInstance));
    assertEquals(1, server.messages().size());
  }

  private StorageSettings settings() {
    var byDefault = StorageSettings.DEFAULT;
    var lmtp = new LmtpSettings(new HostPort("127.0.0.1", server.port()), 2);
    return new StorageSettings(
        byDefault.writers(),
        byDefault.batchMessages(),
        byDefault.batchSize(),
        byDefault.encryption(),
        new HandoverSettings(Mode.LMTP, Unsupported.HANDOVER, Optional.of(lmtp)),
        Optional.empty());
  }

  private long count(Class<? extends MailEvent> type) {
    return rig.events.stream().filter(type::isInstance).count();
  }
}
