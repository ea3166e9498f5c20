package org.cairn.lti.registration;

import static org.cairn.lti.registration.PlatformConfiguration.host;
import static org.cairn.lti.registration.PlatformConfiguration.origin;
import static org.cairn.lti.registration.PlatformConfiguration.refused;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.cairn.db.Text;

/** One reading of a configuration that was fetched from {@code address}: what is trusted is read strictly, and the rest is optional. */
record ConfigurationReading(URI address, JsonNode json, boolean allowsHttp) {

    private static final String CLAIM = "https://purl.imsglobal.org/spec/lti-platform-configuration";
    private static final int MOST_NAMES = 500;

    PlatformConfiguration read() {
        var issuer = issuer();
        var claim = json.path(CLAIM);
        var product = Product.of(claim.path("product_family_code").asText(""));
        var tokenEndpoint = endpoint("token_endpoint", issuer, product, false);
        checkAlgorithm();
        return new PlatformConfiguration(
                text("issuer"),
                endpoint("authorization_endpoint", issuer, product, false),
                tokenEndpoint,
                audience(product, tokenEndpoint),
                endpoint("jwks_uri", issuer, product, false),
                endpoint("registration_endpoint", issuer, product, product.takesRegistrationsElsewhere(host(issuer))),
                product.name(),
                line(claim.path("version").asText(""), 100),
                name(claim, issuer),
                messages(claim),
                texts(json.path("scopes_supported")));
    }

    /** §3.4: whoever is asked speaks for its own host only. */
    private URI issuer() {
        var issuer = uri("issuer");
        if (!origin(issuer).equals(origin(address))) {
            throw refused(
                    "issuer_elsewhere",
                    "The configuration lies on %s and speaks for another LMS, %s; Cairn believes an LMS only about itself."
                            .formatted(host(address), host(issuer)));
        }
        return issuer;
    }

    private URI endpoint(String member, URI issuer, Product product, boolean mayBeElsewhere) {
        var endpoint = uri(member);
        if (!endpoint.getScheme().equalsIgnoreCase("https") && !allowsHttp) {
            throw refused("endpoint_insecure", "The LMS's %s is not an https address.".formatted(member));
        }
        if (!origin(endpoint).equals(origin(issuer))
                && !product.knows(host(issuer), host(endpoint))
                && !mayBeElsewhere) {
            throw refused(
                    "endpoint_elsewhere",
                    "The LMS's %s lies on another host, %s, and is not known to belong to it; connect this LMS by hand."
                            .formatted(member, host(endpoint)));
        }
        return endpoint;
    }

    private URI uri(String member) {
        try {
            var uri = new URI(text(member));
            if (uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null
                    && String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT).matches("https?")) {
                return uri;
            }
        } catch (java.net.URISyntaxException e) {
            // Said below.
        }
        throw refused(
                "configuration_incomplete",
                "The LMS's configuration has a %s that is no web address.".formatted(member));
    }

    private String text(String member) {
        var value = json.path(member);
        if (!value.isTextual()
                || value.textValue().isBlank()
                || value.textValue().length() > 1000
                || !Text.isKept(value.textValue())) {
            throw refused(
                    "configuration_incomplete",
                    "The LMS's configuration lacks %s, or has it in a form that Cairn does not take."
                            .formatted(member));
        }
        return value.textValue();
    }

    private void checkAlgorithm() {
        var algorithms = texts(json.path("id_token_signing_alg_values_supported"));
        if (!algorithms.isEmpty() && !algorithms.contains("RS256")) {
            throw refused(
                    "algorithm_unsupported", "The LMS does not sign with RS256, and Cairn believes nothing else.");
        }
    }

    /** Security Framework 1.0 §4.1.1: what the LMS says, where that is an address; Canvas says a bare host, and means the endpoint. */
    private String audience(Product product, URI tokenEndpoint) {
        if (product.tokenAudience() != null) {
            return product.tokenAudience();
        }
        var said = json.path("authorization_server").asText("");
        return said.startsWith("https://") && said.length() <= 1000 && Text.isKept(said)
                ? said
                : tokenEndpoint.toString();
    }

    private String name(JsonNode claim, URI issuer) {
        var said = line(claim.path(Product.CANVAS_PREFIX + "account_name").asText(""), 255);
        return said.isEmpty() ? host(issuer) : said;
    }

    private static Set<String> messages(JsonNode claim) {
        var messages = new TreeSet<String>();
        claim.path("messages_supported").forEach(message -> {
            var type = message.path("type").asText("");
            if (!type.isEmpty() && type.length() <= 100 && messages.size() < MOST_NAMES) {
                messages.add(type);
            }
        });
        return messages;
    }

    private static Set<String> texts(JsonNode list) {
        var texts = new TreeSet<String>();
        list.forEach(one -> {
            if (one.isTextual() && one.textValue().length() <= 255 && texts.size() < MOST_NAMES) {
                texts.add(one.textValue());
            }
        });
        return texts;
    }

    private static String line(String text, int longest) {
        var line = text.replaceAll("[\\p{Cntrl}\\p{Cs}]", " ").strip();
        return Text.cut(line, longest);
    }
}
