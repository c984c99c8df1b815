package io.posthouse.delivery.routing;

import io.posthouse.address.Domain;
import io.posthouse.dns.Answer;
import io.posthouse.dns.Dns;
import io.posthouse.dns.Mx;
import io.posthouse.dns.Tlsa;
import io.posthouse.smtp.Family;
import io.posthouse.telemetry.Metrics;
import io.prometheus.client.Counter;
import java.net.InetAddress;

/// Counts what the DNS says: when nobody answers, no mail leaves, and somebody has to see why.
public final class CountedDns implements Dns {
  private final Dns dns;
  private final Counter answers;

  public CountedDns(Dns dns, Metrics metrics) {
    this.dns = dns;
    this.answers = metrics.counter("delivery_dns_answers_total", "What the DNS said.", "answer");
  }

  @Override
  public Answer<Mx> mx(Domain domain) {
    return counted(dns.mx(domain));
  }

  @Override
  public Answer<InetAddress> addresses(Domain host, Family family) {
    return counted(dns.addresses(host, family));
  }

  @Override
  public Answer<Tlsa> tlsa(Domain host, int port) {
    return counted(dns.tlsa(host, port));
  }

  @Override
  public Answer<String> txt(Domain name) {
    return counted(dns.txt(name));
  }

  private <T> Answer<T> counted(Answer<T> answer) {
    answers.labels(label(answer)).inc();
    return answer;
  }

  private static String label(Answer<?> answer) {
    return switch (answer) {
      case Answer.Found<?> _ -> "found";
      case Answer.NoData<?> _ -> "no_data";
      case Answer.NoSuchName<?> _ -> "no_such_name";
      case Answer.Unanswered<?> _ -> "unanswered";
    };
  }
}
