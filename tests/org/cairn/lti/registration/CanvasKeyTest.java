package org.cairn.lti.registration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class CanvasKeyTest {

    private static final Path EXAMPLE = Path.of("lti-config/examples/canvas-key.json");
    private static final URI CAIRN = URI.create("https://cairn.example.edu");

    /** {@code java -jar cairn.jar lti canvas-json --public-url https://cairn.example.edu} writes it anew. */
    @Test
    void the_example_in_lti_config_is_what_cairn_prints() throws IOException {
        assertThat(EXAMPLE).content().isEqualToNormalizingNewlines(CanvasKey.json(CAIRN));
    }

    @Test
    void a_key_says_where_cairn_is_and_asks_for_what_cairn_uses() throws IOException {
        var key = key();
        assertThat(key.get("oidc_initiation_url").asText()).isEqualTo("https://cairn.example.edu/lti/login");
        assertThat(key.get("target_link_uri").asText()).isEqualTo("https://cairn.example.edu/lti/launch");
        assertThat(key.get("public_jwk_url").asText()).isEqualTo("https://cairn.example.edu/lti/jwks");
        assertThat(texts(key.get("scopes")))
                .contains(
                        "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem",
                        "https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly",
                        "https://purl.imsglobal.org/spec/lti-ags/scope/score",
                        "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly",
                        "https://purl.imsglobal.org/spec/lti/scope/noticehandlers")
                .noneMatch(scope -> scope.contains("lti-gs"));
        assertThat(key.at("/custom_fields/context_history").asText()).isEqualTo("$Context.id.history");
        assertThat(key.at("/extensions/0/platform").asText()).isEqualTo("canvas.instructure.com");
        assertThat(key.at("/extensions/0/domain").asText()).isEqualTo("cairn.example.edu");
        assertThat(key.at("/extensions/0/privacy_level").asText()).isEqualTo("name_only");
    }

    @Test
    void every_placement_has_its_kind_of_launch_and_the_navigation_is_off_until_a_teacher_wants_it()
            throws IOException {
        var placements = key().at("/extensions/0/settings/placements");
        assertThat(StreamSupport.stream(placements.spliterator(), false)
                        .map(one -> one.get("placement").asText() + " "
                                + one.get("message_type").asText()))
                .containsExactly(
                        "course_navigation LtiResourceLinkRequest",
                        "link_selection LtiDeepLinkingRequest",
                        "assignment_selection LtiDeepLinkingRequest",
                        "editor_button LtiDeepLinkingRequest",
                        "module_index_menu_modal LtiDeepLinkingRequest");
        assertThat(placements.get(0).get("default").asText()).isEqualTo("disabled");
        assertThat(placements.get(0).get("visibility").asText()).isEqualTo("members");
        assertThat(placements.get(3).get("icon_url").asText()).isEqualTo("https://cairn.example.edu/assets/icon.svg");
    }

    private static JsonNode key() throws IOException {
        return new ObjectMapper().readTree(CanvasKey.json(CAIRN));
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
