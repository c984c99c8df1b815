package io.posthouse.delivery.sts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StsRecordTest {
  private static final String RECORD = "v=STSv1; id=20160831085700Z;";

  @Test
  void a_record_is_found_among_texts_for_others() {
    assertEquals(
        Optional.of(new StsRecord("20160831085700Z")),
        StsRecord.among(List.of("v=spf1 -all", RECORD, "v=STSv10; id=1", "")));
  }

  @Test
  void two_records_are_none() {
    assertEquals(Optional.empty(), StsRecord.among(List.of(RECORD, "v=STSv1; id=2;")));
  }

  @Test
  void two_records_are_none_even_if_one_is_broken() {
    assertEquals(Optional.empty(), StsRecord.among(List.of(RECORD, "v=STSv1; id=")));
  }

  @Test
  void of_two_ids_the_first_counts() {
    assertEquals(Optional.of(new StsRecord("a")), StsRecord.parse("v=STSv1;x=y;id=a;id=b"));
  }

  @Test
  void a_record_as_long_as_dns_allows_is_read_like_any_other() {
    var fields = ";a=b".repeat(16_000);
    assertEquals(
        Optional.of(new StsRecord("1")), StsRecord.parse("v=STSv1" + fields + ";id=1" + fields));
    assertEquals(Optional.empty(), StsRecord.parse("v=STSv1" + fields));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "v=STSv1",
        "v=STSv1;",
        "V=STSv1; id=1",
        "v=STSv1 id=1",
        "v=STSv1; ID=1",
        "v=STSv1; id=1 2",
        "v=STSv1; id=1;;",
        "v=STSv1; id=ä"
      })
  void what_the_grammar_does_not_allow_is_no_record(String text) {
    assertEquals(Optional.empty(), StsRecord.parse(text));
  }
}
