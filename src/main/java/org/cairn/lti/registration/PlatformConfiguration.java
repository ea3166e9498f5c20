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
        return new ConfigurationReading(address, parse(body), allowsHttp).read();
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

    static Problem refused(String code, String sentence) {
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
}
