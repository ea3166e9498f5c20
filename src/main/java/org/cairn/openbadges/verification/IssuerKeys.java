package org.cairn.openbadges.verification;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cairn.Problem;
import org.cairn.openbadges.WebDid;

/**
 * Finds the key that a signature names, and whether it is its issuer's: the issuer is that key (did:key), or says so in its own document
 * (did:web, or an issuer that is an https address), or publishes it on its own host as a key set or a single key.
 */
final class IssuerKeys {

    sealed interface Answer {

        record Own(VerificationKey key) implements Answer {}

        /** The key is not the issuer's, or is none. */
        record Foreign(String sentence) implements Answer {}

        /** Whether it is could not be found out. */
        record Unknown(String sentence) implements Answer {}
    }

    private final Fetches fetches;

    IssuerKeys(Fetches fetches) {
        this.fetches = fetches;
    }

    /** {@code method} is what the signature calls its key: a token's kid, a proof's verificationMethod. */
    Answer find(String issuer, String method, Instant at) {
        try {
            return issuer.startsWith("did:") ? ofDid(issuer, method, at) : ofAddress(issuer, method, at);
        } catch (Problem problem) {
            return new Answer.Unknown("Its issuer's keys could not be fetched: " + problem.sentence());
        } catch (IllegalArgumentException e) {
            return new Answer.Foreign("The signature names no key of a kind that signs credentials.");
        }
    }

    private Answer ofDid(String issuer, String method, Instant at) {
        if (!base(method).equals(issuer)) {
            return foreign();
        }
        if (issuer.startsWith("did:key:")) {
            var multibase = issuer.substring("did:key:".length());
            return method.equals(issuer + "#" + multibase)
                    ? new Answer.Own(VerificationKey.ofMultibase(multibase))
                    : foreign();
        }
        if (issuer.startsWith("did:web:")) {
            return inDocument(fetches.json(WebDid.address(issuer)), issuer, method, at);
        }
        return new Answer.Unknown("Its issuer is named in a way that is not known here (%s)."
                .formatted(Stream.of(issuer.split(":", 3)).limit(2).collect(Collectors.joining(":"))));
    }

    private Answer ofAddress(String issuer, String method, Instant at) {
        var address = base(method);
        // Any other host could be anybody's.
        if (!origin(address).equals(origin(issuer))) {
            return foreign();
        }
        var document = fetches.json(address);
        if (address.equals(issuer) || issuer.equals(document.path("id").asText())) {
            return inDocument(document, issuer, method, at);
        }
        return alone(document, issuer, method, at);
    }

    /** A controller document (Controlled Identifiers 1.0 §2.1): the issuer's own, naming the key as one that it asserts with. */
    private static Answer inDocument(JsonNode document, String issuer, String method, Instant at) {
        if (!issuer.equals(document.path("id").asText())) {
            return foreign();
        }
        boolean isAsserted = false;
        var methods = new ArrayList<JsonNode>();
        document.path("verificationMethod").forEach(methods::add);
        for (var named : document.path("assertionMethod")) {
            isAsserted |= absolute(named.isObject() ? named.path("id") : named, issuer)
                    .equals(method);
            methods.add(named);
        }
        var found = methods.stream()
                .filter(one -> absolute(one.path("id"), issuer).equals(method))
                .findFirst();
        return isAsserted && found.isPresent() ? own(found.get(), issuer, at) : foreign();
    }

    /** What an address of the issuer's host has alone: a key set, a JSON Web Key, or a key that names the issuer as its controller. */
    private static Answer alone(JsonNode document, String issuer, String method, Instant at) {
        if (document.has("keys")) {
            var names = List.of(method, method.substring(method.indexOf('#') + 1));
            for (var key : document.path("keys")) {
                if (names.contains(key.path("kid").asText())) {
                    return new Answer.Own(VerificationKey.ofJwk(key));
                }
            }
            return foreign();
        }
        if (document.has("kty")) {
            return new Answer.Own(VerificationKey.ofJwk(document));
        }
        return method.equals(document.path("id").asText()) ? own(document, issuer, at) : foreign();
    }

    private static Answer own(JsonNode method, String issuer, Instant at) {
        if (!issuer.equals(method.path("controller").asText())) {
            return foreign();
        }
        if (isOver(method.path("revoked"), at) || isOver(method.path("expires"), at)) {
            return new Answer.Foreign("Its issuer no longer stands by the key that signed it.");
        }
        return new Answer.Own(
                method.has("publicKeyJwk")
                        ? VerificationKey.ofJwk(method.get("publicKeyJwk"))
                        : VerificationKey.ofMultibase(
                                method.path("publicKeyMultibase").asText()));
    }

    private static boolean isOver(JsonNode date, Instant at) {
        try {
            return !date.isMissingNode()
                    && !at.isBefore(OffsetDateTime.parse(date.asText()).toInstant());
        } catch (DateTimeException e) {
            // A key that may have ended has ended.
            return true;
        }
    }

    private static Answer foreign() {
        return new Answer.Foreign("The key that the signature names is not one that its issuer calls its own.");
    }

    private static String absolute(JsonNode id, String document) {
        var text = id.asText();
        return text.startsWith("#") ? document + text : text;
    }

    private static String base(String method) {
        return method.split("#", 2)[0];
    }

    private static Origin origin(String address) {
        var uri = URI.create(address);
        if (uri.getHost() == null || uri.getScheme() == null) {
            throw new IllegalArgumentException("Not an address.");
        }
        return new Origin(
                uri.getScheme().toLowerCase(Locale.ROOT), uri.getHost().toLowerCase(Locale.ROOT), uri.getPort());
    }

    private record Origin(String scheme, String host, int port) {}
}
