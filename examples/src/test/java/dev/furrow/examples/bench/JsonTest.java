package dev.furrow.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

  @Test
  void shouldQuoteWhatTextsMayNotHold() {
    assertThat(Json.text("a\"b\\c\nd")).isEqualTo("\"a\\\"b\\\\c\\u000ad\"");
  }

  @Test
  void shouldNestListsAndMaps() {
    assertThat(Json.text(Map.of("a", List.of(1, 2.5, true, Map.of("b", "c")))))
        .isEqualTo("{\n  \"a\": [1, 2.5, true, {\n    \"b\": \"c\"\n  }]\n}");
  }

  @Test
  void shouldRefuseWhatJsonHasNot() {
    assertThatThrownBy(() -> Json.text(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("JSON has no number NaN");
    assertThatThrownBy(() -> Json.text('c'))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("java.lang.Character");
  }
}
