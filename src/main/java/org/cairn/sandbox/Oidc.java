package org.cairn.sandbox;

import com.auth0.jwt.algorithms.Algorithm;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** The sandbox as an OpenID provider: login initiation, authentication request, id_token. As strict as Moodle 4.5 was measured. */
final class Oidc {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LTI = "https://purl.imsglobal.org/spec/lti/claim/";

    /** Somebody on the way to the tool: good for one authentication request. */
    record Pending(Person person, Course course) {}

    /** Where the browser goes next, with a form that posts itself. */
    record FormPost(String action, Map<String, String> fields) {}

    private final String url;
    private final Tool tool;
    private final KeyPair keys = keys();
    private final String kid = UUID.randomUUID().toString().substring(0, 8);
    private final Map<String, Pending> pending = new ConcurrentHashMap<>();
    private volatile UnaryOperator<ObjectNode> claims = UnaryOperator.identity();

    Oidc(String url, Tool tool) {
        this.url = url;
        this.tool = tool;
    }

    /** Changes the claims of every id_token from now on: for launches that a tool has to refuse. */
    void change(UnaryOperator<ObjectNode> change) {
        this.claims = change;
    }

    /** Security Framework 1.0 §5.1.1.1, as a form to be posted. */
    FormPost initiation(Person person, Course course) {
        var launch = UUID.randomUUID().toString();
        pending.put(launch, new Pending(person, course));
        var fields = new LinkedHashMap<String, String>();
        fields.put("iss", url);
        fields.put("target_link_uri", tool.targetLinkUri().toString());
        fields.put("login_hint", person.sub());
        fields.put(
                "lti_message_hint",
                JSON.createObjectNode().put("cmid", 7).put("launchid", launch).toString());
        fields.put("client_id", tool.clientId());
        fields.put("lti_deployment_id", tool.deploymentId());
        return new FormPost(tool.loginUri().toString(), fields);
    }

    /** The authentication request (§5.1.1.2), answered by a form to be posted to the tool. */
    FormPost authorize(Map<String, String> request) throws com.fasterxml.jackson.core.JsonProcessingException {
        // Only a registered address is ever posted to, so this is checked before anything that would be answered there.
        Answers.require(tool.launchUri().toString().equals(request.get("redirect_uri")), 400, "Invalid request");
        var hint = JSON.readTree(request.getOrDefault("lti_message_hint", "{}"));
        var launch = pending.remove(hint.path("launchid").asText());
        if (launch == null) {
            throw new Answers(400, "Invalid request");
        }
        var error = error(request, launch);
        if (!error.isEmpty()) {
            return new FormPost(
                    tool.launchUri().toString(), Map.of("error", error, "state", request.getOrDefault("state", "")));
        }
        var fields = new LinkedHashMap<String, String>();
        fields.put("id_token", idToken(launch, request.get("nonce")));
        fields.put("state", request.getOrDefault("state", ""));
        return new FormPost(tool.launchUri().toString(), fields);
    }

    Map<String, Object> keySet() {
        var key = (RSAPublicKey) keys.getPublic();
        var base64 = Base64.getUrlEncoder().withoutPadding();
        return Map.of(
                "keys",
                java.util.List.of(Map.of(
                        "kty",
                        "RSA",
                        "alg",
                        "RS256",
                        "use",
                        "sig",
                        "kid",
                        kid,
                        "n",
                        base64.encodeToString(unsigned(key.getModulus().toByteArray())),
                        "e",
                        base64.encodeToString(unsigned(key.getPublicExponent().toByteArray())))));
    }

    private String error(Map<String, String> request, Pending launch) {
        if (!tool.clientId().equals(request.get("client_id"))) {
            return "unauthorized_client";
        }
        boolean isWellFormed = "openid".equals(request.get("scope"))
                && "id_token".equals(request.get("response_type"))
                && "form_post".equals(request.get("response_mode"))
                && "none".equals(request.getOrDefault("prompt", "none"))
                && !request.getOrDefault("nonce", "").isEmpty();
        if (!isWellFormed) {
            return "invalid_request";
        }
        return launch.person().sub().equals(request.get("login_hint")) ? "" : "access_denied";
    }

    private String idToken(Pending launch, @org.jspecify.annotations.Nullable String nonce) {
        long now = System.currentTimeMillis() / 1000;
        var json = JSON.createObjectNode();
        json.put("nonce", nonce)
                .put("iat", now)
                .put("exp", now + 60)
                .put("iss", url)
                .put("aud", tool.clientId());
        json.put("sub", launch.person().sub());
        json.put(LTI + "deployment_id", tool.deploymentId());
        json.put(LTI + "target_link_uri", tool.targetLinkUri().toString());
        json.put(LTI + "message_type", "LtiResourceLinkRequest").put(LTI + "version", "1.3.0");
        var roles = json.putArray(LTI + "roles").add(launch.person().role().uri());
        if (launch.person().role() == Person.Role.ASSISTANT) {
            roles.add("http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor");
        }
        if (launch.person().isTestUser()) {
            roles.add("http://purl.imsglobal.org/vocab/lti/system/person#TestUser");
        }
        var course = launch.course();
        json.putObject(LTI + "context")
                .put("id", course.id)
                .put("label", "RAI")
                .put("title", course.title)
                .putArray("type")
                .add("CourseSection");
        json.putObject(LTI + "resource_link").put("id", "7-" + course.id).put("title", "Your credentials");
        json.putObject(LTI + "tool_platform")
                .put("product_family_code", "moodle")
                .put("version", "2024100706")
                .put("name", "Example University");
        json.putObject(LTI + "launch_presentation").put("locale", "en").put("document_target", "iframe");
        json.put("given_name", launch.person().givenName())
                .put("family_name", launch.person().familyName());
        json.put("name", launch.person().name());
        var ags = json.putObject("https://purl.imsglobal.org/spec/lti-ags/claim/endpoint");
        Services.SCOPES.stream().filter(scope -> scope.contains("lti-ags")).forEach(ags.putArray("scope")::add);
        ags.put("lineitems", url + "/mod/lti/services.php/" + course.id + "/lineitems?type_id=1");
        json.putObject("https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice")
                .put("context_memberships_url", url + "/mod/lti/services.php/" + course.id + "/memberships")
                .putArray("service_versions")
                .add("1.0")
                .add("2.0");
        return signed(claims.apply(json));
    }

    private String signed(ObjectNode payload) {
        var header =
                JSON.createObjectNode().put("typ", "JWT").put("alg", "RS256").put("kid", kid);
        var base64 = Base64.getUrlEncoder().withoutPadding();
        byte[] head = base64.encode(header.toString().getBytes(StandardCharsets.UTF_8));
        byte[] body = base64.encode(payload.toString().getBytes(StandardCharsets.UTF_8));
        byte[] signature =
                Algorithm.RSA256(null, (RSAPrivateKey) keys.getPrivate()).sign(head, body);
        return new String(head, StandardCharsets.US_ASCII) + "." + new String(body, StandardCharsets.US_ASCII) + "."
                + base64.encodeToString(signature);
    }

    private static byte[] unsigned(byte[] bytes) {
        return bytes[0] == 0 ? java.util.Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private static KeyPair keys() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
