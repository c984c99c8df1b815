package io.posthouse.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.vectors.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The lists of others, who judge by more or less than RFC 5321 §4.1.2. Where we differ, the reason
/// is here.
class AddressVectorsTest {
  /// A mailbox has a name. The grammar lets it be empty in quotes.
  private static boolean isNameless(String text) {
    return text.startsWith("\"\"@");
  }

  /// Names and comments are for headers, not for envelopes.
  private static boolean isOfHeader(String text) {
    return text.contains("<") || text.contains("(");
  }

  /// What we take although it is not in the grammar: [Domain] and [MailAddress] say why.
  private static boolean isTakenOnPurpose(String text) {
    var local = text.substring(0, Math.max(0, text.lastIndexOf('@')));
    return text.endsWith(".") || local.length() > 64;
  }

  /// Whether a name exists is for DNS to say; these are well-formed. Literals, and names that are
  /// long without being too long, only their author does not want.
  private static boolean isForDnsToSay(String text) {
    var domain = text.substring(text.lastIndexOf('@') + 1);
    var oneLabel = !domain.contains(".");
    var oddTop = domain.matches(".*-[0-9]");
    var aLabel = domain.matches("(xn|yy)(--|－－).*");
    var beyondAscii = !text.chars().allMatch(c -> c < 128);
    var literal = Domain.parse(domain).flatMap(Domain::literalAddress).isPresent();
    return oneLabel || oddTop || aLabel || beyondAscii || literal || domain.length() > 220;
  }

  @ParameterizedTest
  @ValueSource(strings = {"isemail.json", "isemail-original.json"})
  void addresses_are_judged_as_by_isemail(String file) {
    var cases = Vectors.list("addresses/" + file, "cases");
    var judged =
        judge(
            cases.stream().filter(one -> !isNameless(one.getString("address"))),
            one -> one.getString("address"),
            one -> one.getBoolean("smtp_valid"),
            AddressVectorsTest::isTakenOnPurpose);
    print(file, judged, cases.size());
  }

  @Test
  void addresses_are_judged_as_by_flanker() {
    var cases = Vectors.list("addresses/flanker.json", "cases");
    var judged =
        judge(
            cases.stream().filter(one -> !isOfHeader(one.getString("value"))),
            one -> one.getString("value") + (isLocalPart(one) ? "@example.net" : ""),
            AddressVectorsTest::valid,
            text -> isTakenOnPurpose(text) || isForDnsToSay(text));
    print("flanker.json", judged, cases.size());
  }

  @Test
  void addresses_are_judged_as_by_python() {
    var cases = Vectors.list("addresses/python-email-validator.json", "cases");
    var judged =
        judge(
            cases.stream().filter(one -> !isOfHeader(one.getString("address"))),
            one -> one.getString("address"),
            AddressVectorsTest::valid,
            text -> isTakenOnPurpose(text) || isForDnsToSay(text));
    print("python-email-validator.json", judged, cases.size());
  }

  @Test
  void domains_have_the_a_labels_that_python_gives_them() {
    var compared = 0;
    for (var one : Vectors.list("addresses/python-email-validator.json", "cases")) {
      var expected = one.getString("ascii_domain");
      var address = MailAddress.parse(one.getString("address"));
      if (expected == null || address.isEmpty()) continue;
      assertEquals(new Domain(expected), address.get().domain());
      compared++;
    }
    System.out.printf("addresses/python-email-validator.json: %d domains%n", compared);
    assertTrue(compared >= 20, "too few domains compared: " + compared);
  }

  @ParameterizedTest
  @ValueSource(strings = {"email", "idn-email"})
  void addresses_are_judged_as_by_json_schema(String file) {
    var cases = strings(file);
    var judged =
        judge(cases.stream(), AddressVectorsTest::data, AddressVectorsTest::valid, _ -> false);
    print("json-schema/" + file + ".json", judged, cases.size());
  }

  /// We refuse no good name. Of the bad ones only what is out of the grammar: a label that no
  /// registry would give away is for DNS to know.
  @ParameterizedTest
  @ValueSource(strings = {"hostname", "idn-hostname"})
  void host_names_are_taken_as_by_json_schema(String file) {
    var cases = strings(file);
    var good = cases.stream().filter(AddressVectorsTest::valid).toList();
    good.forEach(one -> assertTrue(Domain.parse(data(one)).isPresent(), data(one)));
    System.out.printf("addresses/json-schema/%s.json: %d taken%n", file, good.size());
    assertTrue(good.size() >= 15, "too few names: " + good.size());
  }

  /// How many cases we judged as the list does; none we did not.
  private static int judge(
      Stream<Document> cases,
      Function<Document, String> text,
      Function<Document, Boolean> verdict,
      Predicate<String> mayBeTaken) {
    var wrong = new ArrayList<String>();
    var judged = 0;
    for (var one : cases.filter(one -> Objects.nonNull(verdict.apply(one))).toList()) {
      var address = text.apply(one);
      var taken = MailAddress.parse(address).isPresent();
      if (taken == verdict.apply(one)) judged++;
      else if (!taken || !mayBeTaken.test(address)) wrong.add(taken + ": " + address);
    }
    assertEquals(List.of(), wrong);
    return judged;
  }

  private static void print(String file, int judged, int of) {
    System.out.printf("addresses/%s: %d judged alike, of %d%n", file, judged, of);
    assertTrue(judged >= of / 2, "too few cases: " + judged);
  }

  private static List<Document> strings(String file) {
    return Vectors.list("addresses/json-schema/" + file + ".json").stream()
        .flatMap(group -> group.getList("tests", Document.class).stream())
        .filter(one -> one.get("data") instanceof String)
        .toList();
  }

  private static String data(Document one) {
    return one.getString("data");
  }

  private static Boolean valid(Document one) {
    return one.getBoolean("valid");
  }

  private static boolean isLocalPart(Document one) {
    return one.getString("kind").equals("localpart");
  }
}
