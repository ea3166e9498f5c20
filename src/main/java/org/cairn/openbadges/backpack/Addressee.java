package org.cairn.openbadges.backpack;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cairn.Problem;
import org.jspecify.annotations.Nullable;

/**
 * To whom an answer to an authorization request may go: an app that is known, at an address that it registered, letter by letter (RFC 9700 §2.1).
 *
 * @param state what the app wants to have back; null where it sent none
 */
public record Addressee(
        App app, String redirectUri, @Nullable String state) {

    private static final int LONGEST = 2000;

    /**
     * Reads it from a request's parameters; {@code apps} finds an app by its id.
     *
     * @throws Problem MALFORMED where nobody may be answered
     */
    public static Addressee read(Map<String, List<String>> parameters, Function<String, Optional<App>> apps) {
        var app = one(parameters, "client_id")
                .flatMap(apps)
                .orElseThrow(
                        () -> new Problem(
                                Problem.Kind.MALFORMED,
                                "app_unknown",
                                "The app that sent you here is not known to Cairn, or no longer; begin again in the app, which has to register anew."));
        var address = one(parameters, "redirect_uri")
                .filter(app.redirectUris()::contains)
                .orElseThrow(
                        () -> new Problem(
                                Problem.Kind.MALFORMED,
                                "redirect_uri_unknown",
                                "The app wants your answer sent to an address that it has not registered, so nothing is sent; tell whoever makes the app."));
        return new Addressee(
                app,
                address,
                one(parameters, "state")
                        .filter(text -> text.length() <= LONGEST)
                        .orElse(null));
    }

    /** The host that an answer goes to. */
    public String host() {
        return String.valueOf(URI.create(redirectUri).getRawAuthority());
    }

    /** Where the browser goes when she has let the app in (RFC 6749 §4.1.2, RFC 9207). */
    public String accepted(String code, Set<Scope> scopes, String issuer) {
        var answer = new LinkedHashMap<String, String>();
        answer.put("code", code);
        answer.put("scope", Scope.write(scopes));
        return with(answer, issuer);
    }

    /** Where it goes when she has not (RFC 6749 §4.1.2.1). */
    public String refused(String error, String sentence, String issuer) {
        var answer = new LinkedHashMap<String, String>();
        answer.put("error", error);
        answer.put("error_description", sentence);
        return with(answer, issuer);
    }

    private String with(Map<String, String> answer, String issuer) {
        if (state != null) {
            answer.put("state", state);
        }
        answer.put("iss", issuer);
        var query = answer.entrySet().stream()
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return redirectUri + (redirectUri.contains("?") ? "&" : "?") + query;
    }

    /** The one value of this name; empty where there is none, or more. */
    static Optional<String> one(Map<String, List<String>> parameters, String name) {
        var values = parameters.getOrDefault(name, List.of());
        return values.size() == 1 && !values.getFirst().isEmpty() ? Optional.of(values.getFirst()) : Optional.empty();
    }
}
