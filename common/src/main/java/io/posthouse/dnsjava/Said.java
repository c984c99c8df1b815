package io.posthouse.dnsjava;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;
import org.xbill.DNS.dnssec.ValidatingResolver;

/// What one message of a name server says to a question. Lifetimes are in seconds.
sealed interface Said {
  /// Aliases in one message; nobody needs as many.
  int MOST_ALIASES = 16;

  /// What was asked for.
  ///
  /// @param records all of one name, which the question may have reached by aliases
  record Records(List<Record> records, boolean authentic, long lifetime) implements Said {}

  /// Nothing, for certain.
  ///
  /// @param nameExists and has nothing of this kind (RFC 2308 §2.2)
  /// @param lifetime 0 where nothing says how long this holds
  record Nothing(boolean nameExists, long lifetime) implements Said {}

  /// An alias, and no word about what it stands for: to be asked.
  record Alias(Name target, boolean authentic, long lifetime) implements Said {}

  record Failure(String why) implements Said {}

  static Said in(Message message, Question question) {
    return switch (message.getRcode()) {
      case Rcode.NOERROR, Rcode.NXDOMAIN -> follow(message, question);
      case Rcode.SERVFAIL -> new Failure(whyFailed(message));
      default -> new Failure(Rcode.string(message.getRcode()));
    };
  }

  private static Said follow(Message message, Question question) {
    var authentic = message.getHeader().getFlag(Flags.AD);
    var lifetime = Long.MAX_VALUE;
    var name = question.name();
    for (int aliases = 0; aliases <= MOST_ALIASES; aliases++) {
      var found = answers(message, name, question.type());
      if (!found.isEmpty())
        return new Records(found, authentic, Math.min(lifetime, shortest(found)));
      var alias = answers(message, name, Type.CNAME);
      if (alias.isEmpty()) return end(message, question, name, authentic, lifetime);
      lifetime = Math.min(lifetime, shortest(alias));
      name = ((CNAMERecord) alias.getFirst()).getTarget();
    }
    return new Failure("a loop of aliases");
  }

  /// NXDOMAIN is about the last name of the chain (RFC 6604 §3); without a word about that name it
  /// may lie with another server.
  private static Said end(
      Message message, Question question, Name name, boolean authentic, long lifetime) {
    var soa =
        message.getSection(Section.AUTHORITY).stream()
            .filter(SOARecord.class::isInstance)
            .map(SOARecord.class::cast)
            .findFirst();
    var exists = message.getRcode() == Rcode.NOERROR;
    if (exists && soa.isEmpty() && !name.equals(question.name()))
      return new Alias(name, authentic, lifetime);
    var holds = soa.map(record -> Math.min(record.getTTL(), record.getMinimum())).orElse(0L);
    return new Nothing(exists, Math.min(lifetime, holds));
  }

  private static List<Record> answers(Message message, Name name, int type) {
    return message.getSection(Section.ANSWER).stream()
        .filter(record ->
            record.getType() == type
                && record.getDClass() == DClass.IN
                && record.getName().equals(name))
        .toList();
  }

  private static long shortest(List<Record> records) {
    return records.stream().mapToLong(Record::getTTL).min().orElse(0);
  }

  /// SERVFAIL and, where somebody says so, what is wrong with the signatures.
  private static String whyFailed(Message message) {
    return Stream.of(ownReason(message), extendedError(message))
        .flatMap(Optional::stream)
        .findFirst()
        .map(why -> "SERVFAIL: " + why)
        .orElse("SERVFAIL");
  }

  private static Optional<String> ownReason(Message message) {
    return message.getSection(Section.ADDITIONAL).stream()
        .filter(record -> record.getDClass() == ValidatingResolver.VALIDATION_REASON_QCLASS)
        .filter(TXTRecord.class::isInstance)
        .map(record -> "bogus: " + String.join("", ((TXTRecord) record).getStrings()))
        .findFirst();
  }

  /// RFC 8914.
  private static Optional<String> extendedError(Message message) {
    if (message.getOPT() == null) return Optional.empty();
    return message.getOPT().getOptions().stream()
        .filter(ExtendedErrorCodeOption.class::isInstance)
        .map(option ->
            ExtendedErrorCodeOption.text(((ExtendedErrorCodeOption) option).getErrorCode()))
        .findFirst();
  }
}
