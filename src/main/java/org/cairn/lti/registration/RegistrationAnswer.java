package org.cairn.lti.registration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.cairn.outbound.Answer;

/** What an LMS answered to a registration. It is another system's word: nothing of it is believed but what is read here. */
final class RegistrationAnswer {

    private static final int LONGEST_SHOWN = 20_000;
    private static final int LONGEST_QUOTED = 200;

    /** What LMSs are known to say in a word, with what it means and what helps. */
    private static final Map<String, String> KNOWN = Map.of(
            "missing_registration_token",
            "The LMS had given Cairn no registration token, or did not find it; begin again from the LMS's form for registering tools.",
            "token_already_used",
            "The LMS's registration token has been used; begin again from the LMS's form for registering tools.",
            "missing_domain",
            "The LMS misses the domain of Cairn; Cairn's public URL is set to something that the LMS does not take.",
            "domain_targetlinkuri_mismatch",
            "The LMS finds that Cairn's domain and its launch address do not fit; set Cairn's public URL to the address that browsers see, with its port.",
            "invalid_token_endpoint_auth_method",
            "The LMS does not take signed requests for tokens (private_key_jwt), and Cairn has no other way.");

    private final int status;
    private final String body;
    private final JsonNode json;

    RegistrationAnswer(Answer answer) {
        this.status = answer.status();
        this.body = new String(answer.body(), StandardCharsets.UTF_8);
        this.json = parse(answer.body());
    }

    int status() {
        return status;
    }

    /** The client id, where this is a registration: a success with a client id of up to 255 visible characters. */
    Optional<String> clientId() {
        return status >= 200 && status < 300 ? name(json.path("client_id")) : Optional.empty();
    }

    /** Moodle says it in the tool configuration, Canvas beside it. */
    Optional<String> deploymentId() {
        var inTool = name(json.path(ToolConfiguration.CLAIM).path("deployment_id"));
        return inTool.isPresent() ? inTool : name(json.path("deployment_id"));
    }

    Optional<URI> updateAddress() {
        var said = json.path("registration_client_uri").asText("");
        try {
            return said.isEmpty() || said.length() > 2000 ? Optional.empty() : Optional.of(new URI(said));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    Optional<String> updateToken() {
        var said = json.path("registration_access_token").asText("");
        return said.matches("[\\x21-\\x7e]{1,4000}") ? Optional.of(said) : Optional.empty();
    }

    /** The answer for people: indented where it is JSON, without what is secret in it, and not without end. */
    String shown() {
        var text = body;
        if (json.isContainerNode() && !json.isEmpty()) {
            mask(json, "registration_access_token");
            mask(json, "client_secret");
            text = json.toPrettyString();
        }
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
    }

    /** Why it is no registration and what helps, in a sentence. */
    String cause() {
        var word = body.strip();
        if (KNOWN.containsKey(word)) {
            return KNOWN.get(word);
        }
        var quoted = quoted();
        var said = quoted.isEmpty() ? "" : " It said: “" + quoted + "”.";
        return switch (status) {
            case 200, 201 ->
                "The LMS said that all is well and gave Cairn no client id; look into its list of tools, and begin again.";
            case 301, 302, 303, 307, 308 ->
                "The LMS sent Cairn on to another address, and Cairn follows none with a registration; check the LMS's own address settings.";
            case 400, 422 -> "The LMS did not take what Cairn says of itself." + said;
            case 401, 403 ->
                "The LMS did not accept its own registration token; it works for an hour or so, and only once. Begin again from the LMS's form for registering tools."
                        + said;
            case 404 ->
                "The LMS does not know this registration; begin again from its form for registering tools." + said;
            case 409 -> "The LMS has Cairn already; choose to update it there, or remove it first." + said;
            case 429 -> "The LMS is busy; try again in a few minutes.";
            default ->
                "The LMS failed with status %d; try again, and if it stays so, show its administrators what it said below."
                        .formatted(status);
        };
    }

    // Only what is short and no markup: an error page quoted in a sentence helps nobody.
    private String quoted() {
        var text = json.isContainerNode() ? firstText(json) : body;
        var line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.contains("<") || line.length() > LONGEST_QUOTED ? "" : line;
    }

    private static String firstText(JsonNode node) {
        if (node.isTextual()) {
            return node.textValue();
        }
        for (var child : node) {
            var text = firstText(child);
            if (!text.isBlank()) {
                return text;
            }
        }
        return "";
    }

    private static Optional<String> name(JsonNode node) {
        var text = node.isTextual() || node.isIntegralNumber() ? node.asText() : "";
        return text.matches("[\\x21-\\x7e]{1,255}") ? Optional.of(text) : Optional.empty();
    }

    private static void mask(JsonNode node, String member) {
        if (node instanceof ObjectNode object && object.has(member)) {
            object.put(member, "…");
        }
        node.forEach(child -> mask(child, member));
    }

    private static JsonNode parse(byte[] body) {
        try {
            var json = PlatformConfiguration.JSON.readTree(body);
            return json == null ? JsonNodeFactory.instance.missingNode() : json;
        } catch (IOException e) {
            return JsonNodeFactory.instance.missingNode();
        }
    }

    @Override
    public String toString() {
        return "RegistrationAnswer[" + status + ", " + body.length() + " characters]";
    }
}
