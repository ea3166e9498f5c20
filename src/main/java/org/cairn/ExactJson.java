package org.cairn;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.JsonNodeDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;

/** JSON whose numbers are the decimals that were written, as grades and rules need them. */
public final class ExactJson {

    private ExactJson() {}

    /**
     * What reads trees of such numbers, each {@code isNumber} and of any size: 1e999999999 is one. Throws JsonProcessingException for all
     * that cannot be read.
     */
    public static JsonMapper.Builder mapper(JsonFactory factory) {
        return JsonMapper.builder(factory)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .addModule(new SimpleModule().addDeserializer(JsonNode.class, new Tree()));
    }

    // Jackson 2.22 lets the NumberFormatException out that an exponent of more than 32 bits is to it.
    private static final class Tree extends StdDeserializer<JsonNode> {

        Tree() {
            super(JsonNode.class);
        }

        @Override
        public JsonNode deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            try {
                return JsonNodeDeserializer.getDeserializer(JsonNode.class).deserialize(parser, context);
            } catch (NumberFormatException e) {
                throw new JsonParseException(parser, "A number is too large or too small to be read", e);
            }
        }
    }
}
