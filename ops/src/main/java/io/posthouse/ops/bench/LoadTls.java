package io.posthouse.ops.bench;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/// TLS as a load uses it: any certificate will do, for it is speed that is measured.
enum LoadTls {
  OFF,
  STARTTLS,
  IMPLICIT;

  private static final SSLContext CONTEXT = context();

  /// TLS over a connection that is there, its handshake done.
  static Socket over(Socket plain) throws IOException {
    var host = plain.getInetAddress().getHostAddress();
    // One context for all: sessions resume as those of a busy client would.
    var factory = CONTEXT.getSocketFactory();
    var tls = (SSLSocket) factory.createSocket(plain, host, plain.getPort(), true);
    tls.startHandshake();
    return tls;
  }

  private static SSLContext context() {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Anybody()}, new SecureRandom());
      return context;
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private static final class Anybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
