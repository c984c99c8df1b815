package io.posthouse.storage.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.Charset;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CharsetsTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '!',
      value = {
        "utf-8, UTF-8",
        "UTF8, UTF-8",
        "\"utf-8\", UTF-8",
        "'iso-8859-2', ISO-8859-2",
        "utf-8; format=flowed, UTF-8",
        "cp1251, windows-1251",
        "cp-1251, windows-1251",
        "x-cp1250, windows-1250",
        "gb2312, GB18030",
        "ks_c_5601-1987, x-windows-949",
        "Shift_JIS, windows-31j",
        "iso-2022-jp, ISO-2022-JP",
        "koi8-u, KOI8-U",
        "big5, Big5",
      })
  void a_charset_is_known_by_the_names_that_mail_gives_it(String name, String charset) {
    assertEquals(Optional.of(Charset.forName(charset)), Charsets.named(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "x-unknown", "unknown-8bit", "?", "no such charset", "\"", "x-"})
  void a_name_that_means_nothing_is_no_charset(String name) {
    assertEquals(Optional.empty(), Charsets.named(name));
  }
}
