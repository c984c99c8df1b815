package io.posthouse.delivery.sts;

import io.posthouse.address.Domain;
import io.posthouse.dns.Answer;
import io.posthouse.dns.Dns;
import io.posthouse.smtp.Family;
import io.posthouse.telemetry.TlsFailure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// Policy hosts by HTTPS (RFC 8461 §3.3): found by our own DNS, with a certificate for their name,
/// and no redirects.
///
/// The HTTP client of the JDK knows no other DNS than the system's, and checks the certificate of a
/// host that is named by its address for that address; so this says the one GET there is itself.
public final class HttpsPolicyHosts implements PolicyHosts {
  private static final String PATH = "/.well-known/mta-sts.txt";
  private static final Duration CONNECT = Duration.ofSeconds(10);

  private final Dns dns;
  private final SSLSocketFactory tls;
  private final int port;
  private final Duration patience;

  /// @param tls trusts the authorities that policy hosts may have their certificates from
  /// @param patience for a whole fetch
  public HttpsPolicyHosts(Dns dns, SSLSocketFactory tls, int port, Duration patience) {
    this.dns = dns;
    this.tls = tls;
    this.port = port;
    this.patience = patience;
  }

  @Override
  public Fetched fetch(Domain domain) {
    return Domain.parse("mta-sts." + domain)
        .map(this::fetchFrom)
        .orElseGet(() -> failure("mta-sts." + domain + " is no name of a host"));
  }

  private Fetched fetchFrom(Domain host) {
    var end = System.nanoTime() + patience.toNanos();
    var last = failure(host + " has no address");
    for (var address : addresses(host)) {
      last = fetch(host, address, end);
      if (last instanceof Fetched.Text) return last;
    }
    return last;
  }

  private List<InetAddress> addresses(Domain host) {
    var all = new ArrayList<InetAddress>();
    for (var family : Family.values()) {
      if (dns.addresses(host, family) instanceof Answer.Found<InetAddress> found)
        all.addAll(found.records());
    }
    return all;
  }

  private Fetched fetch(Domain host, InetAddress address, long end) {
    var left = end - System.nanoTime();
    if (left <= 0) return failure(host + ": no answer in " + patience.toMillis() + " ms");
    // Somebody who sends an octet now and then must not hold us for ever: this ends any read.
    var alarm = new CompletableFuture<Void>();
    try (var socket = new Socket()) {
      var _ = alarm.completeOnTimeout(null, left, TimeUnit.NANOSECONDS).thenRun(() -> cut(socket));
      var wait = Math.min(CONNECT.toMillis(), TimeUnit.NANOSECONDS.toMillis(left) + 1);
      socket.connect(new InetSocketAddress(address, port), Math.toIntExact(wait));
      return get(host, socket);
    } catch (IOException e) {
      return failed(host + " (" + address.getHostAddress() + ")", e, alarm.isDone());
    } finally {
      alarm.cancel(false);
    }
  }

  private Fetched get(Domain host, Socket socket) throws IOException {
    try (var secured = (SSLSocket) tls.createSocket(socket, host.name(), port, true)) {
      var parameters = secured.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      secured.setSSLParameters(parameters);
      secured.getOutputStream().write(request(host));
      return judged(host, HttpReply.read(new BufferedInputStream(secured.getInputStream())));
    }
  }

  private byte[] request(Domain host) {
    var authority = port == 443 ? host.name() : host + ":" + port;
    return ("GET "
            + PATH
            + " HTTP/1.1\r\nHost: "
            + authority
            + "\r\nAccept: text/plain\r\nUser-Agent: posthouse\r\nConnection: close\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static Fetched judged(Domain host, HttpReply reply) {
    if (reply.status() != 200) return failure(host + " says " + reply.status());
    if (!reply.type().equals("text/plain"))
      return failure(host + " gives " + reply.type() + " (expected: text/plain)");
    return new Fetched.Text(reply.body());
  }

  private Fetched failed(String whom, IOException e, boolean late) {
    if (late) return failure(whom + ": no answer in " + patience.toMillis() + " ms");
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException || cause instanceof CertPathValidatorException)
        return new Fetched.Failure(TlsFailure.STS_WEBPKI_INVALID, whom + ": " + cause.getMessage());
    }
    return failure(whom + ": " + e.getMessage());
  }

  private static Fetched failure(String why) {
    return new Fetched.Failure(TlsFailure.STS_POLICY_FETCH_ERROR, why);
  }

  private static void cut(Socket socket) {
    try {
      socket.close();
    } catch (IOException alreadyCut) {
      // Which was all that was wanted.
    }
  }
}
