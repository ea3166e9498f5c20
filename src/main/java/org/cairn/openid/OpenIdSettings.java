package org.cairn.openid;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where operators may sign in.
 *
 * @param issuer exactly as the provider writes it in its tokens
 * @param clientSecret null for a client without one: PKCE protects the code either way
 */
public record OpenIdSettings(
        String issuer, String clientId, @Nullable String clientSecret) {

    /** Throws IllegalArgumentException where the issuer is no address without query, or the client's id is empty. */
    public OpenIdSettings {
        var address = URI.create(issuer);
        if (address.getHost() == null || address.getRawQuery() != null || address.getRawFragment() != null) {
            throw new IllegalArgumentException("--oidc-issuer is an address such as https://login.example.edu.");
        }
        if (clientId.isBlank()) {
            throw new IllegalArgumentException("--oidc-client-id is missing: it comes with --oidc-issuer.");
        }
    }

    /** Null where no issuer is given. */
    public static @Nullable OpenIdSettings of(
            @Nullable String issuer, @Nullable String clientId, @Nullable String clientSecret) {
        return issuer == null || issuer.isBlank()
                ? null
                : new OpenIdSettings(issuer, clientId == null ? "" : clientId, clientSecret);
    }

    @Override
    public String toString() {
        return "OpenIdSettings[" + issuer + "]";
    }
}
