package org.cairn.openbadges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.apicatalog.jsonld.JsonLdError;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import org.cairn.testing.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our tables of terms beside the contexts as published: the same terms mean the same, and none was made up. */
class ContextsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource({
        "credentials-v2-context.json, credentials-v2.jsonld",
        "ob-v3p0-context.json, ob-v3p0-3.0.3.json",
        "ob-v3p0-context.json, ob-v3p0-3.0.3.spec-repo.json",
        "clr-v2p0-context.json, clr-v2p0-2.0.1.json",
        "extensions-context.json, ob-v3p0-extensions.json"
    })
    void every_term_of_our_table_means_what_the_published_context_says(String ours, String published) throws Exception {
        try (var stream = Contexts.class.getResourceAsStream(ours)) {
            var context = Shared.folder().resolve("standards/contexts").resolve(published);
            compare("", JSON.readTree(stream), JSON.readTree(Files.readString(context)));
        }
    }

    @Test
    void no_other_vocabulary_is_loaded_and_ours_are_told_as_they_are() throws Exception {
        var contexts = new Contexts();
        for (var address : List.of(Contexts.CREDENTIALS, Contexts.BADGES, Contexts.RECORDS, Contexts.EXTENSIONS)) {
            assertThat(Contexts.isKnown(address)).isTrue();
            assertThat(JSON.readTree(contexts.loadDocument(URI.create(address), null)
                            .getJsonContent()
                            .orElseThrow()
                            .toString()))
                    .isEqualTo(JSON.readTree(Contexts.excerpt(address).orElseThrow()));
            assertThat(Contexts.terms(address)).isPresent();
        }
        var other = "https://evil.example/v1";
        assertThat(Contexts.isKnown(other)).isFalse();
        assertThat(Contexts.excerpt(other)).isEmpty();
        assertThat(Contexts.terms(other)).isEmpty();
        assertThatThrownBy(() -> contexts.loadDocument(URI.create(other), null))
                .isInstanceOf(JsonLdError.class)
                .hasMessage("Not a context of ours.");
    }

    private static void compare(String path, JsonNode ours, JsonNode published) {
        if (!ours.isObject()) {
            assertThat(id(published)).as(path).isEqualTo(ours.asText());
            return;
        }
        ours.properties()
                .forEach(term -> compare(path + "/" + term.getKey(), term.getValue(), at(published, term.getKey())));
        published.fieldNames().forEachRemaining(name -> {
            if (name.startsWith("@")) {
                assertThat(ours.has(name)).as(path + "/" + name).isTrue();
            }
        });
    }

    /** A term may be written as an address alone, or as an object that has nothing else. */
    private static JsonNode at(JsonNode published, String member) {
        return published.isTextual() && member.equals("@id") ? published : published.path(member);
    }

    private static String id(JsonNode published) {
        return published.isObject() && published.size() == 1
                ? published.path("@id").asText()
                : published.asText();
    }
}
