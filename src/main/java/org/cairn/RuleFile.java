package org.cairn;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.cairn.catalog.CatalogueFile;
import org.cairn.rule.Rule;
import org.cairn.rule.RuleJson;

/** A file with rules: a whole catalogue, or one rule alone. */
sealed interface RuleFile {

    /** A catalogue file, in which every rule has its achievement. */
    record Whole(CatalogueFile catalogue) implements RuleFile {}

    /** One rule. */
    record Single(Rule rule) implements RuleFile {}

    JsonMapper JSON = ExactJson.mapper(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            // 70 is otherwise written as 7E+1.
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    /** Throws Problem that says what cannot be read, with its place. */
    static RuleFile read(Path file) {
        var content = Cairn.content(file);
        var json = json(file, content);
        if (json.has("catalogue") || json.has("achievements")) {
            return new Whole(CatalogueFile.read(content));
        }
        try {
            return new Single(RuleJson.read(json));
        } catch (IllegalArgumentException e) {
            throw refused(file, e.getMessage());
        }
    }

    static JsonNode json(Path file) {
        return json(file, Cairn.content(file));
    }

    static Problem refused(Path file, @org.jspecify.annotations.Nullable String why) {
        return new Problem(Problem.Kind.UNPROCESSABLE, "rule_refused", file + ": " + why);
    }

    private static JsonNode json(Path file, byte[] content) {
        try {
            return JSON.readTree(content);
        } catch (JsonProcessingException e) {
            throw refused(file, "it is not valid JSON (%s).".formatted(e.getOriginalMessage()));
        } catch (IOException e) {
            throw refused(file, "it cannot be read.");
        }
    }
}
