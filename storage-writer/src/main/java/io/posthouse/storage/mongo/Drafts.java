package io.posthouse.storage.mongo;

import io.posthouse.message.Octets;
import io.posthouse.storage.mailbox.Delivery;
import io.posthouse.storage.mime.Conversation;
import io.posthouse.storage.mime.LaidOut;
import io.posthouse.telemetry.Events;
import io.posthouse.telemetry.MailEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bson.types.ObjectId;

/// Makes drafts that fit one document of the database and make the very message again: checked
/// before anything is stored. What is not needed for that is left out where it is too much.
final class Drafts {
  private final Events events;
  private final Instant now;

  Drafts(Events events, Instant now) {
    this.events = events;
    this.now = now;
  }

  sealed interface Drafted {
    record Ready(Draft draft) implements Drafted {}

    record TooMuch(String why) implements Drafted {}
  }

  /// The ways to store a message, the best first.
  private enum Form {
    WHOLE,
    /// Without what is in the tree as well, and only shown or searched.
    WITHOUT_TEXT,
    HEADER_AND_BODY,
    BODY;

    LaidOut layOut(Octets message) {
      return switch (this) {
        case WHOLE, WITHOUT_TEXT -> LaidOut.of(message);
        case HEADER_AND_BODY -> LaidOut.flat(message);
        case BODY -> LaidOut.unread(message);
      };
    }
  }

  Drafted of(ObjectId id, Delivery delivery) {
    var excess = Optional.<String>empty();
    for (var form : Form.values()) {
      var laidOut = form.layOut(delivery.message());
      var draft = draft(id, delivery, laidOut, form);
      var tooMuch = DocumentLimits.excess(draft.document());
      if (tooMuch.isEmpty() && draft.makes(laidOut.message())) return new Drafted.Ready(draft);
      if (tooMuch.isEmpty()) report(delivery, form);
      else excess = tooMuch;
    }
    return new Drafted.TooMuch(
        excess.map("no document holds it: "::concat).orElse("what was made of it differs from it"));
  }

  private Draft draft(ObjectId id, Delivery delivery, LaidOut laidOut, Form form) {
    var tree = new TreeDocument(laidOut);
    var document = MessageDocument.of(id, delivery, laidOut, tree, now);
    if (form == Form.WITHOUT_TEXT) List.of("text", "textFooter", "html").forEach(document::remove);
    var header = laidOut.root().header();
    return new Draft(
        document, tree.bodies(), Conversation.of(header, ImapEnvelope.subject(header)));
  }

  /// A bug of ours, and not the message's: it is stored in the next form.
  private void report(Delivery delivery, Form form) {
    events.record(
        new MailEvent.Bug(
            Optional.of(delivery.envelope().queueId()),
            "laying a message out",
            new IllegalStateException("form " + form + " does not make the message again")));
  }
}
