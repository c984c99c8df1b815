package io.posthouse.queue;

import com.google.protobuf.ByteString;
import io.posthouse.address.Domain;
import io.posthouse.address.MailAddress;
import io.posthouse.directory.AddressId;
import io.posthouse.directory.UserId;
import io.posthouse.message.Client;
import io.posthouse.message.Destination;
import io.posthouse.message.MailParameters;
import io.posthouse.message.Recipient;
import io.posthouse.queue.record.ClientRecord;
import io.posthouse.queue.record.DestinationRecord;
import io.posthouse.queue.record.ParametersRecord;
import io.posthouse.queue.record.RecipientRecord;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// The parts of an envelope that say who sends what to whom, and how.
final class PathCodec {
  private PathCodec() {}

  static DestinationRecord encode(Destination destination) {
    return switch (destination) {
      case Destination.Local(var user) ->
          DestinationRecord.newBuilder().setLocal(user.hex()).build();
      case Destination.Forwarded(var address) ->
          DestinationRecord.newBuilder().setForwarded(address.hex()).build();
      case Destination.Remote(var domain) ->
          DestinationRecord.newBuilder().setRemote(domain.name()).build();
    };
  }

  static Destination destination(DestinationRecord record) {
    return switch (record.getDestinationCase()) {
      case LOCAL -> new Destination.Local(new UserId(record.getLocal()));
      case FORWARDED -> new Destination.Forwarded(new AddressId(record.getForwarded()));
      case REMOTE -> new Destination.Remote(new Domain(record.getRemote()));
      case DESTINATION_NOT_SET ->
          throw new IllegalArgumentException(
              "destination: none (expected: local, forwarded or remote)");
    };
  }

  static RecipientRecord encode(Recipient recipient) {
    var record =
        RecipientRecord.newBuilder()
            .setAddress(recipient.address().toString())
            .setDestination(encode(recipient.destination()))
            .setOriginalRecipient(recipient.originalRecipient().orElse(""));
    recipient
        .notifyOn()
        .forEach(event -> record.addNotify(RecipientRecord.Notify.valueOf(event.name())));
    return record.build();
  }

  static Recipient recipient(RecipientRecord record) {
    return new Recipient(
        MailAddress.of(record.getAddress()),
        destination(record.getDestination()),
        notifyOn(record),
        present(record.getOriginalRecipient()));
  }

  static ParametersRecord encode(MailParameters parameters) {
    var record =
        ParametersRecord.newBuilder()
            .setBody(ParametersRecord.Body.valueOf(parameters.body().name()))
            .setSmtpUtf8(parameters.smtpUtf8())
            .setEnvelopeId(parameters.envelopeId().orElse(""))
            .setRequireTls(parameters.requireTls());
    parameters.ret().ifPresent(ret -> record.setRet(ParametersRecord.Return.valueOf(ret.name())));
    return record.build();
  }

  static MailParameters parameters(ParametersRecord record) {
    return new MailParameters(
        switch (record.getBody()) {
          case SEVEN_BIT -> MailParameters.Body.SEVEN_BIT;
          case BINARY_MIME -> MailParameters.Body.BINARY_MIME;
          // A body type of a later release is at least 8-bit.
          case EIGHT_BIT_MIME, UNRECOGNIZED -> MailParameters.Body.EIGHT_BIT_MIME;
        },
        record.getSmtpUtf8(),
        switch (record.getRet()) {
          case FULL -> Optional.of(MailParameters.Return.FULL);
          case HEADERS -> Optional.of(MailParameters.Return.HEADERS);
          case RETURN_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
        },
        present(record.getEnvelopeId()),
        record.getRequireTls());
  }

  static ClientRecord encode(Client client) {
    return ClientRecord.newBuilder()
        .setAddress(ByteString.copyFrom(client.address().getAddress()))
        .setPort(client.port())
        .setHelo(client.helo())
        .setProtocol(client.protocol())
        .setListener(client.listener())
        .setNode(client.node())
        .setUser(client.user().orElse(""))
        .setPassage(PassageCodec.encode(client.passage()))
        .build();
  }

  static Client client(ClientRecord record) {
    return new Client(
        address(record.getAddress()),
        record.getPort(),
        record.getHelo(),
        record.getProtocol(),
        record.getListener(),
        record.getNode(),
        present(record.getUser()),
        PassageCodec.passage(record.getPassage()));
  }

  static InetAddress address(ByteString octets) {
    try {
      return InetAddress.getByAddress(octets.toByteArray());
    } catch (UnknownHostException wrongLength) {
      throw new IllegalArgumentException(
          "client address: " + octets.size() + " octets (expected: 4 or 16)", wrongLength);
    }
  }

  private static Set<Recipient.Notify> notifyOn(RecipientRecord record) {
    var notify = EnumSet.noneOf(Recipient.Notify.class);
    for (var value : record.getNotifyList()) {
      switch (value) {
        case NEVER -> notify.add(Recipient.Notify.NEVER);
        case SUCCESS -> notify.add(Recipient.Notify.SUCCESS);
        case FAILURE -> notify.add(Recipient.Notify.FAILURE);
        case DELAY -> notify.add(Recipient.Notify.DELAY);
        case NOTIFY_UNSPECIFIED, UNRECOGNIZED -> {}
      }
    }
    return notify;
  }

  static Optional<String> present(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
