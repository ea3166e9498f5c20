package org.cairn.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.auth0.jwt.JWTCreator;
import com.auth0.jwt.algorithms.Algorithm;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.security.interfaces.RSAPrivateKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.cairn.testing.TestPlatform;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Adding links: what the sandbox asks, how strictly it takes the answer, and what becomes of the links. */
class DeepLinkingTest {

    private static final String DL = "https://purl.imsglobal.org/spec/lti-dl/claim/";
    private static final Map<String, Object> COLUMN =
            Map.of("label", "Bias", "scoreMaximum", 100, "resourceId", "bias", "tag", "cairn");

    private final Peer peer = new Peer(Profile.MOODLE);

    @AfterEach
    void stop() {
        peer.close();
    }

    @Test
    void links_launch_by_themselves_with_their_parameters_and_the_one_column_that_belongs_to_them() throws Exception {
        var custom = Map.of("Our-Key", "v", "course", "$Context.id", "who", "$User.id", "none", "$Nobody.knows");
        assertThat(answer(UnaryOperator.identity(), item("With", custom, COLUMN), item("Without", Map.of(), null))
                        .body())
                .contains("Added to Responsible AI", "With", "Without");
        var links = peer.sandbox.links("2");
        assertThat(links).extracting(Link::title).containsExactly("With", "Without");
        var with =
                peer.launch(peer.sandbox.initiation("10", "2", links.getFirst().id()));
        assertThat(with.at("/https:~1~1purl.imsglobal.org~1spec~1lti~1claim~1resource_link/id")
                        .asText())
                .isEqualTo(links.getFirst().id());
        var sent = with.path(Peer.LTI + "custom");
        assertThat(sent.path("Our-Key").asText()).isEqualTo("v");
        assertThat(sent.path("our_key").asText()).isEqualTo("v");
        assertThat(sent.path("course").asText()).isEqualTo("2");
        assertThat(sent.path("who").asText()).isEqualTo("10");
        assertThat(sent.path("none").asText()).isEqualTo("$Nobody.knows");
        var column = peer.sandbox.column("2", "Bias");
        assertThat(column.resourceId()).isEqualTo("bias");
        assertThat(column.linkId()).isEqualTo(links.getFirst().id());
        assertThat(lineItem(with)).endsWith("/lineitems/" + column.id() + "/lineitem?type_id=1");
        assertThat(lineItem(peer.launch(
                        peer.sandbox.initiation("10", "2", links.getLast().id()))))
                .isEmpty();
    }

    @Test
    void what_is_wrong_with_an_answer_is_said_and_nothing_is_added() throws Exception {
        refused(jwt -> jwt.withIssuer("other"), "iss is not");
        refused(jwt -> jwt.withAudience("https://other.example"), "aud is not");
        refused(jwt -> jwt.withExpiresAt(Instant.now().minusSeconds(1)), "iat and exp");
        refused(jwt -> jwt.withIssuedAt(Instant.now().plusSeconds(60)), "iat and exp");
        refused(jwt -> jwt.withClaim("nonce", ""), "nonce");
        refused(jwt -> jwt.withClaim(Peer.LTI + "deployment_id", "2"), "deployment_id is not 1");
        refused(jwt -> jwt.withClaim(Peer.LTI + "message_type", "LtiDeepLinkingRequest"), "message_type is not");
        refused(jwt -> jwt.withClaim(Peer.LTI + "version", "1.3"), "version is not");
        refused(jwt -> jwt.withClaim(DL + "data", "x"), "never sent");
        refused(jwt -> jwt.withClaim(DL + "content_items", "x"), "no list");
        refused(jwt -> items(jwt, Map.of("type", "link", "url", "https://x.example")), "not asked for");
        refused(jwt -> items(jwt, Map.of("type", "ltiResourceLink", "url", "https://x.example")), "domain");
        refused(jwt -> items(jwt, item("x", Map.of("a", 1), null)), "no text");
        refused(jwt -> items(jwt, item("x", Map.of(), Map.of("scoreMaximum", 0))), "not above 0");
        var choice = choice();
        assertThat(Peer.post(choice, Map.of()).body()).contains("no field JWT");
        var foreign = peer.jwt().sign(Algorithm.RSA256(null, (RSAPrivateKey)
                TestPlatform.keyPair().getPrivate()));
        assertThat(Peer.post(choice, Map.of("JWT", foreign)).body()).contains("No key of the tool");
        assertThat(peer.sandbox.links("2")).isEmpty();
        assertThat(peer.sandbox.course().columns()).isEmpty();
    }

    @Test
    void an_answer_is_taken_once_and_its_nonce_too() throws Exception {
        var jwt = peer.signed(items(good().withClaim("nonce", "once"), item("x", Map.of(), null)));
        var choice = choice();
        assertThat(Peer.post(choice, Map.of("JWT", jwt)).statusCode()).isEqualTo(200);
        assertThat(Peer.post(choice, Map.of("JWT", jwt)).body()).contains("answered already");
        assertThat(Peer.post(choice(), Map.of("JWT", jwt)).body()).contains("used before");
        assertThat(peer.sandbox.links("2")).hasSize(1);
    }

    @Test
    void data_comes_back_as_it_was_also_if_it_is_empty() throws Exception {
        peer.sandbox.switches().deepLinking = DeepLinkRequest.MOODLE.withData("");
        refused(UnaryOperator.identity(), "data is not empty");
        assertThat(answer(jwt -> jwt.withClaim(DL + "data", ""), item("x", Map.of(), null))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void one_link_and_no_column_where_that_is_all_that_was_asked_for() throws Exception {
        peer.sandbox.switches().deepLinking =
                DeepLinkRequest.MOODLE.withMultiple(false).withLineItem(false);
        refused(jwt -> items(jwt, item("x", Map.of(), null), item("y", Map.of(), null)), "several came");
        refused(jwt -> items(jwt, item("x", Map.of(), COLUMN)), "not asked for");
    }

    @Test
    void a_bare_request_says_nothing_but_where_the_answer_goes() throws Exception {
        peer.sandbox.switches().deepLinking = DeepLinkRequest.MOODLE.bare();
        var claims = peer.launch(peer.sandbox.deepLink("3", "2"));
        assertThat(claims.has("sub")).isFalse();
        assertThat(claims.has(Peer.LTI + "roles")).isFalse();
        assertThat(claims.has(Peer.LTI + "target_link_uri")).isFalse();
        assertThat(claims.path(DL + "deep_linking_settings")
                        .path("deep_link_return_url")
                        .asText())
                .startsWith(peer.sandbox.url());
    }

    @Test
    void in_a_copy_links_and_columns_have_new_ids_belong_together_and_keep_their_words() throws Exception {
        var custom = Map.of("ours", "v", "history", "$Context.id.history", "links", "$ResourceLink.id.history");
        answer(UnaryOperator.identity(), item("With", custom, COLUMN));
        var original = peer.sandbox.links("2").getFirst();
        peer.sandbox.copyCourse("2", "5", "Next term");
        peer.sandbox.copyCourse("5", "6x", "The term after");
        var copy = peer.sandbox.links("6x").getFirst();
        var column = peer.sandbox.column("6x", "Bias");
        assertThat(copy.id()).isNotEqualTo(original.id());
        assertThat(column.id()).isNotEqualTo(peer.sandbox.column("2", "Bias").id());
        assertThat(column.linkId()).isEqualTo(copy.id());
        assertThat(column.resourceId()).isEqualTo("bias");
        var launch = peer.launch(peer.sandbox.initiation("3", "6x", copy.id()));
        assertThat(launch.path(Peer.LTI + "custom").path("ours").asText()).isEqualTo("v");
        assertThat(launch.path(Peer.LTI + "custom").path("history").asText()).isEqualTo("5,2");
        // Moodle does not know what links were called before.
        assertThat(launch.path(Peer.LTI + "custom").path("links").asText()).isEqualTo("$ResourceLink.id.history");
        assertThat(lineItem(launch)).contains("/lineitems/" + column.id() + "/");
    }

    @Test
    void a_review_names_the_learner_and_the_column() throws Exception {
        var column = new HashMap<>(COLUMN);
        column.put("submissionReview", Map.of("url", peer.wire.baseUrl() + "/review", "custom", Map.of("rev", "1")));
        answer(UnaryOperator.identity(), item("With", Map.of(), column));
        var made = peer.sandbox.column("2", "Bias");
        var launch = peer.launch(peer.sandbox.review("3", "2", made, "10"));
        assertThat(launch.path(Peer.LTI + "message_type").asText()).isEqualTo("LtiSubmissionReviewRequest");
        assertThat(launch.path(Peer.LTI + "for_user").path("user_id").asText()).isEqualTo("10");
        assertThat(launch.path(Peer.LTI + "target_link_uri").asText()).endsWith("/review");
        assertThat(launch.path(Peer.LTI + "custom").path("rev").asText()).isEqualTo("1");
        assertThat(lineItem(launch)).contains("/lineitems/" + made.id() + "/");
        assertThat(catchThrowable(() -> peer.sandbox.review("11", "2", made, "10")))
                .hasMessageContaining("Only teachers");
    }

    @Test
    void only_teachers_add_links() {
        assertThat(catchThrowable(() -> peer.sandbox.deepLink("10", "2"))).hasMessageContaining("Only teachers");
    }

    private void refused(UnaryOperator<JWTCreator.Builder> change, String words) throws Exception {
        var answer = answer(change);
        assertThat(answer.statusCode()).as(words).isEqualTo(400);
        assertThat(answer.body()).contains(words);
    }

    @SafeVarargs
    private HttpResponse<String> answer(UnaryOperator<JWTCreator.Builder> change, Map<String, Object>... items)
            throws Exception {
        var choice = choice();
        return Peer.post(choice, Map.of("JWT", peer.signed(change.apply(items(good(), items)))));
    }

    private JWTCreator.Builder good() {
        return peer.jwt()
                .withClaim(Peer.LTI + "deployment_id", "1")
                .withClaim(Peer.LTI + "message_type", "LtiDeepLinkingResponse")
                .withClaim(Peer.LTI + "version", "1.3.0");
    }

    @SafeVarargs
    private static JWTCreator.Builder items(JWTCreator.Builder jwt, Map<String, Object>... items) {
        return jwt.withClaim(DL + "content_items", List.of(items));
    }

    private Map<String, Object> item(String title, Map<String, ?> custom, Map<String, Object> column) {
        var item = new HashMap<String, Object>(Map.of(
                "type", "ltiResourceLink", "title", title, "url", peer.redirectUri(), "custom", Map.copyOf(custom)));
        if (column != null) {
            item.put("lineItem", column);
        }
        return item;
    }

    /** Where the answer to a new question goes. */
    private String choice() throws Exception {
        return peer.launch(peer.sandbox.deepLink("3", "2"))
                .path(DL + "deep_linking_settings")
                .path("deep_link_return_url")
                .asText();
    }

    private static String lineItem(JsonNode claims) {
        return claims.path("https://purl.imsglobal.org/spec/lti-ags/claim/endpoint")
                .path("lineitem")
                .asText();
    }
}
