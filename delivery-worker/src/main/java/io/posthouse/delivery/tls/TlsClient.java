package io.posthouse.delivery.tls;

import io.posthouse.address.Domain;
import io.posthouse.delivery.security.Security;
import io.posthouse.message.TlsFacts;
import io.posthouse.outcome.MxHost;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/// Our side of handshakes, by TLS 1.2 and 1.3. Any certificate passes a handshake: whether it is
/// good enough is asked afterwards, with the same care of a new session and of a resumed one.
public final class TlsClient {
  private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

  /// Sessions remembered, to be resumed.
  private static final int REMEMBERED = 10_000;

  private final SSLContext context;
  private final CertificateCheck check;

  public TlsClient(Authorities authorities, InstantSource clock) {
    this.context = context();
    this.check = new CertificateCheck(authorities, clock);
  }

  /// Shakes hands; blocks.
  ///
  /// @throws IOException if it comes to nothing
  public TlsSession shakeHands(SSLSocket inside, Optional<Domain> serverName) throws IOException {
    inside.startHandshake();
    var session = inside.getSession();
    return new TlsSession(
        new TlsFacts(
            session.getProtocol(),
            session.getCipherSuite(),
            serverName.map(Domain::name),
            Optional.empty()),
        Arrays.stream(session.getPeerCertificates()).map(X509Certificate.class::cast).toList());
  }

  /// A TLS connection inside `socket`, before its handshake.
  ///
  /// @param serverName what we say in SNI (RFC 6066 §3); empty for a host that has no name
  public SSLSocket over(Socket socket, MxHost mx, Optional<Domain> serverName) throws IOException {
    var inside =
        (SSLSocket)
            context.getSocketFactory().createSocket(socket, mx.name(), mx.port(), /* close */ true);
    var parameters = inside.getSSLParameters();
    parameters.setProtocols(VERSIONS);
    // An empty list, unlike none, keeps the JDK from making up a name.
    parameters.setServerNames(serverName.map(TlsClient::sni).stream().toList());
    inside.setSSLParameters(parameters);
    return inside;
  }

  /// Whether the host's certificate is what `security` asks for.
  public Checked check(Security security, List<X509Certificate> chain) {
    return check.of(security, chain);
  }

  /// From octets, because hosts exist whose names are none by the rules for letters.
  private static SNIServerName sni(Domain name) {
    return new SNIHostName(name.name().getBytes(StandardCharsets.US_ASCII));
  }

  private static SSLContext context() {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new AnyCertificate()}, null);
      context.getClientSessionContext().setSessionCacheSize(REMEMBERED);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("TLS: " + e.getMessage(), e);
    }
  }
}
