package io.posthouse.queue;

import io.posthouse.address.Domain;
import io.posthouse.message.QueueId;
import io.posthouse.queue.record.CriterionRecord;
import io.posthouse.queue.record.QueueFilterRecord;
import java.time.Duration;
import java.util.Optional;

/// Filters as protobuf (`envelope.proto`), for the orders that carry one.
public final class QueueFilterCodec {
  private QueueFilterCodec() {}

  public static QueueFilterRecord encode(QueueFilter filter) {
    var record = QueueFilterRecord.newBuilder();
    filter.criteria().forEach(criterion -> record.addCriteria(encode(criterion)));
    return record.build();
  }

  /// The filter in a record.
  ///
  /// @throws MalformedRecord also for a criterion of a later release: without it the filter would
  ///   mean more messages than the operator did
  public static QueueFilter decode(QueueFilterRecord record) throws MalformedRecord {
    try {
      return new QueueFilter(
          record.getCriteriaList().stream().map(QueueFilterCodec::criterion).toList());
    } catch (IllegalArgumentException malformed) {
      throw new MalformedRecord(String.valueOf(malformed.getMessage()), malformed);
    }
  }

  private static CriterionRecord encode(Criterion criterion) {
    var record = CriterionRecord.newBuilder();
    switch (criterion) {
      case Criterion.To(var domain) -> record.setDomain(domain.name());
      case Criterion.Sender(var path) -> record.setSender(path.text());
      case Criterion.Recipient(var path) -> record.setRecipient(path.text());
      case Criterion.Id(var id) -> record.setQueueId(id.text());
      case Criterion.OlderThan(var age) -> record.setOlderThan(age.toMillis());
      case Criterion.Reply(var said) -> record.setReply(said.text());
      case Criterion.Site(var pattern) -> record.setSite(pattern.text());
    }
    return record.build();
  }

  private static Criterion criterion(CriterionRecord record) {
    return switch (record.getCriterionCase()) {
      case DOMAIN -> new Criterion.To(new Domain(record.getDomain()));
      case SENDER -> new Criterion.Sender(path(record.getSender()));
      case RECIPIENT -> new Criterion.Recipient(path(record.getRecipient()));
      case QUEUE_ID -> new Criterion.Id(new QueueId(record.getQueueId()));
      case OLDER_THAN -> new Criterion.OlderThan(Duration.ofMillis(record.getOlderThan()));
      case REPLY -> new Criterion.Reply(known(ReplyPattern.parse(record.getReply()), "reply"));
      case SITE -> new Criterion.Site(known(SitePattern.parse(record.getSite()), "site"));
      case CRITERION_NOT_SET -> throw new IllegalArgumentException("criterion: unknown");
    };
  }

  private static PathPattern path(String text) {
    return known(PathPattern.parse(text), "path");
  }

  private static <T> T known(Optional<T> read, String what) {
    return read.orElseThrow(() -> new IllegalArgumentException(what + ": unreadable"));
  }
}
