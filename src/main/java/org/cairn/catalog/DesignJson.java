package org.cairn.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Function;
import org.cairn.openbadges.image.Colour;
import org.cairn.openbadges.image.Design;
import org.cairn.openbadges.image.Icon;
import org.cairn.openbadges.image.Motif;
import org.jspecify.annotations.Nullable;

/** What a badge looks like as JSON, in the shape that catalogue-v1.schema.json publishes. */
public final class DesignJson {

    private DesignJson() {}

    /** Throws IllegalArgumentException with a sentence. */
    static Design read(JsonNode json) {
        return new Design(
                read(json, "ground", Colour::of),
                read(json, "ink", Colour::of),
                read(json, "ribbon", Colour::of),
                read(json, "icon", Icon::of),
                json.has("picture") ? motif(json.get("picture")) : null);
    }

    public static ObjectNode write(Design design) {
        var json = JsonNodeFactory.instance.objectNode();
        write(json, "ground", design.ground());
        write(json, "ink", design.ink());
        write(json, "ribbon", design.ribbon());
        if (design.icon() != null) {
            json.put("icon", design.icon().word());
        }
        if (design.motif() != null) {
            json.putObject("picture")
                    .put("digest", design.motif().digest())
                    .put("alternative", design.motif().alternative());
        }
        return json;
    }

    private static Motif motif(JsonNode json) {
        return new Motif(json.path("digest").asText(), json.path("alternative").asText());
    }

    private static <T> @Nullable T read(JsonNode json, String member, Function<String, T> of) {
        return json.hasNonNull(member) ? of.apply(json.get(member).textValue()) : null;
    }

    private static void write(ObjectNode json, String member, @Nullable Colour colour) {
        if (colour != null) {
            json.put(member, colour.hex());
        }
    }
}
