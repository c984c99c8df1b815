package io.posthouse.storage.mongo;

import io.posthouse.message.Digests;
import io.posthouse.message.Octets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.types.ObjectId;

/// The threads that a batch has to do with: those it found, and those its messages begin.
final class KnownThreads {
  /// A reference in the mail of one user about one subject.
  private record Mention(ObjectId user, String subject, String reference) {}

  /// A thread with the references that messages of this batch bring to it.
  ///
  /// @param begun whether one of them begins it
  record Joined(
      ObjectId id, ObjectId user, String subject, Set<String> references, boolean begun) {}

  private final Map<Mention, ObjectId> threads = new HashMap<>();
  private final Map<ObjectId, Joined> joined = new LinkedHashMap<>();

  /// Adds one that was found; of two that fit a message the first counts.
  void add(Document thread) {
    var user = thread.getObjectId("user");
    var subject = thread.get("subject", "");
    // One without a list is nobody's we know of, and could not be added to.
    var ids = thread.get("ids") instanceof Collection<?> several ? several : List.of();
    ids.forEach(id ->
        threads.putIfAbsent(
            new Mention(user, subject, String.valueOf(id)), thread.getObjectId("_id")));
  }

  boolean has(Copy copy) {
    return find(copy).isPresent();
  }

  /// The thread that a message belongs to from now on.
  ObjectId join(Copy copy) {
    var found = find(copy);
    var id = found.orElseGet(() -> began(copy));
    mentions(copy).forEach(mention -> threads.putIfAbsent(mention, id));
    joined
        .computeIfAbsent(id, _ -> joined(id, copy, found.isEmpty()))
        .references()
        .addAll(copy.conversation().references());
    return id;
  }

  List<Joined> joined() {
    return new ArrayList<>(joined.values());
  }

  /// The `_id` of the thread that the first message of the copy's conversation began, if it is
  /// ours. A hash throughout: nobody reads a time from it.
  static ObjectId began(Copy copy) {
    var conversation = copy.conversation();
    var root = conversation.root().orElseThrow();
    var text = copy.delivery().user().hex() + "\n" + conversation.subject() + "\n" + root;
    var digest = Digests.sha256().digest(Octets.utf8(text).toArray());
    return new ObjectId(Arrays.copyOf(digest, 12));
  }

  private Optional<ObjectId> find(Copy copy) {
    return mentions(copy).flatMap(mention -> Stream.ofNullable(threads.get(mention))).findFirst();
  }

  private static Joined joined(ObjectId id, Copy copy, boolean begun) {
    var user = Fields.id(copy.delivery().user());
    return new Joined(id, user, copy.conversation().subject(), new LinkedHashSet<>(), begun);
  }

  private static Stream<Mention> mentions(Copy copy) {
    var user = Fields.id(copy.delivery().user());
    var conversation = copy.conversation();
    return conversation.references().stream()
        .map(reference -> new Mention(user, conversation.subject(), reference));
  }
}
