package org.cairn.outbound;

import java.net.URI;
import java.util.Map;

/**
 * One request to another system. Headers and body may hold secrets and are never told by toString.
 *
 * @param isLarge whether the answer may be as long as a whole course's grades, and may take as long as those do
 */
public record Call(String method, URI uri, Map<String, String> headers, byte[] body, boolean isLarge) {

    private static final byte[] NOTHING = {};

    public Call {
        headers = Map.copyOf(headers);
    }

    public Call(String method, URI uri, Map<String, String> headers, byte[] body) {
        this(method, uri, headers, body, false);
    }

    /** A GET that accepts exactly one media type: Moodle answers 400 to a list of them. */
    public static Call get(URI uri, String accept) {
        return new Call("GET", uri, Map.of("Accept", accept), NOTHING);
    }

    public static Call post(URI uri, String accept, String contentType, byte[] body) {
        return new Call("POST", uri, Map.of("Accept", accept, "Content-Type", contentType), body);
    }

    /** The same call, with a large answer. */
    public Call large() {
        return new Call(method, uri, headers, body, true);
    }

    /** The same call under a bearer token. */
    public Call under(String token) {
        var all = new java.util.HashMap<>(headers);
        all.put("Authorization", "Bearer " + token);
        return new Call(method, uri, all, body, isLarge);
    }

    @Override
    public String toString() {
        return method + " " + uri.getHost();
    }
}
