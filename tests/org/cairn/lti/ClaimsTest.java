package org.cairn.lti;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cairn.testing.TestPlatform.lti;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import org.cairn.testing.TestPlatform;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of a payload and what is not, whatever a library in between may let through. */
class ClaimsTest {

    @Test
    void a_time_is_a_number_of_seconds() {
        assertThat(claims("{\"exp\":7}").seconds("exp")).contains(7L);
        assertThat(claims("{\"exp\":7.9}").seconds("exp")).contains(7L);
        assertThat(claims("{}").seconds("exp")).isEmpty();
    }

    /** The first is 7 where it is cut to the bits of a long. */
    @ParameterizedTest
    @ValueSource(strings = {"18446744073709551623", "1e400", "\"7\"", "true", "null", "[7]", "{\"exp\":7}"})
    void what_no_long_holds_is_no_time(String value) {
        assertThat(claims("{\"exp\":" + value + "}").seconds("exp")).isEmpty();
    }

    @Test
    void an_audience_is_a_text_or_a_list_of_texts_and_no_object_of_them() {
        assertThat(claims("{\"aud\":\"cairn\"}").audience()).containsExactly("cairn");
        assertThat(claims("{\"aud\":[\"cairn\",7,\"\",\"other\"]}").audience()).containsExactly("cairn", "other");
        assertThat(claims("{\"aud\":{\"to\":\"cairn\"}}").audience()).isEmpty();
    }

    @Test
    void a_title_is_a_text_that_says_something_and_has_at_most_500_characters() {
        assertThat(title("\"Course\"")).isEqualTo("Course");
        assertThat(title("\"" + "t".repeat(501) + "\"")).isEqualTo("t".repeat(500));
        for (var nothing : List.of("\" \"", "7", "null", "{}")) {
            assertThat(title(nothing)).as(nothing).isNull();
        }
    }

    private static @Nullable String title(String value) {
        return claims("{\"" + lti("context") + "\":{\"title\":" + value + "}}").title("context");
    }

    private static Claims claims(String json) {
        try {
            return new Claims(TestPlatform.JSON.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
