package org.cairn.lti.registration;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.cairn.Problem;

/**
 * What an LMS says of itself before it registers Cairn (Dynamic Registration 1.0 §3.4), checked: every address is https, lies on the
 * issuer's own host or where its product is documented to lie, and the issuer's host is the one that was asked.
 *
 * @param product the product_family_code as it was said; empty where it was not
 * @param name what the LMS calls the institution, or else its host
 * @param tokenAudience what {@code aud} of a token request is
 * @param messages the kinds of launches that it knows; empty where it does not say
 * @param scopes the scopes that it knows; empty where it does not say
 */
public record PlatformConfiguration(
        String issuer,
        URI authorizationEndpoint,
        URI tokenEndpoint,
        String tokenAudience,
        URI keySet,
        URI registrationEndpoint,
        String product,
        String version,
        String name,
        Set<String> messages,
        Set<String> scopes) {

    static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(32)
                            .maxNumberLength(100)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    private static final String CLAIM = "https://purl.imsglobal.org/spec/lti-platform-configuration";
    private static final int MOST_NAMES = 500;

    public PlatformConfiguration {
        messages = Set.copyOf(messages);
        scopes = Set.copyOf(scopes);
    }

    /** Whose pages may show Cairn in a frame: the LMS is at its issuer, and Canvas where its institution registers. */
    public List<String> origins() {
        return Stream.of(URI.create(issuer), authorizationEndpoint, registrationEndpoint)
                .map(PlatformConfiguration::origin)
                .distinct()
                .toList();
    }

    /** Whether registrations are taken by the issuer itself, and not by a host that an institution may point wherever it likes. */
    boolean registersAtIssuer() {
        return origin(registrationEndpoint).equals(origin(URI.create(issuer)));
    }

    /** The address of a configuration, as an LMS hands it over: no fragment (§3.3). Throws Problem MALFORMED. */
    static URI address(String text) {
        try {
            var address = new URI(text);
            if (text.length() <= 4000
                    && address.getHost() != null
                    && address.getRawFragment() == null
                    && address.getRawUserInfo() == null) {
                return address;
            }
        } catch (java.net.URISyntaxException e) {
            // Said below.
        }
        throw new Problem(
                Problem.Kind.MALFORMED,
                "configuration_address_refused",
                "The LMS said where its configuration lies in a form that Cairn does not take: it has to be a plain https address without a"
                        + " fragment (openid_configuration).");
    }

    /**
     * Reads what was fetched from {@code address}. Throws Problem UNPROCESSABLE, naming what is wrong.
     *
     * @param allowsHttp for development: also http endpoints
     */
    static PlatformConfiguration read(URI address, byte[] body, boolean allowsHttp) {
        return new Reading(address, parse(body), allowsHttp).read();
    }

    private static JsonNode parse(byte[] body) {
        try {
            var json = JSON.readTree(body);
            if (json != null && json.isObject()) {
                return json;
            }
        } catch (IOException e) {
            // Said below.
        }
        throw refused(
                "configuration_unreadable",
                "What the LMS gave as its configuration is not a JSON document that Cairn can read; it may be an error page, or a login.");
    }

    private static Problem refused(String code, String sentence) {
        return new Problem(Problem.Kind.UNPROCESSABLE, code, sentence);
    }

    /** Scheme, host and port, in lower case; the port left out where it is the scheme's own. */
    static String origin(URI address) {
        var scheme = address.getScheme().toLowerCase(Locale.ROOT);
        boolean isUsual = address.getPort() == -1 || address.getPort() == (scheme.equals("https") ? 443 : 80);
        return scheme + "://" + host(address) + (isUsual ? "" : ":" + address.getPort());
    }

    static String host(URI address) {
        return address.getHost().toLowerCase(Locale.ROOT);
    }

    private record Reading(URI address, JsonNode json, boolean allowsHttp) {

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
                    endpoint(
                            "registration_endpoint",
                            issuer,
                            product,
                            product.takesRegistrationsElsewhere(host(issuer))),
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
                        && String.valueOf(uri.getScheme())
                                .toLowerCase(Locale.ROOT)
                                .matches("https?")) {
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
                    || value.textValue().length() > 1000) {
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
            return said.startsWith("https://") && said.length() <= 1000 ? said : tokenEndpoint.toString();
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
            var line = text.replaceAll("\\p{Cntrl}", " ").strip();
            return line.substring(0, Math.min(line.length(), longest));
        }
    }
}
