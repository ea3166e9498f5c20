package org.cairn.sandbox;

import io.javalin.http.Context;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Access tokens by client credentials with a signed assertion (Security Framework 1.0 §4.1). Moodle sends them as text/html. */
final class Tokens {

    /** What a token is good for, and whose it is. */
    record Grant(Tool tool, Set<String> scopes) {}

    private static final String ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private final Lms lms;
    private final Addresses addresses;
    private final ToolKeys toolKeys;
    private final Map<String, Grant> grants = new ConcurrentHashMap<>();

    Tokens(Lms lms, ToolKeys toolKeys) {
        this.lms = lms;
        this.addresses = new Addresses(lms);
        this.toolKeys = toolKeys;
    }

    void issue(Context context) {
        context.contentType(lms.profile == Profile.MOODLE ? "text/html; charset=utf-8" : "application/json");
        boolean isForm = "client_credentials".equals(context.formParam("grant_type"))
                && ASSERTION.equals(context.formParam("client_assertion_type"));
        if (!isForm) {
            refuse(context, "unsupported_grant_type");
            return;
        }
        var tool = client(String.valueOf(context.formParam("client_assertion")));
        if (tool.isEmpty()) {
            refuse(context, "invalid_client");
            return;
        }
        var scopes = Arrays.stream(String.valueOf(context.formParam("scope")).split(" "))
                .filter(tool.get().scopes()::contains)
                .filter(scope -> Scopes.isOpen(scope, lms.switches.gradeSync))
                .collect(Collectors.toSet());
        if (scopes.isEmpty()) {
            refuse(context, "invalid_scope");
            return;
        }
        var token = UUID.randomUUID().toString().replace("-", "");
        grants.put(token, new Grant(tool.get(), scopes));
        context.result(Lms.JSON
                .createObjectNode()
                .put("access_token", token)
                .put("token_type", "Bearer")
                .put("expires_in", 3600)
                .put("scope", String.join(" ", scopes))
                .toString());
    }

    /** What the token of a call is good for, if it has one of ours. */
    Optional<Grant> find(Context context) {
        var authorization = String.valueOf(context.header("Authorization"));
        return authorization.startsWith("Bearer ")
                ? Optional.ofNullable(grants.get(authorization.substring(7)))
                : Optional.empty();
    }

    /** Whose assertion it is. There is no leeway for clocks. */
    private Optional<Tool> client(String assertion) {
        for (var tool : lms.tools()) {
            var signed = toolKeys.verified(tool, assertion).filter(jwt -> {
                var now = lms.now();
                return tool.clientId().equals(jwt.getSubject())
                        && tool.clientId().equals(jwt.getIssuer())
                        && jwt.getAudience() != null
                        && jwt.getAudience().contains(addresses.tokenAudience())
                        && jwt.getIssuedAt() != null
                        && jwt.getExpiresAt() != null
                        && jwt.getIssuedAtAsInstant().isBefore(now)
                        && jwt.getExpiresAtAsInstant().isAfter(now);
            });
            if (signed.isPresent()) {
                return Optional.of(tool);
            }
        }
        return Optional.empty();
    }

    private static void refuse(Context context, String error) {
        context.status(400).result("{\"error\":\"" + error + "\"}");
    }
}
