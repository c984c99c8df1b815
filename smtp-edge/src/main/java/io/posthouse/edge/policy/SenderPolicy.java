package io.posthouse.edge.policy;

import io.posthouse.address.Authors;
import io.posthouse.address.MailAddress;
import io.posthouse.address.ReversePath;
import io.posthouse.directory.Directory;
import io.posthouse.directory.Directory.Resolution;
import io.posthouse.edge.session.Link;
import io.posthouse.edge.session.SenderVerdict;
import io.posthouse.message.Destination;
import io.posthouse.message.QueueId;
import io.posthouse.telemetry.Checked;
import java.util.Optional;

/// May mail come from a reverse-path, and where would a DSN go?
public record SenderPolicy(Directory directory, SubmissionPolicy submission) {
  private static final SenderVerdict WITHOUT_RETURN = new SenderVerdict.Welcome(Optional.empty());
  private static final Checked RATE = Checked.passed("user_rate");

  /// Blocks on the directory.
  public SenderVerdict vet(ReversePath from, Link link) {
    var verdict =
        from.sender()
            .map(sender -> verdict(sender, directory.resolve(sender), link))
            .orElse(WITHOUT_RETURN);
    return switch (verdict) {
      // Last, as it counts.
      case SenderVerdict.Welcome welcome ->
          submission
              .message(link)
              .<SenderVerdict>map(SenderVerdict.Refused::new)
              .orElseGet(() -> submission.countsMessagesOf(link) ? welcome.and(RATE) : welcome);
      case SenderVerdict.Refused refused -> refused;
    };
  }

  /// The same, or nothing where somebody had to be waited for.
  public Optional<SenderVerdict> vetAtOnce(ReversePath from, Link link) {
    if (submission.countsMessagesOf(link)) return Optional.empty();
    if (from.sender().isEmpty()) return Optional.of(WITHOUT_RETURN);
    var sender = from.sender().get();
    return directory.remembered(sender).map(resolution -> verdict(sender, resolution, link));
  }

  /// Whether [#observe] has anything to do.
  public boolean observes(Link link) {
    return submission.observesAuthors(link);
  }

  /// Tells of authors that are not the user who sent it; the mail is ours already. Blocks on the
  /// directory.
  ///
  /// @param author the value of `From`
  public void observe(String author, QueueId message, Link link) {
    for (var address : Authors.in(author))
      submission.observe(address, directory.resolve(address), message, link);
  }

  private SenderVerdict verdict(MailAddress sender, Resolution resolution, Link link) {
    return submission
        .foreign(sender, resolution, link)
        .<SenderVerdict>map(SenderVerdict.Refused::new)
        .orElseGet(() ->
            switch (verdict(sender, resolution)) {
              case SenderVerdict.Welcome welcome ->
                  submission.ownership(sender, resolution, link).map(welcome::and).orElse(welcome);
              case SenderVerdict.Refused refused -> refused;
            });
  }

  private static SenderVerdict verdict(MailAddress sender, Resolution resolution) {
    return switch (resolution) {
      case Resolution.LocalUser(var user, _) -> returnTo(new Destination.Local(user));
      case Resolution.Disabled(var user) -> returnTo(new Destination.Local(user));
      case Resolution.OverQuota(var user) -> returnTo(new Destination.Local(user));
      case Resolution.Forwarded(var address, _, _) -> returnTo(new Destination.Forwarded(address));
      case Resolution.NotLocal _ -> returnTo(new Destination.Remote(sender.domain()));
      // A robot of ours that nobody reads: a DSN would have nowhere to go.
      case Resolution.NoSuchUser _, Resolution.Closed _ -> WITHOUT_RETURN;
      case Resolution.Unavailable _ ->
          new SenderVerdict.Refused(RecipientPolicy.DIRECTORY_UNAVAILABLE);
    };
  }

  private static SenderVerdict returnTo(Destination destination) {
    return new SenderVerdict.Welcome(Optional.of(destination));
  }
}
