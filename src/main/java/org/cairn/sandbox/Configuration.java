package org.cairn.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What this LMS says of itself to a tool that wants to register (Dynamic Registration 1.0 §3.4). */
final class Configuration {

    private static final List<String> CLAIMS = List.of("sub", "iss", "name", "given_name", "family_name", "email");
    private static final String PLATFORM = "https://purl.imsglobal.org/spec/lti-platform-configuration";

    private final Lms lms;

    Configuration(Lms lms) {
        this.lms = lms;
    }

    /** {@code invitation} goes into the address to register at, where no token is sent. */
    ObjectNode describe(@Nullable String invitation) {
        var profile = lms.profile;
        var json = Lms.JSON.createObjectNode();
        json.put("issuer", lms.issuer())
                .put("token_endpoint", lms.url + profile.token)
                .put("jwks_uri", lms.url + profile.keySet)
                .put("authorization_endpoint", lms.url + profile.authorization)
                .put(
                        "registration_endpoint",
                        lms.url + profile.registration + (invitation == null ? "" : "?invitation=" + invitation));
        if (profile == Profile.BRIGHTSPACE) {
            json.put("authorization_server", Profile.BRIGHTSPACE_AUDIENCE);
        }
        json.putArray("token_endpoint_auth_methods_supported").add("private_key_jwt");
        json.putArray("token_endpoint_auth_signing_alg_values_supported").add("RS256");
        Scopes.ALL.stream()
                .filter(this::isOffered)
                .forEach(json.putArray("scopes_supported").add("openid")::add);
        json.putArray("response_types_supported").add("id_token");
        json.putArray("subject_types_supported").add("public").add("pairwise");
        json.putArray("id_token_signing_alg_values_supported").add("RS256");
        CLAIMS.forEach(json.putArray("claims_supported")::add);
        describe(json.putObject(PLATFORM));
        return json;
    }

    private void describe(ObjectNode platform) {
        platform.put("product_family_code", lms.profile.product).put("version", lms.profile.version);
        var messages = platform.putArray("messages_supported");
        messages.addObject().put("type", "LtiResourceLinkRequest");
        var choosing = messages.addObject().put("type", "LtiDeepLinkingRequest").putArray("placements");
        if (lms.profile == Profile.CANVAS) {
            choosing.add("assignment_selection").add("link_selection");
            messages.addObject().put("type", "LtiDataPrivacyLaunchRequest");
            platform.put("https://canvas.instructure.com/lti/account_name", "Example University");
        } else {
            choosing.add("ContentArea");
        }
        if (lms.switches.notices) {
            Notices.TYPES.forEach(
                    platform.putArray("https://purl.imsglobal.org/spec/lti/claim/notice_types_supported")::add);
        }
        var variables = platform.putArray("variables");
        Variables.NAMES.forEach(variables::add);
        if (lms.profile.knowsLinkHistory()) {
            variables.add("ResourceLink.id.history");
        }
    }

    private boolean isOffered(String scope) {
        return switch (scope) {
            case Scopes.NOTICES -> lms.switches.notices;
            case Scopes.GROUPS -> lms.switches.groups;
            default -> true;
        };
    }
}
