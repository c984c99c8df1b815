package io.posthouse.queue;

import com.google.protobuf.ByteString;
import io.posthouse.message.Endpoint;
import io.posthouse.message.Passage;
import io.posthouse.message.TlsFacts;
import io.posthouse.queue.record.EndpointRecord;
import io.posthouse.queue.record.PassageRecord;
import io.posthouse.queue.record.TlsRecord;
import java.util.Optional;

/// How a client came to us, as part of an envelope. Releases before 0.2 did not write it.
final class PassageCodec {
  private PassageCodec() {}

  static PassageRecord encode(Passage passage) {
    var record =
        PassageRecord.newBuilder()
            .setName(passage.name().orElse(""))
            .setConnectionId(passage.connectionId().orElse(""))
            .setForwarded(passage.forwarded().orElse(""));
    passage.tls().ifPresent(tls -> record.setTls(encode(tls)));
    passage.proxy().ifPresent(proxy -> record.setProxy(encode(proxy)));
    return record.build();
  }

  static Passage passage(PassageRecord record) {
    return new Passage(
        record.hasTls() ? Optional.of(tls(record.getTls())) : Optional.empty(),
        PathCodec.present(record.getName()),
        record.hasProxy() ? Optional.of(endpoint(record.getProxy())) : Optional.empty(),
        PathCodec.present(record.getConnectionId()),
        PathCodec.present(record.getForwarded()));
  }

  private static TlsRecord encode(TlsFacts tls) {
    return TlsRecord.newBuilder()
        .setVersion(tls.version())
        .setCipher(tls.cipher())
        .setServerName(tls.serverName().orElse(""))
        .setClientSubject(tls.clientSubject().orElse(""))
        .build();
  }

  private static TlsFacts tls(TlsRecord record) {
    return new TlsFacts(
        record.getVersion(),
        record.getCipher(),
        PathCodec.present(record.getServerName()),
        PathCodec.present(record.getClientSubject()));
  }

  private static EndpointRecord encode(Endpoint endpoint) {
    return EndpointRecord.newBuilder()
        .setAddress(ByteString.copyFrom(endpoint.address().getAddress()))
        .setPort(endpoint.port())
        .build();
  }

  private static Endpoint endpoint(EndpointRecord record) {
    return new Endpoint(PathCodec.address(record.getAddress()), record.getPort());
  }
}
