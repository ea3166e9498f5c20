package org.cairn.outbound;

import java.net.URI;
import java.util.Map;

/** One request to another system. Headers and body may hold secrets and are never told by toString. */
public record Call(String method, URI uri, Map<String, String> headers, byte[] body) {

    private static final byte[] NOTHING = {};

    public Call {
        headers = Map.copyOf(headers);
    }

    /** A GET that accepts exactly one media type: Moodle answers 400 to a list of them. */
    public static Call get(URI uri, String accept) {
        return new Call("GET", uri, Map.of("Accept", accept), NOTHING);
    }

    public static Call post(URI uri, String accept, String contentType, byte[] body) {
        return new Call("POST", uri, Map.of("Accept", accept, "Content-Type", contentType), body);
    }

    /** The same call under a bearer token. */
    public Call under(String token) {
        var all = new java.util.HashMap<>(headers);
        all.put("Authorization", "Bearer " + token);
        return new Call(method, uri, all, body);
    }

    @Override
    public String toString() {
        return method + " " + uri.getHost();
    }
}
