package io.posthouse.delivery.sts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.posthouse.address.Domain;
import io.posthouse.delivery.sts.StsPolicy.Mode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StsPolicyTest {
  @ParameterizedTest
  @CsvSource({
    "mx.example.net, mx.example.net, true",
    "MX.example.NET, mx.example.net, true",
    "mx.example.net, mx1.example.net, false",
    "*.example.net, mx.example.net, true",
    "*.example.net, a.mx.example.net, false",
    "*.example.net, example.net, false",
    "*.example.net, mxexample.net, false",
    "*.bücher.example, mx.xn--bcher-kva.example, true",
    "xn--bcher-kva.example, bücher.example, true",
    "mx.example.net, [192.0.2.1], false"
  })
  void a_pattern_names_a_host_or_those_one_label_longer(
      String pattern, String host, boolean matches) {
    var policy = StsPolicy.parse("version: STSv1\nmode: enforce\nmax_age: 1\nmx: " + pattern);
    assertEquals(matches, policy.names(new Domain(host)));
  }

  @Test
  void of_a_key_that_is_written_twice_the_first_counts() {
    var policy =
        StsPolicy.parse(
            "version: STSv1\nmode: testing\nmode: none\nmx: a.example\nmax_age: 5\nmax_age: 6\n");
    assertEquals(Mode.TESTING, policy.mode());
    assertEquals(Duration.ofSeconds(5), policy.maxAge());
  }

  @Test
  void nobody_is_bound_for_longer_than_a_year() {
    var policy = StsPolicy.parse("version: STSv1\nmode: none\nmax_age: 9999999999\n\n");
    assertEquals(StsPolicy.LONGEST, policy.maxAge());
  }

  @ParameterizedTest
  @CsvSource({
    "'version: STSv1\nmode: enforce\nmax_age: 1', mx: none (expected: at least one)",
    "'version: STSv1\nmode: none', max_age: missing (expected: seconds)",
    "'version: STSv1\nmode: Enforce\nmax_age: 1', 'mode: Enforce (expected: enforce, testing, none)'",
    "'mode: none\nmax_age: 1', version: missing (expected: STSv1)",
    "'<html>', line: <html> (expected: key: value)"
  })
  void what_is_wrong_is_said(String text, String why) {
    assertEquals(
        why,
        assertThrows(IllegalArgumentException.class, () -> StsPolicy.parse(text)).getMessage());
  }
}
