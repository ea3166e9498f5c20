package org.cairn.openbadges.backpack;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.cairn.Problem;

/**
 * What an app asks a learner for (RFC 6749 §4.1.1, RFC 7636 §4.3).
 *
 * @param scopes what it asks for and may ask for
 * @param challenge the S256 challenge that its verifier has to fit
 */
public record AuthorizationRequest(Addressee addressee, Set<Scope> scopes, String challenge) {

    /** The parameters that are read; others are not (RFC 6749 §3.1). */
    public static final List<String> PARAMETERS = List.of(
            "response_type",
            "client_id",
            "redirect_uri",
            "scope",
            "state",
            "code_challenge",
            "code_challenge_method",
            "response_mode");

    private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");

    public AuthorizationRequest {
        scopes = Set.copyOf(scopes);
    }

    /**
     * Reads what the addressee asks for.
     *
     * @throws Problem MALFORMED with a code of RFC 6749 §4.1.2.1
     */
    public static AuthorizationRequest read(Map<String, List<String>> parameters, Addressee addressee) {
        for (var name : new TreeSet<>(PARAMETERS)) {
            require(
                    parameters.getOrDefault(name, List.of()).size() <= 1,
                    "invalid_request",
                    "It sent %s twice.".formatted(name));
        }
        var values = parameters.entrySet().stream()
                .filter(one -> !one.getValue().isEmpty())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, one -> one.getValue().getFirst()));
        require(
                values.getOrDefault("response_type", "").equals("code"),
                "unsupported_response_type",
                "It asked for another response_type than code.");
        require(
                values.getOrDefault("response_mode", "query").equals("query"),
                "invalid_request",
                "It asked for another response_mode than query.");
        var challenge = values.getOrDefault("code_challenge", "");
        require(
                CHALLENGE.matcher(challenge).matches()
                        && values.getOrDefault("code_challenge_method", "plain").equals("S256"),
                "invalid_request",
                "It sent no code_challenge with the code_challenge_method S256.");
        require(
                addressee.state() != null || values.getOrDefault("state", "").isEmpty(),
                "invalid_request",
                "Its state is too long.");
        var scopes = Scope.read(values.getOrDefault("scope", ""));
        scopes.retainAll(addressee.app().scopes());
        require(Scope.isSomething(scopes), "invalid_scope", "It asked for nothing that it registered for.");
        return new AuthorizationRequest(addressee, scopes, challenge);
    }

    private static void require(boolean isRight, String error, String sentence) {
        if (!isRight) {
            throw new Problem(Problem.Kind.MALFORMED, error, sentence);
        }
    }
}
