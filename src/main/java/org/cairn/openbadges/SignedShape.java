package org.cairn.openbadges;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;

/**
 * The shape of what Cairn signs, published as {@code /schema/credential-v1.schema.json}: narrower than Open Badges 3.0 in every member, so
 * that nothing leaves the house that the published schema would not accept.
 */
final class SignedShape {

    private static final JsonSchema SCHEMA = schema();

    private SignedShape() {}

    /** The first place where it does not fit, in words. */
    static Optional<String> fault(JsonNode payload) {
        return SCHEMA.validate(payload).stream().findFirst().map(fault -> fault.getMessage());
    }

    /** Throws IllegalStateException where it does not fit: a credential that others refuse is a fault of ours. */
    static void require(JsonNode payload) {
        fault(payload).ifPresent(fault -> {
            throw new IllegalStateException("Not signed, because others would refuse it: " + fault);
        });
    }

    private static JsonSchema schema() {
        try (var stream = SignedShape.class.getResourceAsStream("/public/schema/credential-v1.schema.json")) {
            var english =
                    SchemaValidatorsConfig.builder().locale(Locale.ENGLISH).build();
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(stream, english);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
