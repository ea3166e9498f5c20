package org.cairn.openbadges;

import com.apicatalog.jcs.Jcs;
import com.apicatalog.rdf.api.RdfConsumerException;
import com.apicatalog.rdf.api.RdfQuadConsumer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.json.Json;
import java.io.StringReader;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A document of ours as RDF, straight by our tables of terms. The general way of JSON-LD, which is the library's, does the same for every
 * document there can be, and takes twenty times as long; what is not as plain as ours is left to it ({@link NotPlain}).
 */
final class Quads {

    /** A document that needs the general way. */
    static final class NotPlain extends Exception {

        private static final long serialVersionUID = 1;

        NotPlain() {
            super("Not plain.", null, false, false);
        }
    }

    private static final String RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private static final String XSD = "http://www.w3.org/2001/XMLSchema#";
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:[^\\x00-\\x20<>\"{}|^`\\\\]+");

    private final RdfQuadConsumer to;
    private final List<Terms> vocabularies;
    private int blanks;

    private Quads(RdfQuadConsumer to, List<Terms> vocabularies) {
        this.to = to;
        this.vocabularies = vocabularies;
    }

    /** Says the document in statements. Throws NotPlain where it has anything that we do not write; some statements may be said by then. */
    static void write(ObjectNode document, RdfQuadConsumer to) throws NotPlain, RdfConsumerException {
        var vocabularies = new ArrayList<Terms>();
        for (var context : document.path("@context")) {
            vocabularies.add(
                    context.isTextual()
                            ? Contexts.terms(context.textValue()).orElseThrow(NotPlain::new)
                            : Terms.own(context).orElseThrow(NotPlain::new));
        }
        var bare = document.deepCopy();
        bare.remove("@context");
        new Quads(to, vocabularies.reversed()).node(bare);
    }

    /** Says a node and returns what it is called. */
    private String node(ObjectNode json) throws NotPlain, RdfConsumerException {
        var subject = json.has("id") ? address(json.get("id")) : "_:b" + blanks++;
        var scopes = new ArrayList<Terms>();
        for (var type : types(json.path("type"))) {
            var term = term(type.asText(), List.of());
            say(subject, RDF + "type", term.address(), null);
            if (term.scope() != null) {
                scopes.addFirst(term.scope());
            }
        }
        for (var member : json.properties()) {
            if (!member.getKey().equals("id") && !member.getKey().equals("type")) {
                values(subject, term(member.getKey(), scopes), member.getValue());
            }
        }
        return subject;
    }

    private static Iterable<JsonNode> types(JsonNode type) {
        return type.isTextual() ? List.of(type) : type;
    }

    private Terms.Term term(String name, List<Terms> scopes) throws NotPlain {
        for (var scope : scopes) {
            var term = scope.find(name);
            if (term != null) {
                return term;
            }
        }
        for (var vocabulary : vocabularies) {
            var term = vocabulary.find(name);
            if (term != null) {
                return term;
            }
        }
        throw new NotPlain();
    }

    private void values(String subject, Terms.Term term, JsonNode value) throws NotPlain, RdfConsumerException {
        if (!term.isPlain()) {
            throw new NotPlain();
        }
        if (term.isJson()) {
            say(subject, term.address(), literal(value), RDF + "JSON");
        } else if (value.isArray()) {
            for (var one : value) {
                value(subject, term, one);
            }
        } else {
            value(subject, term, value);
        }
    }

    private void value(String subject, Terms.Term term, JsonNode value) throws NotPlain, RdfConsumerException {
        if (value instanceof ObjectNode object) {
            say(subject, term.address(), node(object), null);
        } else if (value.isTextual()) {
            text(subject, term, value);
        } else if (value.isNumber() && !term.isAddress()) {
            var number = number(value);
            say(subject, term.address(), number, term.datatypeOr(XSD + (number.contains("E") ? "double" : "integer")));
        } else if (value.isBoolean() && !term.isAddress()) {
            say(subject, term.address(), value.asText(), term.datatypeOr(XSD + "boolean"));
        } else {
            throw new NotPlain();
        }
    }

    private void text(String subject, Terms.Term term, JsonNode value) throws NotPlain, RdfConsumerException {
        if (term.isWord()) {
            var scope = term.scope();
            var word = scope == null ? null : scope.find(value.textValue());
            if (word == null) {
                throw new NotPlain();
            }
            say(subject, term.address(), word.address(), null);
        } else if (term.isAddress()) {
            say(subject, term.address(), address(value), null);
        } else {
            say(subject, term.address(), value.textValue(), term.datatypeOr(XSD + "string"));
        }
    }

    private void say(String subject, String predicate, String object, @Nullable String datatype)
            throws RdfConsumerException {
        to.quad(subject, predicate, object, datatype, null, null, null);
    }

    private static String address(JsonNode value) throws NotPlain {
        if (!value.isTextual() || !ADDRESS.matcher(value.textValue()).matches()) {
            throw new NotPlain();
        }
        return value.textValue();
    }

    /** As JSON-LD 1.1 API §8.2.2 writes native numbers: whole ones as they are, others as doubles. */
    private static String number(JsonNode value) throws NotPlain {
        var number = value.decimalValue();
        if (number.abs().compareTo(BigDecimal.valueOf(1_000_000_000_000_000L)) >= 0) {
            throw new NotPlain();
        }
        return number.stripTrailingZeros().scale() <= 0
                ? number.toBigInteger().toString()
                : new DecimalFormat("0.0##############E0", DecimalFormatSymbols.getInstance(Locale.ENGLISH))
                        .format(number.doubleValue());
    }

    private static String literal(JsonNode value) {
        try (var reader = Json.createReader(new StringReader(value.toString()))) {
            return Jcs.canonize(reader.readValue());
        }
    }
}
