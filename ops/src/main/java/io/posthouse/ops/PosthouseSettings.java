package io.posthouse.ops;

import io.posthouse.config.DnsSettings;
import io.posthouse.config.KafkaSettings;
import io.posthouse.config.MongoSettings;
import io.posthouse.config.NodeSettings;
import io.posthouse.config.Settings;
import io.posthouse.config.TelemetrySettings;
import io.posthouse.config.TlsSettings;
import io.posthouse.delivery.DeliverySettings;
import io.posthouse.dkim.DkimSettings;
import io.posthouse.edge.EdgeSettings;
import io.posthouse.kafka.Sending;
import io.posthouse.srs.SrsSettings;
import io.posthouse.storage.intake.StorageSettings;

/// All of `posthouse.yaml`: one file for every role, so that a mistake in any section shows
/// wherever it is read.
///
/// @param sending how records are put into Kafka
public record PosthouseSettings(
    NodeSettings node,
    KafkaSettings kafka,
    Sending sending,
    MongoSettings mongodb,
    DnsSettings dns,
    TlsSettings tls,
    DkimSettings dkim,
    SrsSettings srs,
    EdgeSettings edge,
    DeliverySettings delivery,
    StorageSettings storage,
    TelemetrySettings telemetry) {

  public static PosthouseSettings read(Settings in) {
    var kafka = in.section("kafka");
    return new PosthouseSettings(
        NodeSettings.read(in.section("node")),
        KafkaSettings.read(kafka),
        Sending.read(kafka.section("sending")),
        MongoSettings.read(in.section("mongodb")),
        DnsSettings.read(in.section("dns")),
        TlsSettings.read(in.section("tls")),
        DkimSettings.read(in.section("dkim")),
        SrsSettings.read(in.section("srs")),
        EdgeSettings.read(in.section("edge")),
        DeliverySettings.read(in.section("delivery")),
        StorageSettings.read(in.section("storage")),
        TelemetrySettings.read(in.section("telemetry")));
  }

  /// The same with another database, at the same place.
  public PosthouseSettings withDatabase(String database) {
    var other = new MongoSettings(mongodb.uri(), database);
    return new PosthouseSettings(
        node, kafka, sending, other, dns, tls, dkim, srs, edge, delivery, storage, telemetry);
  }
}
