package org.cairn.db;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.cairn.ExactJson;

/** JSON in a column of text; its numbers are exact. */
public final class StoredJson {

    private static final JsonMapper JSON = ExactJson.mapper(new JsonFactory()).build();

    private StoredJson() {}

    /** Reads what we wrote ourselves. Throws IllegalStateException where it is no JSON. */
    public static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What is stored is not JSON.", e);
        }
    }
}
