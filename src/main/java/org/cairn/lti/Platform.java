package org.cairn.lti;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.cairn.PlatformId;

/**
 * One registration with an LMS: who it says it is, and where it is spoken to.
 *
 * @param issuer exactly as the LMS sends it; compared as text
 * @param product the LMS's family ("moodle", "canvas"), for its known ways; empty where unknown
 * @param tokenAudience what {@code aud} of a token request is; mostly the token endpoint
 * @param algorithm what id_tokens are signed with; nothing else is accepted
 * @param frameOrigins whose pages may show Cairn in a frame
 */
public record Platform(
        PlatformId id,
        String issuer,
        String clientId,
        String name,
        String product,
        URI authorizationEndpoint,
        URI tokenEndpoint,
        String tokenAudience,
        URI keySet,
        String algorithm,
        List<String> frameOrigins,
        boolean anonymousLaunches) {

    public Platform {
        frameOrigins = List.copyOf(frameOrigins);
    }

    /** The same, framed by these origins' pages, with or without launches of nobody in particular. */
    public Platform with(List<String> origins, boolean anonymous) {
        return new Platform(
                id,
                issuer,
                clientId,
                name,
                product,
                authorizationEndpoint,
                tokenEndpoint,
                tokenAudience,
                keySet,
                algorithm,
                origins,
                anonymous);
    }

    /** Whether an address from a claim lies where this registration says that the LMS is: a bearer token goes nowhere else. */
    public boolean isItsOwn(URI address) {
        return address.getHost() != null && origins().anyMatch(origin(address)::equals);
    }

    // The most likely first, and none is read before it is asked for: each launch asks several times.
    private Stream<String> origins() {
        var endpoints = Stream.of(authorizationEndpoint, tokenEndpoint, keySet);
        var others = Stream.concat(Stream.of(issuer), frameOrigins.stream())
                .filter(text -> text.startsWith("http"))
                .map(URI::create);
        return Stream.concat(endpoints, others).map(Platform::origin);
    }

    /** Scheme, host and port, in lower case. */
    static String origin(URI address) {
        return (address.getScheme() + "://" + address.getRawAuthority()).toLowerCase(Locale.ROOT);
    }
}
