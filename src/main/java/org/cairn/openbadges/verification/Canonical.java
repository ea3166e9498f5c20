package org.cairn.openbadges.verification;

import com.apicatalog.jsonld.JsonLd;
import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.JsonLdErrorCode;
import com.apicatalog.jsonld.JsonLdOptions;
import com.apicatalog.jsonld.document.Document;
import com.apicatalog.jsonld.document.JsonDocument;
import com.apicatalog.jsonld.loader.DocumentLoader;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.cairn.openbadges.Contexts;
import org.cairn.openbadges.DataIntegrity;

/**
 * Puts documents of strangers into canonical form: with our own tables of terms where they suffice, else with the published contexts. What a
 * processor would silently leave out is in no signature, so it is an error here.
 */
final class Canonical {

    /** Something in it has no meaning, or one that only some readers would see. */
    static final class Undefined extends Exception {
        Undefined(Throwable cause) {
            super("A term in it is not defined.", cause);
        }

        Undefined(String what) {
            super(what);
        }
    }

    /** What it means cannot be known here. The message is for people. */
    static final class Unavailable extends Exception {
        Unavailable(String sentence) {
            super(sentence);
        }
    }

    // Within JSON-LD's own names a term could be written in a second way, which our reading would not see.
    private static final Set<String> KEYWORDS = Set.of("@context", "@value", "@language", "@direction");

    // Whatever else stood in an address could be read as the end of it, and as more statements behind it.
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:[^\\x00-\\x20<>\"{}|^`\\\\]*");
    private static final Pattern BLANK = Pattern.compile("_:[A-Za-z0-9._-]+");
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*");

    // The vocabulary of the examples in W3C's specifications and of its conformance suites: whatever is not defined is
    // a word of it.
    private static final String EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2";
    private static final String EXAMPLE_WORDS =
            "{\"@context\":{\"@vocab\":\"https://www.w3.org/ns/credentials/examples#\"}}";

    private static final Contexts TABLES = new Contexts();

    private final Standards standards;

    Canonical(Standards standards) {
        this.standards = standards;
    }

    /** The N-Quads of each of these documents, which share their contexts. */
    List<String> of(List<ObjectNode> documents) throws Undefined, Unavailable {
        var contexts = new TreeSet<String>();
        for (var document : documents) {
            collect(document, contexts);
        }
        for (var context : contexts) {
            if (!Standards.isKnown(context) && !context.equals(EXAMPLES)) {
                throw new Unavailable("It uses words of a vocabulary that is not known here: " + context);
            }
        }
        try {
            return all(documents, TABLES);
        } catch (Undefined unknown) {
            // Our tables have only the terms that we use.
            return all(documents, published(contexts));
        }
    }

    private DocumentLoader published(Set<String> contexts) throws Unavailable {
        for (var context : contexts) {
            if (!context.equals(EXAMPLES) && standards.context(context).isEmpty()) {
                throw new Unavailable("The vocabulary %s could not be fetched as it was published.".formatted(context));
            }
        }
        return (url, options) -> url.toString().equals(EXAMPLES)
                ? JsonDocument.of(new StringReader(EXAMPLE_WORDS))
                : context(url.toString());
    }

    private Document context(String address) throws JsonLdError {
        return standards
                .context(address)
                .orElseThrow(() -> new JsonLdError(JsonLdErrorCode.LOADING_REMOTE_CONTEXT_FAILED, address));
    }

    private static List<String> all(List<ObjectNode> documents, DocumentLoader contexts) throws Undefined {
        var canonical = new ArrayList<String>();
        for (var document : documents) {
            canonical.add(one(document, contexts));
        }
        return canonical;
    }

    private static String one(ObjectNode document, DocumentLoader contexts) throws Undefined {
        try {
            var options = new JsonLdOptions(contexts);
            options.setUndefinedTermsPolicy(JsonLdOptions.ProcessingPolicy.Fail);
            var expanded = JsonLd.expand(JsonDocument.of(new StringReader(document.toString())))
                    .options(options)
                    .get();
            requireWhole(expanded);
            return DataIntegrity.canonical(expanded.toString(), contexts);
        } catch (JsonLdError | IllegalStateException e) {
            throw new Undefined(e);
        }
    }

    private static void collect(JsonNode json, Set<String> contexts) throws Undefined, Unavailable {
        for (var member : json.properties()) {
            var name = member.getKey();
            if (name.startsWith("@") && !KEYWORDS.contains(name)) {
                throw new Undefined("It has a member " + name + ", which no credential has.");
            }
            // Without a value it is left out before anybody looks whether it has a meaning.
            require(!member.getValue().isNull()
                    || !name.contains(":")
                    || ADDRESS.matcher(name).matches());
            if (name.equals("@context")) {
                contexts.addAll(named(member.getValue()));
            } else {
                collect(member.getValue(), contexts);
            }
        }
        if (json.isArray()) {
            for (var item : json) {
                collect(item, contexts);
            }
        }
    }

    private static List<String> named(JsonNode context) throws Unavailable {
        var named = new ArrayList<String>();
        for (var one : context.isArray() ? context : List.of(context)) {
            if (one.isTextual()) {
                named.add(one.textValue());
            } else if (!one.isObject() || !one.properties().stream().allMatch(Canonical::isPlain)) {
                throw new Unavailable("It defines words of its own in a way that is not read here.");
            }
        }
        return named;
    }

    /** A word of its own that has an address and nothing more than the form of what it says; what another vocabulary protects stays as it is. */
    private static boolean isPlain(Map.Entry<String, JsonNode> term) {
        var definition = term.getValue();
        if (definition.isTextual()) {
            return isOwn(term.getKey())
                    && ADDRESS.matcher(definition.textValue()).matches();
        }
        var form = definition.path("@type").asText("@json");
        return isOwn(term.getKey())
                && Set.of("@id", "@type").containsAll(names(definition))
                && ADDRESS.matcher(definition.path("@id").asText()).matches()
                && (form.equals("@json")
                        || form.equals("@id")
                        || ADDRESS.matcher(form).matches());
    }

    private static boolean isOwn(String term) {
        return !term.isEmpty() && term.indexOf('@') < 0 && term.indexOf(':') < 0;
    }

    private static Set<String> names(JsonNode json) {
        var names = new TreeSet<String>();
        json.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** JSON-LD in its long form, where an address that is not whole, or is none, would leave its statement out. */
    private static void requireWhole(JsonValue value) throws Undefined {
        if (value instanceof JsonArray array) {
            for (var item : array) {
                requireWhole(item);
            }
        }
        if (value instanceof JsonObject object) {
            for (var member : object.entrySet()) {
                requireWhole(member.getKey(), member.getValue());
            }
        }
    }

    private static void requireWhole(String name, JsonValue value) throws Undefined {
        switch (name) {
            case "@id", "@type" -> {
                for (var one : value instanceof JsonArray array ? array : List.of(value)) {
                    var text = text(one);
                    require(ADDRESS.matcher(text).matches()
                            || BLANK.matcher(text).matches()
                            || text.equals("@json"));
                }
            }
            case "@language" -> require(LANGUAGE.matcher(text(value)).matches());
            case "@value" -> {}
            default -> {
                require(name.startsWith("@") || ADDRESS.matcher(name).matches());
                requireWhole(value);
            }
        }
    }

    /** Empty for what is none. */
    private static String text(JsonValue value) {
        return value instanceof JsonString text ? text.getString() : "";
    }

    private static void require(boolean isWhole) throws Undefined {
        if (!isWhole) {
            throw new Undefined("It has a word without a meaning.");
        }
    }
}
