package org.cairn.openbadges;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The terms that a JSON-LD context defines, as far as our own documents need them. */
final class Terms {

    private static final Set<String> DEFINED = Set.of("@id", "@type", "@container", "@context");

    private final Map<String, Term> terms = new HashMap<>();

    /**
     * One term.
     *
     * @param type what its values are; null: nothing is said
     * @param isPlain whether it needs no more than this to be understood
     * @param scope the terms that hold within what it is the type of, or for the words that are its values
     */
    record Term(
            String address,
            @Nullable String type,
            boolean isPlain,
            @Nullable Terms scope) {

        boolean isJson() {
            return "@json".equals(type);
        }

        boolean isAddress() {
            return "@id".equals(type);
        }

        boolean isWord() {
            return "@vocab".equals(type);
        }

        String datatypeOr(String other) {
            return type == null ? other : type;
        }
    }

    private Terms() {}

    /** Reads one of our tables. */
    static Terms of(JsonNode context) {
        var terms = new Terms();
        context.properties().forEach(member -> {
            var definition = member.getValue();
            if (!member.getKey().startsWith("@") && !definition.asText().startsWith("@")) {
                terms.terms.put(member.getKey(), term(definition));
            }
        });
        return terms;
    }

    /** Reads the words that a document defines itself; empty where that is not plain. */
    static Optional<Terms> own(JsonNode context) {
        for (var member : context.properties()) {
            var definition = member.getValue();
            if (definition.has("@context")
                    || definition.has("@container")
                    || member.getKey().indexOf('@') >= 0
                    || !address(definition).contains(":")) {
                return Optional.empty();
            }
        }
        return context.isObject() ? Optional.of(of(context)) : Optional.empty();
    }

    @Nullable
    Term find(String name) {
        return terms.get(name);
    }

    private static Term term(JsonNode definition) {
        var container = definition.path("@container").asText("@set");
        boolean isKnown = true;
        for (var names = definition.fieldNames(); names.hasNext(); ) {
            isKnown &= DEFINED.contains(names.next());
        }
        return new Term(
                address(definition),
                definition.path("@type").textValue(),
                isKnown && container.equals("@set"),
                definition.has("@context") ? of(definition.get("@context")) : null);
    }

    private static String address(JsonNode definition) {
        return definition.isTextual()
                ? definition.textValue()
                : definition.path("@id").asText();
    }
}
