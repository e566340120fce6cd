package org.timeball.server.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  private enum Colour {
    DARK_RED
  }

  private record Inner(Colour colour, OptionalInt satellitesUsed, OptionalDouble signal) {}

  private record Outer(
      String name, double offsetSeconds, long count, boolean good, List<Inner> parts) {}

  @Test
  void aRecordBecomesAnObjectInSnakeCase() {
    Outer outer =
        new Outer(
            "gps",
            -1.5e-6,
            7,
            true,
            List.of(new Inner(Colour.DARK_RED, OptionalInt.of(9), OptionalDouble.empty())));

    assertThat(Json.write(outer))
        .isEqualTo(
            "{\"name\":\"gps\",\"offset_seconds\":-1.5E-6,\"count\":7,\"good\":true,"
                + "\"parts\":[{\"colour\":\"dark_red\",\"satellites_used\":9,\"signal\":null}]}");
  }

  @Test
  void whatHasNoNumberInJsonIsNull() {
    assertThat(
            Json.write(Arrays.asList(Double.NaN, Double.NEGATIVE_INFINITY, Optional.empty(), null)))
        .isEqualTo("[null,null,null,null]");
  }

  @Test
  void textOfAnyKindComesBackAsItWas() throws JsonException {
    String text = "\"quoted\" \\ \n\r\t\u0000\u001f\u007f µ 時 \uD83D\uDD70 \uD800";

    assertThat(Json.read(Json.write(text))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "0 | 0",
        "-12 | -12",
        "1795460504155826123 | 1795460504155826123",
        "-9223372036854775808 | -9223372036854775808",
        "9223372036854775808 | 9.223372036854776E18",
        "1.5e3 | 1500.0",
        "true | true",
        "`\"\\u00b5\\/\"` | µ/",
        "`[1, [], {}]` | [1, [], {}]",
      })
  void everyKindOfValueIsRead(String json, String expected) throws JsonException {
    assertThat(Json.read(json)).hasToString(expected);
  }

  @Test
  void anObjectIsReadAsAMapInItsOrder() throws JsonException {
    assertThat(Json.read(" {\"b\" : 1 , \"a\" : null} "))
        .isInstanceOfSatisfying(
            Map.class, map -> assertThat(map.toString()).isEqualTo("{b=1, a=null}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[1,]",
        "{\"a\"}",
        "{\"a\":1,\"a\":2}",
        "01",
        "1.",
        "+1",
        "NaN",
        "tru",
        "\"\n\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "1 2",
        "'a'",
        "{a:1}",
        "--",
        "1e",
        "\""
      })
  void whatIsNotJsonIsRefusedWithItsPlace(String text) {
    assertThatThrownBy(() -> Json.read(text))
        .isInstanceOf(JsonException.class)
        .hasMessageStartingWith("not JSON at character ");
  }

  @Test
  void nestingIsBounded() {
    String deep = String.join("", Collections.nCopies(100_000, "["));

    assertThatThrownBy(() -> Json.read(deep)).hasMessageContaining("nested deeper than 32");
  }
}
