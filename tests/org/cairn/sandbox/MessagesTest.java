package org.cairn.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The other messages, and launches with less in them than usual. */
class MessagesTest {

    private static final String AGS = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint";

    private final Peer peer = new Peer(Profile.MOODLE);

    @AfterEach
    void stop() {
        peer.close();
    }

    @Test
    void a_test_user_a_stranger_and_somebody_outside_of_courses() throws Exception {
        assertThat(peer.launch(peer.sandbox.initiation("999", "2"))
                        .path(Peer.LTI + "roles")
                        .toString())
                .contains("person#TestUser");
        var stranger = peer.launch(peer.sandbox.anonymous("2"));
        assertThat(stranger.has("sub")).isFalse();
        assertThat(stranger.has("name")).isFalse();
        assertThat(stranger.path(Peer.LTI + "context").path("id").asText()).isEqualTo("2");
        var outside = peer.launch(peer.sandbox.outside("10"));
        assertThat(outside.has(Peer.LTI + "context")).isFalse();
        assertThat(outside.has(AGS)).isFalse();
        assertThat(outside.path(Peer.LTI + "resource_link").path("id").asText()).isNotEmpty();
    }

    @Test
    void questions_of_privacy_and_messages_that_nobody_knows() throws Exception {
        var privacy = peer.launch(peer.sandbox.privacy("10"));
        assertThat(privacy.path(Peer.LTI + "message_type").asText()).isEqualTo("LtiDataPrivacyLaunchRequest");
        assertThat(privacy.has(Peer.LTI + "resource_link")).isFalse();
        assertThat(peer.launch(peer.sandbox.other("10", "2", "LtiTomorrowRequest"))
                        .path(Peer.LTI + "message_type")
                        .asText())
                .isEqualTo("LtiTomorrowRequest");
    }

    @Test
    void a_former_tool_is_told_the_old_names_under_a_signature_of_the_old_secret() throws Exception {
        peer.sandbox.switches().migration = new Migration("key", "secret");
        var launch = peer.launch(peer.sandbox.initiation("10", "2"));
        var claim = launch.path(Peer.LTI + "lti1p1");
        assertThat(claim.path("user_id").asText()).isEqualTo("former-10");
        assertThat(claim.path("context_id").asText()).isEqualTo("former-2");
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("secret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        var base = "key&1&%s&cairn&%s&n"
                .formatted(peer.sandbox.url(), launch.path("exp").asText());
        assertThat(claim.path("oauth_consumer_key_sign").asText())
                .isEqualTo(Base64.getEncoder().encodeToString(mac.doFinal(base.getBytes(StandardCharsets.UTF_8))));
        assertThat(new Migration("key", "secret")).asString().doesNotContain("secret");
    }

    @Test
    void what_a_link_was_called_before_is_told_by_those_that_know() {
        var link = new Link("9", "1", "Link", null, null, Map.of(), List.of("7/1", "5"));
        var click = new Click(null, Tool.at("http://localhost", "cairn", null), null, link, new Message.Open());
        var asked = Map.of("Former", "$ResourceLink.id.history");
        for (var profile : Profile.values()) {
            var lms = new Lms("http://localhost", profile, click.tool());
            assertThat(new Variables(lms, click).filled(asked))
                    .containsEntry("former", profile == Profile.BRIGHTSPACE ? "7%2F1,5" : "$ResourceLink.id.history");
        }
    }

    @Test
    void a_suspended_person_opens_nothing() throws Exception {
        peer.sandbox.switches().suspended.add("10");
        assertThat(catchThrowable(() -> peer.sandbox.initiation("10", "2"))).hasMessageContaining("suspended");
    }

    @Test
    void the_clock_the_key_and_the_gradebook_s_setting_are_the_platform_s_own() throws Exception {
        peer.sandbox.switches().clockAheadSeconds = 3600;
        var launch = peer.launch(peer.sandbox.initiation("10", "2"));
        assertThat(launch.path("iat").asLong()).isGreaterThan(System.currentTimeMillis() / 1000 + 3000);
        assertThat(launch.path(AGS).path("scope").toString()).contains(Scopes.COLUMNS + "\"");
        peer.sandbox.switches().gradeSync = 1;
        assertThat(peer.launch(peer.sandbox.initiation("10", "2"))
                        .path(AGS)
                        .path("scope")
                        .toString())
                .contains(Scopes.SCORE)
                .doesNotContain(Scopes.COLUMNS + "\"");
        peer.sandbox.switches().gradeSync = 0;
        assertThat(peer.launch(peer.sandbox.initiation("10", "2")).has(AGS)).isFalse();
        var before = Peer.get(peer.sandbox.url() + Profile.MOODLE.keySet).body();
        peer.sandbox.rotateKey();
        var after = Peer.get(peer.sandbox.url() + Profile.MOODLE.keySet).body();
        assertThat(Peer.JSON.readTree(after).at("/keys/0/kid"))
                .isNotEqualTo(Peer.JSON.readTree(before).at("/keys/0/kid"));
        assertThat(Peer.JSON.readTree(after).path("keys")).hasSize(1);
    }
}
