package org.cairn.openbadges;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A name that is resolved on its owner's own domain (the did:web method). */
public final class WebDid {

    private static final String METHOD = "did:web:";
    private static final Pattern HERE = Pattern.compile("(localhost|127\\.0\\.0\\.1)(:\\d+)?");

    private WebDid() {}

    /** Where its document is (§3.2): colons are slashes, and a port is escaped. Throws IllegalArgumentException where it is no did:web. */
    public static String address(String did) {
        if (!did.startsWith(METHOD)) {
            throw new IllegalArgumentException("Not a did:web.");
        }
        var parts = Stream.of(did.substring(METHOD.length()).split(":", -1))
                .map(part -> URLDecoder.decode(part, StandardCharsets.UTF_8))
                .toList();
        var host = parts.getFirst();
        if (parts.stream().anyMatch(part -> !part.matches("[A-Za-z0-9._~:%-]+"))
                || !host.matches("[A-Za-z0-9.-]+(:\\d+)?")
                || parts.stream().skip(1).anyMatch(part -> part.contains(":"))) {
            throw new IllegalArgumentException("Not a did:web.");
        }
        // As verifiers do for who tries things out; Outbound calls no such address unless it was told to.
        var scheme = HERE.matcher(host).matches() ? "http" : "https";
        var path = parts.size() == 1 ? ".well-known" : String.join("/", parts.subList(1, parts.size()));
        return "%s://%s/%s/did.json".formatted(scheme, host, path);
    }

    /** The name whose document is at this address; empty where none can be. */
    public static Optional<String> at(URI address) {
        var path = String.valueOf(address.getPath());
        if (address.getAuthority() == null || !path.endsWith("/did.json") || address.getQuery() != null) {
            return Optional.empty();
        }
        var folder = path.substring(0, path.length() - "/did.json".length());
        var host = METHOD + address.getAuthority().replace(":", "%3A");
        return Optional.of(folder.equals("/.well-known") ? host : host + folder.replace('/', ':'));
    }
}
