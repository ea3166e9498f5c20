package org.cairn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExactJsonTest {

    private static final JsonMapper JSON = ExactJson.mapper(new JsonFactory()).build();

    @Test
    void numbers_are_the_decimals_that_were_written() throws Exception {
        var tree = JSON.readTree("{\"a\":[0.1,12345678901234567890.123456789,1e999999999],\"b\":7}");
        assertThat(tree.at("/a/0").decimalValue()).isEqualTo(new BigDecimal("0.1"));
        assertThat(tree.at("/a/1").decimalValue()).isEqualTo(new BigDecimal("12345678901234567890.123456789"));
        assertThat(tree.at("/a/2").decimalValue()).isEqualTo(new BigDecimal("1e999999999"));
        assertThat(tree.at("/b").isInt()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1e99999999999", "{\"a\":5.1E+2575926865144572608849}", "[[1e-2147483648]]", "{\"a\":1e}", "{"})
    void what_cannot_be_read_is_refused_as_json_that_cannot_be_read(String text) {
        assertThatThrownBy(() -> JSON.readTree(text)).isInstanceOf(JsonProcessingException.class);
        assertThatThrownBy(() -> JSON.readTree(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(JsonProcessingException.class);
    }
}
