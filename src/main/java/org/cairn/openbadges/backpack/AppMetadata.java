package org.cairn.openbadges.backpack;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.cairn.Problem;
import org.cairn.db.Text;

/**
 * What an app says of itself when it registers (RFC 7591 §2), as far as it matters here. Its software statement, its pictures and the page that
 * it calls its own are not kept: nobody here has looked whether they are its.
 */
public record AppMetadata(String name, List<String> redirectUris, Set<Scope> scopes) {

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST = 500;
    private static final int MOST = 10;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /**
     * {@code allowLoopback} takes http addresses of this machine, too.
     *
     * @throws Problem MALFORMED with a code of RFC 7591 §3.2.2
     */
    public static AppMetadata read(JsonNode json, boolean allowLoopback) {
        requireOnly(json, "grant_types", Set.of("authorization_code", "refresh_token"));
        requireOnly(json, "response_types", Set.of("code"));
        if (!json.path("token_endpoint_auth_method")
                .asText("client_secret_basic")
                .equals("client_secret_basic")) {
            throw metadata("The one token_endpoint_auth_method here is client_secret_basic.");
        }
        var scopes = Scope.read(json.path("scope").asText());
        if (!Scope.isSomething(scopes)) {
            throw metadata("Name in scope what you ask for; the discovery document has what there is.");
        }
        return new AppMetadata(name(json.path("client_name")), uris(json, allowLoopback), scopes);
    }

    // What learners read: one line, and nothing that turns the words around it.
    private static String name(JsonNode json) {
        var name = json.asText().strip();
        if (!json.isTextual()
                || name.isEmpty()
                || name.length() > LONGEST_NAME
                || !Text.isKept(name)
                || !name.matches("[^\\p{C}\\p{Zl}\\p{Zp}]+")) {
            throw metadata("The client_name is one line of up to %d characters.".formatted(LONGEST_NAME));
        }
        return name;
    }

    private static List<String> uris(JsonNode json, boolean allowLoopback) {
        var uris = new ArrayList<String>();
        for (var one : json.path("redirect_uris")) {
            if (!one.isTextual() || !isGood(one.textValue(), allowLoopback)) {
                throw redirect("A redirect_uri is an https address without user and fragment, of up to %d characters."
                        .formatted(LONGEST));
            }
            uris.add(one.textValue());
        }
        if (uris.isEmpty() || uris.size() > MOST || !json.path("redirect_uris").isArray()) {
            throw redirect("redirect_uris is a list of 1 to %d addresses.".formatted(MOST));
        }
        return uris;
    }

    private static boolean isGood(String address, boolean allowLoopback) {
        try {
            var uri = new URI(address);
            boolean isSafe = "https".equals(uri.getScheme())
                    || (allowLoopback
                            && "http".equals(uri.getScheme())
                            && LOOPBACK.contains(String.valueOf(uri.getHost())));
            return isSafe
                    && address.length() <= LONGEST
                    && address.matches("[\\x21-\\x7e]+")
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static void requireOnly(JsonNode json, String name, Set<String> known) {
        for (var one : json.path(name)) {
            if (!known.contains(one.asText())) {
                throw metadata("Of %s there are only %s here."
                        .formatted(
                                name, String.join(", ", known.stream().sorted().toList())));
            }
        }
        if (json.has(name) && !json.path(name).isArray()) {
            throw metadata("%s is a list.".formatted(name));
        }
    }

    private static Problem redirect(String sentence) {
        return new Problem(Problem.Kind.MALFORMED, "invalid_redirect_uri", sentence);
    }

    private static Problem metadata(String sentence) {
        return new Problem(Problem.Kind.MALFORMED, "invalid_client_metadata", sentence);
    }
}
