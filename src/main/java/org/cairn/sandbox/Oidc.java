package org.cairn.sandbox;

import static org.cairn.sandbox.Answers.require;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** The sandbox as an OpenID provider: login initiation, authentication request, id_token. As strict as Moodle 4.5 was measured. */
final class Oidc {

    /** Where the browser goes next, with a form that posts itself. */
    record FormPost(String action, Map<String, String> fields) {}

    private final Lms lms;
    private final IdTokens idTokens;

    /** Clicks on the way to the tool, each good for one authentication request. */
    private final Map<String, Click> pending = new ConcurrentHashMap<>();

    private volatile UnaryOperator<ObjectNode> claims = UnaryOperator.identity();
    private volatile UnaryOperator<ObjectNode> header = UnaryOperator.identity();
    private volatile UnaryOperator<String> token = UnaryOperator.identity();

    Oidc(Lms lms, IdTokens idTokens) {
        this.lms = lms;
        this.idTokens = idTokens;
    }

    /** Changes the claims of every id_token from now on: for launches that a tool has to refuse. */
    void change(UnaryOperator<ObjectNode> change) {
        this.claims = change;
    }

    /** The same for their headers, which are signed as changed. */
    void changeHeader(UnaryOperator<ObjectNode> change) {
        this.header = change;
    }

    /** The same for what was signed. */
    void changeToken(UnaryOperator<String> change) {
        this.token = change;
    }

    /** Security Framework 1.0 §5.1.1.1, as a form to be posted. */
    FormPost initiation(Click click) {
        var launch = UUID.randomUUID().toString();
        pending.put(launch, click);
        var fields = new LinkedHashMap<String, String>();
        fields.put("iss", lms.issuer());
        fields.put("target_link_uri", click.target());
        fields.put("login_hint", click.hint());
        fields.put("lti_message_hint", hint(click, launch));
        fields.put("client_id", click.tool().clientId());
        fields.put("lti_deployment_id", click.tool().deploymentId());
        addStorage(fields);
        return new FormPost(click.tool().loginUri().toString(), fields);
    }

    /** The authentication request (§5.1.1.2), answered by a form to be posted to the tool. */
    FormPost authorize(Map<String, String> request) {
        var click = pending.get(launch(request.getOrDefault("lti_message_hint", "{}")));
        if (click == null) {
            throw new Answers(400, "Invalid request");
        }
        // Only a registered address is ever posted to, so this is checked before anything that would be answered there.
        var redirect = URI.create(request.getOrDefault("redirect_uri", "").replace(" ", "%20"));
        require(click.tool().redirectUris().contains(redirect), 400, "Invalid request");
        pending.values().remove(click);
        var error = error(request, click);
        var fields = new LinkedHashMap<String, String>();
        if (error.isEmpty()) {
            var said = claims.apply(idTokens.of(click, request.getOrDefault("nonce", "")));
            fields.put("id_token", token.apply(lms.key.sign(said, header)));
            addStorage(fields);
        } else {
            fields.put("error", error);
        }
        fields.put("state", request.getOrDefault("state", ""));
        return new FormPost(redirect.toString(), fields);
    }

    /** Client Side OIDC Login 0.1: both the initiation and the launch say where things are kept. */
    private void addStorage(Map<String, String> fields) {
        if (lms.switches.storage != Storage.NONE) {
            fields.put("lti_storage_target", lms.switches.storageFrame);
        }
    }

    private static String error(Map<String, String> request, Click click) {
        if (!click.tool().clientId().equals(request.get("client_id"))) {
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
        return click.hint().equals(request.get("login_hint")) ? "" : "access_denied";
    }

    private static String hint(Click click, String launch) {
        var hint = Lms.JSON.createObjectNode();
        if (click.link() != null) {
            hint.put("cmid", click.link().id());
        }
        return hint.put("launchid", launch).toString();
    }

    private static String launch(String hint) {
        try {
            return Lms.JSON.readTree(hint).path("launchid").asText();
        } catch (JsonProcessingException e) {
            throw new Answers(400, "Invalid request");
        }
    }
}
