package org.cairn.openbadges;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/**
 * JSON of strangers, read so that every reader reads the same: no member twice, no number that only some can hold, no half of a character,
 * not deep.
 */
public final class CredentialJson {

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(64).build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private CredentialJson() {}

    /** What a credential calls its issuer, by its id; empty where it names none. */
    public static String issuer(JsonNode credential) {
        var issuer = credential.path("issuer");
        return issuer.isTextual() ? issuer.textValue() : issuer.path("id").asText();
    }

    /** Throws IllegalArgumentException where the text is not one JSON object that everybody reads alike. */
    public static ObjectNode read(byte[] text) {
        try {
            if (JSON.readTree(text) instanceof ObjectNode json && isPlain(json)) {
                return json;
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("Not JSON.", e);
        }
        throw new IllegalArgumentException("Not a JSON object.");
    }

    static byte[] write(JsonNode json) {
        try {
            return JSON.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree that we built is not writable.", e);
        }
    }

    // 1e999999999 is short to write, and fills the memory of who counts it out.
    private static boolean isPlain(JsonNode json) {
        if (json.isNumber()) {
            return json.isIntegralNumber() ? json.canConvertToLong() : Double.isFinite(json.doubleValue());
        }
        if (json.isTextual()) {
            return isWhole(json.textValue());
        }
        for (var child : json) {
            if (!isPlain(child)) {
                return false;
            }
        }
        return true;
    }

    // Whatever is hashed is UTF-8, where every half of a character becomes the same question mark. In names Jackson
    // refuses it itself.
    private static boolean isWhole(String text) {
        return text.codePoints()
                .noneMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }
}
