package org.cairn.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.cairn.openbadges.backpack.Scope;

/** What apps have to know beforehand: the service description of Open Badges 3.0 §6.3, and the metadata of RFC 8414. */
final class AppDiscovery {

    static final String WELL_KNOWN = "/.well-known/oauth-authorization-server/oauth";
    static final String REGISTRATION = "/oauth/registration";
    static final String AUTHORIZATION = "/oauth/authorization";
    static final String TOKEN = "/oauth/token";
    static final String REVOCATION = "/oauth/revocation";
    static final String SERVICE = StatusInfo.PATH + "discovery";
    static final String CREDENTIALS = StatusInfo.PATH + "credentials";
    static final String PROFILE = StatusInfo.PATH + "profile";

    /** What programs of other sites may ask, too: nothing there goes by cookies. */
    static final List<String> OPEN =
            List.of(SERVICE, CREDENTIALS, PROFILE, WELL_KNOWN, REGISTRATION, TOKEN, REVOCATION);

    private final String publicUrl;
    private final String name;

    /** {@code name} is what the institution is called. */
    AppDiscovery(String publicUrl, String name) {
        this.publicUrl = publicUrl;
        this.name = name;
    }

    /** What Cairn is called where it lets apps in (RFC 9207); wallets have another server. */
    String issuer() {
        return publicUrl + "/oauth";
    }

    void authorizationServer(Context context) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("issuer", issuer());
        json.put("authorization_endpoint", publicUrl + AUTHORIZATION);
        json.put("token_endpoint", publicUrl + TOKEN);
        json.put("registration_endpoint", publicUrl + REGISTRATION);
        json.put("revocation_endpoint", publicUrl + REVOCATION);
        var scopes = json.putArray("scopes_supported");
        List.of(Scope.values()).forEach(one -> scopes.add(one.address()));
        json.putArray("response_types_supported").add("code");
        json.putArray("response_modes_supported").add("query");
        json.putArray("grant_types_supported").add("authorization_code").add("refresh_token");
        json.putArray("token_endpoint_auth_methods_supported").add("client_secret_basic");
        json.putArray("revocation_endpoint_auth_methods_supported").add("client_secret_basic");
        json.putArray("code_challenge_methods_supported").add("S256");
        json.put("authorization_response_iss_parameter_supported", true);
        answer(context, json);
    }

    void service(Context context) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("openapi", "3.0.1");
        json.putObject("info")
                .put("title", name)
                .put("version", "3.0")
                // The one page here that says what people may expect.
                .put("termsOfService", publicUrl + "/privacy")
                .put("x-imssf-privacyPolicyUrl", publicUrl + "/privacy");
        json.putArray("servers").addObject().put("url", publicUrl + "/ims/ob/v3p0");
        json.set("paths", paths());
        var components = json.putObject("components");
        components.putObject("securitySchemes").set("OAuth2ACG", scheme());
        components.putObject("schemas");
        answer(context, json);
    }

    private ObjectNode scheme() {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("type", "oauth2");
        json.put("description", "OAuth 2.0 Authorization Code Grant with PKCE (S256)");
        json.put("x-imssf-registrationUrl", publicUrl + REGISTRATION);
        var flow = json.putObject("flows").putObject("authorizationCode");
        flow.put("authorizationUrl", publicUrl + AUTHORIZATION);
        flow.put("tokenUrl", publicUrl + TOKEN);
        flow.put("refreshUrl", publicUrl + TOKEN);
        flow.putObject("scopes")
                .put(Scope.READ.address(), "Read the credentials that the learner chose.")
                .put(Scope.BRING.address(), "Keep credentials with the learner, each of which is verified.")
                .put(Scope.PROFILE.address(), "Read what the learner is called.")
                .put(Scope.OFFLINE.address(), "Go on without the learner, until she ends it.");
        return json;
    }

    private static ObjectNode paths() {
        var json = JsonNodeFactory.instance.objectNode();
        var credentials = json.putObject("/credentials");
        credentials.set("get", operation("getCredentials", Scope.READ, "200"));
        credentials.set("post", operation("upsertCredential", Scope.BRING, "200", "201"));
        json.putObject("/profile").set("get", operation("getProfile", Scope.PROFILE, "200"));
        return json;
    }

    private static ObjectNode operation(String id, Scope scope, String... answers) {
        var json = JsonNodeFactory.instance.objectNode().put("operationId", id);
        json.putArray("security").addObject().putArray("OAuth2ACG").add(scope.address());
        var responses = json.putObject("responses");
        for (var answer : answers) {
            responses.putObject(answer).put("description", "It was done.");
        }
        responses.putObject("default").put("description", "It was not done; an Imsx_StatusInfo says why.");
        return json;
    }

    private static void answer(Context context, ObjectNode json) {
        context.header("Cache-Control", "public, max-age=3600");
        context.contentType("application/json").result(json.toString().getBytes(StandardCharsets.UTF_8));
    }
}
