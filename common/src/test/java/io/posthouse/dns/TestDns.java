package io.posthouse.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TLSARecord;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/// A small name server on loopback, UDP and TCP on one port of the system's choice: answers what it
/// was told, NXDOMAIN for names it was not, and misbehaves by name.
public final class TestDns implements AutoCloseable {
  /// How a name misbehaves.
  public enum Fault {
    /// No answer ever.
    DROP,
    SERVFAIL,
    REFUSED,
    /// Over UDP only "truncated"; the answer comes over TCP.
    TRUNCATE
  }

  private static final int UDP_LIMIT = 4096;
  private static final long TTL = 300;

  private final Map<Name, List<Record>> records = new ConcurrentHashMap<>();
  private final Map<Name, Fault> faults = new ConcurrentHashMap<>();
  private final Set<Name> authentic = ConcurrentHashMap.newKeySet();
  private final AtomicInteger udpQuestions = new AtomicInteger();
  private final AtomicInteger tcpQuestions = new AtomicInteger();
  private final ServerSocket tcp;
  private final DatagramSocket udp;

  private TestDns() throws IOException {
    var loopback = InetAddress.ofLiteral("127.0.0.1");
    this.tcp = new ServerSocket(0, 50, loopback);
    this.udp = new DatagramSocket(tcp.getLocalPort(), loopback);
  }

  /// A server that knows no name yet.
  public static TestDns start() {
    try {
      var server = new TestDns();
      Thread.ofVirtual().name("test-dns-udp").start(server::serveUdp);
      Thread.ofVirtual().name("test-dns-tcp").start(server::serveTcp);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public InetSocketAddress address() {
    return new InetSocketAddress(tcp.getInetAddress(), tcp.getLocalPort());
  }

  public TestDns mx(String domain, int preference, String host) {
    return add(new MXRecord(name(domain), DClass.IN, TTL, preference, name(host)));
  }

  /// RFC 7505.
  public TestDns nullMx(String domain) {
    return mx(domain, 0, ".");
  }

  public TestDns a(String host, String address) {
    return add(new ARecord(name(host), DClass.IN, TTL, InetAddress.ofLiteral(address)));
  }

  public TestDns aaaa(String host, String address) {
    return add(new AAAARecord(name(host), DClass.IN, TTL, InetAddress.ofLiteral(address)));
  }

  public TestDns cname(String alias, String target) {
    return add(new CNAMERecord(name(alias), DClass.IN, TTL, name(target)));
  }

  /// RFC 6698.
  public TestDns tlsa(String host, int port, Tlsa tlsa) {
    return add(
        new TLSARecord(
            name("_" + port + "._tcp." + host),
            DClass.IN,
            TTL,
            tlsa.usage(),
            tlsa.selector(),
            tlsa.matching(),
            tlsa.association().toArray()));
  }

  /// One record of these strings.
  public TestDns txt(String name, String... strings) {
    return add(new TXTRecord(name(name), DClass.IN, TTL, List.of(strings)));
  }

  /// A name that exists and has no records.
  public TestDns empty(String name) {
    records.computeIfAbsent(name(name), _ -> new CopyOnWriteArrayList<>());
    return this;
  }

  /// Answers to questions about the name come with the AD bit, as from a resolver that validates.
  public TestDns authentic(String name) {
    authentic.add(name(name));
    return this;
  }

  public TestDns fault(String name, Fault fault) {
    faults.put(name(name), fault);
    return this;
  }

  public TestDns mend(String name) {
    faults.remove(name(name));
    return this;
  }

  public int udpQuestions() {
    return udpQuestions.get();
  }

  public int tcpQuestions() {
    return tcpQuestions.get();
  }

  @Override
  public void close() {
    udp.close();
    try {
      tcp.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TestDns add(Record record) {
    records.computeIfAbsent(record.getName(), _ -> new CopyOnWriteArrayList<>()).add(record);
    return this;
  }

  private void serveUdp() {
    while (!udp.isClosed()) serveOneOverUdp();
  }

  private void serveOneOverUdp() {
    try {
      var packet = new DatagramPacket(new byte[UDP_LIMIT], UDP_LIMIT);
      udp.receive(packet);
      udpQuestions.incrementAndGet();
      answerUdp(new Message(Arrays.copyOf(packet.getData(), packet.getLength())), packet);
    } catch (IOException closedOrMalformed) {
      // Either way nobody waits for an answer.
    }
  }

  private void answerUdp(Message question, DatagramPacket from) throws IOException {
    var fault = faults.get(question.getQuestion().getName());
    if (fault == Fault.DROP) return;
    var answer = fault == Fault.TRUNCATE ? truncated(question) : answer(question);
    var wire = answer.toWire(UDP_LIMIT);
    udp.send(new DatagramPacket(wire, wire.length, from.getSocketAddress()));
  }

  private void serveTcp() {
    while (!tcp.isClosed()) {
      try {
        var client = tcp.accept();
        Thread.startVirtualThread(() -> answerTcp(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void answerTcp(Socket client) {
    try (client) {
      var in = new DataInputStream(client.getInputStream());
      var out = new DataOutputStream(client.getOutputStream());
      while (true) {
        var question = new Message(in.readNBytes(in.readUnsignedShort()));
        tcpQuestions.incrementAndGet();
        if (faults.get(question.getQuestion().getName()) == Fault.DROP) continue;
        var wire = answer(question).toWire(65_535);
        out.writeShort(wire.length);
        out.write(wire);
        out.flush();
      }
    } catch (IOException clientLeft) {
      // So did we.
    }
  }

  private Message answer(Message question) {
    var answer = replyTo(question);
    var asked = question.getQuestion();
    if (authentic.contains(asked.getName())) answer.getHeader().setFlag(Flags.AD);
    switch (faults.get(asked.getName())) {
      case SERVFAIL -> answer.getHeader().setRcode(Rcode.SERVFAIL);
      case REFUSED -> answer.getHeader().setRcode(Rcode.REFUSED);
      case DROP, TRUNCATE -> fill(answer, asked.getName(), asked.getType());
      case null -> fill(answer, asked.getName(), asked.getType());
    }
    return answer;
  }

  private void fill(Message answer, Name name, int type) {
    var known = records.get(name);
    if (known == null) answer.getHeader().setRcode(Rcode.NXDOMAIN);
    var found = known == null ? List.<Record>of() : matching(known, type);
    for (var record : found) {
      // A loop of aliases ends where it began.
      if (answer.findRecord(record, Section.ANSWER)) return;
      answer.addRecord(record, Section.ANSWER);
      if (record instanceof CNAMERecord alias && type != Type.CNAME)
        fill(answer, alias.getTarget(), type);
    }
    // Absence is cached by the SOA (RFC 2308 §3).
    if (found.isEmpty()) answer.addRecord(soa(), Section.AUTHORITY);
  }

  private static List<Record> matching(List<Record> known, int type) {
    return known.stream().filter(r -> r.getType() == type || r.getType() == Type.CNAME).toList();
  }

  private static Message replyTo(Message question) {
    var answer = new Message(question.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setFlag(Flags.AA);
    answer.getHeader().setFlag(Flags.RA);
    answer.addRecord(question.getQuestion(), Section.QUESTION);
    return answer;
  }

  private static Message truncated(Message question) {
    var answer = replyTo(question);
    answer.getHeader().setFlag(Flags.TC);
    return answer;
  }

  private static SOARecord soa() {
    return new SOARecord(
        name("."), DClass.IN, TTL, name("ns.test"), name("hostmaster.test"), 1, 60, 60, 60, 60);
  }

  private static Name name(String text) {
    try {
      return Name.fromString(text, Name.root);
    } catch (TextParseException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
