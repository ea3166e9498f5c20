package org.cairn.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a tool says of itself when it registers (Dynamic Registration 1.0 §3.5), checked as the LMS that is played checks it. */
final class Application {

    static final String TOOL = "https://purl.imsglobal.org/spec/lti-tool-configuration";

    private static final String CANVAS = "https://canvas.instructure.com/lti/";
    private static final Set<String> PRIVACY = Set.of("public", "name_only", "email_only", "anonymous");
    private static final Set<String> PLACEMENTS = Set.of(
            "ContentArea",
            "RichTextEditor",
            "account_navigation",
            "assignment_selection",
            "course_navigation",
            "editor_button",
            "link_selection",
            "module_index_menu_modal",
            "submission_type_selection",
            "top_navigation");

    private final Profile profile;
    private final JsonNode json;
    private final JsonNode tool;

    /** Throws Answers where something is missing or wrong, in a bare word (Moodle) or by field (Canvas). */
    Application(Profile profile, JsonNode json) {
        this.profile = profile;
        this.json = json;
        this.tool = json.path(TOOL);
        check();
    }

    /** The tool as it will be known. */
    Tool tool(String clientId, String deploymentId) {
        var target = URI.create(tool.path("target_link_uri").asText());
        return new Tool(
                clientId,
                deploymentId,
                json.path("client_name").asText(),
                URI.create(json.path("initiate_login_uri").asText()),
                texts(json.path("redirect_uris")).map(URI::create).toList(),
                target,
                deepLinking(target),
                URI.create(json.path("jwks_uri").asText()),
                custom(),
                scopes(),
                claims(),
                null,
                null);
    }

    private void check() {
        for (var required :
                List.of("initiate_login_uri", "redirect_uris", "jwks_uri", "client_name", "response_types")) {
            var given = json.path(required);
            boolean isGiven = given.isTextual() ? !given.textValue().isBlank() : !given.isEmpty();
            require(isGiven, required, "missing required attribute " + required);
        }
        require(tool.isObject(), TOOL, "missing required attribute " + TOOL);
        require(
                json.path("token_endpoint_auth_method").asText().equals("private_key_jwt"),
                "token_endpoint_auth_method",
                "invalid_token_endpoint_auth_method");
        require(
                texts(json.path("response_types")).toList().contains("id_token"),
                "response_types",
                "invalid_response_types");
        require(!tool.path("domain").asText().isEmpty(), "domain", "missing_domain");
        // With its port, and nothing else: measured in Moodle.
        require(
                tool.path("domain")
                        .asText()
                        .equals(authority(tool.path("target_link_uri").asText())),
                "domain",
                "domain_targetlinkuri_mismatch");
        for (var address : addresses().toList()) {
            require(authority(address).equals(tool.path("domain").asText()), "domain", "domain_address_mismatch");
        }
        if (profile == Profile.CANVAS) {
            checkCanvas();
        }
    }

    private void checkCanvas() {
        require(json.path("application_type").asText().equals("web"), "application_type", "is not web");
        var grants = texts(json.path("grant_types")).toList();
        require(grants.containsAll(List.of("client_credentials", "implicit")), "grant_types", "lack one of two");
        require(json.path("scope").isTextual(), "scope", "is missing");
        var privacy = tool.path(CANVAS + "privacy_level");
        require(privacy.isMissingNode() || PRIVACY.contains(privacy.asText()), "privacy_level", "is not known");
        for (var message : tool.path("messages")) {
            require(message.path("type").isTextual(), "messages.type", "is missing");
            texts(message.path("placements"))
                    .forEach(one -> require(PLACEMENTS.contains(one), "messages.placements", one + " is not known"));
        }
    }

    private Stream<String> addresses() {
        return Stream.concat(
                texts(json.path("redirect_uris")),
                Stream.of(json.path("initiate_login_uri").asText()));
    }

    private URI deepLinking(URI usual) {
        for (var message : tool.path("messages")) {
            if (message.path("type").asText().equals("LtiDeepLinkingRequest")) {
                return URI.create(message.path("target_link_uri").asText(usual.toString()));
            }
        }
        return usual;
    }

    private Map<String, String> custom() {
        var custom = new HashMap<String, String>();
        tool.path("custom_parameters")
                .properties()
                .forEach(one -> custom.put(one.getKey(), one.getValue().asText()));
        return custom;
    }

    /** Moodle has one setting for the gradebook, so that any of its scopes brings three, and columns all four. */
    private Set<String> scopes() {
        var wanted = Set.of(json.path("scope").asText().split(" "));
        var scopes = Scopes.ALL.stream().filter(wanted::contains).collect(Collectors.toCollection(HashSet::new));
        if (profile == Profile.MOODLE && scopes.stream().anyMatch(scope -> scope.startsWith(Scopes.AGS))) {
            scopes.addAll(List.of(Scopes.COLUMNS_READ, Scopes.RESULTS, Scopes.SCORE));
        }
        return scopes;
    }

    private Set<String> claims() {
        if (profile == Profile.CANVAS) {
            return switch (tool.path(CANVAS + "privacy_level").asText("anonymous")) {
                case "public", "name_only" -> Set.of("name", "given_name", "family_name");
                default -> Set.of();
            };
        }
        return texts(tool.path("claims")).collect(Collectors.toSet());
    }

    private void require(boolean holds, String field, String words) {
        if (profile == Profile.CANVAS && !holds) {
            var errors = Lms.JSON.createObjectNode();
            errors.putArray("errors").addObject().put("field", field).put("message", words);
            throw new Answers(422, errors.toString());
        }
        Answers.require(holds, 400, words);
    }

    private static String authority(String address) {
        try {
            return String.valueOf(URI.create(address).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static Stream<String> texts(JsonNode list) {
        return list.valueStream().filter(JsonNode::isTextual).map(JsonNode::textValue);
    }
}
