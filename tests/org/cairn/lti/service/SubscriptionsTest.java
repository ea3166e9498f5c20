package org.cairn.lti.service;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.cairn.testing.TestPlatform.lti;

import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cairn.lti.Deployment;
import org.cairn.lti.PlatformStore;
import org.cairn.lti.Subscription;
import org.cairn.lti.SubscriptionStore;
import org.cairn.people.Browser;
import org.cairn.people.TenantStore;
import org.cairn.testing.Databases;
import org.cairn.testing.TestPlatform;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Subscribing to notices at an LMS that WireMock plays, after a launch that offered them. */
class SubscriptionsTest {

    private static final String CLAIM = "platformnotificationservice";
    private static final String COPY = "LtiContextCopyNotice";
    private static final String HELLO = "LtiHelloWorldNotice";

    private TestPlatform lms;
    private Subscriptions subscriptions;
    private Deployment deployment;
    private String handler;

    private void start(Databases databases) {
        lms = new TestPlatform(databases.open(), "https://lms.example.edu", "cairn", "1");
        subscriptions =
                new Subscriptions(lms.database, lms.outbound, lms.own, URI.create(TestPlatform.TOOL), lms.clock);
        deployment = lms.database
                .inTransaction(db -> PlatformStore.findDeployment(db, lms.platform.id(), "1"))
                .orElseThrow();
        handler = TestPlatform.TOOL + "/lti/notices/" + lms.platform.id();
        lms.wire.stubFor(post("/token").willReturn(okJson("{\"access_token\":\"t\",\"expires_in\":3600}")));
        lms.wire.stubFor(put("/pns").willReturn(okJson("{}")));
    }

    @AfterEach
    void stop() {
        lms.close();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void after_a_launch_the_lms_is_asked_for_what_it_tells_and_confirms_it(Databases databases) {
        start(databases);
        lists(Map.of());
        launch("/pns", HELLO, COPY, "LtiAssetProcessorSubmissionNotice");
        lms.wire.verify(0, getRequestedFor(urlEqualTo("/pns")));
        lms.wire.stubFor(put("/pns").withRequestBody(containing(COPY)).willReturn(okJson("{}")));
        // What was put is listed from then on.
        lms.wire.stubFor(get("/pns")
                .inScenario("put")
                .whenScenarioStateIs("Started")
                .willSetStateTo("kept")
                .willReturn(okJson(list(Map.of()))));
        lms.wire.stubFor(get("/pns")
                .inScenario("put")
                .whenScenarioStateIs("kept")
                .willReturn(okJson(list(Map.of(HELLO, handler, COPY, handler)))));
        subscriptions.settle();

        for (var type : List.of(HELLO, COPY)) {
            lms.wire.verify(
                    1,
                    putRequestedFor(urlEqualTo("/pns"))
                            .withHeader("Authorization", equalTo("Bearer t"))
                            .withHeader("Content-Type", equalTo("application/json"))
                            .withRequestBody(equalToJson("{\"notice_type\":\"" + type + "\",\"handler\":\"" + handler
                                    + "\",\"max_batch_size\":100}")));
        }
        lms.wire.verify(2, putRequestedFor(urlEqualTo("/pns")));
        lms.wire.verify(
                1,
                postRequestedFor(urlEqualTo("/token"))
                        .withRequestBody(containing(
                                "scope=https%3A%2F%2Fpurl.imsglobal.org%2Fspec%2Flti%2Fscope%2Fnoticehandlers")));
        assertThat(kept().subscribedAt()).isEqualTo(lms.clock.instant());
        assertThat(kept().problem()).isNull();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void what_is_subscribed_is_looked_at_once_a_day_and_put_again_only_where_it_is_gone(Databases databases) {
        start(databases);
        lists(Map.of(HELLO, handler, COPY, handler));
        launch("/pns", HELLO, COPY);
        subscriptions.settle();
        subscriptions.settle();
        launch("/pns", HELLO, COPY);
        subscriptions.settle();
        lms.wire.verify(1, getRequestedFor(urlEqualTo("/pns")));
        lms.clock.advance(Duration.ofHours(24));
        lists(Map.of(HELLO, handler, COPY, "https://elsewhere.example/notices"));
        subscriptions.settle();
        lms.wire.verify(1, putRequestedFor(urlEqualTo("/pns")).withRequestBody(containing(COPY)));
        lms.wire.verify(0, putRequestedFor(urlEqualTo("/pns")).withRequestBody(containing(HELLO)));
        assertThat(kept().problem()).contains("does not list it");
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void an_lms_that_refuses_is_kept_as_a_sentence_and_asked_again_in_an_hour(Databases databases) {
        start(databases);
        lists(Map.of());
        lms.wire.stubFor(put("/pns").willReturn(aResponse().withStatus(422)));
        launch("/pns", COPY);
        subscriptions.settle();
        assertThat(kept().problem()).contains("status 422");
        assertThat(kept().subscribedAt()).isNull();
        lms.clock.advance(Duration.ofMinutes(59));
        subscriptions.settle();
        lms.wire.verify(1, putRequestedFor(urlEqualTo("/pns")));
        lms.wire.stubFor(get("/pns").willReturn(serverError()));
        lms.clock.advance(Duration.ofMinutes(1));
        subscriptions.settle();
        assertThat(kept().problem()).contains("status 500");
        lists(Map.of(COPY, handler));
        lms.clock.advance(Duration.ofHours(1));
        subscriptions.settle();
        assertThat(kept().problem()).isNull();
        assertThat(kept().subscribedAt()).isEqualTo(lms.clock.instant());
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_launch_that_names_another_address_makes_cairn_subscribe_there(Databases databases) {
        start(databases);
        lists(Map.of(COPY, handler));
        launch("/pns", COPY);
        subscriptions.settle();
        lms.wire.stubFor(get("/pns-2").willReturn(okJson(list(Map.of(COPY, handler)))));
        launch("/pns-2", COPY);
        assertThat(kept().triedAt()).isNull();
        subscriptions.settle();
        lms.wire.verify(1, getRequestedFor(urlEqualTo("/pns-2")));
        assertThat(kept().subscribedAt()).isNotNull();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void an_address_that_lists_another_deployment_s_handlers_is_not_subscribed_to(Databases databases) {
        start(databases);
        lms.wire.stubFor(get("/pns").willReturn(okJson("{\"deployment_id\":\"2\",\"notice_handlers\":[]}")));
        launch("/pns", COPY);
        subscriptions.settle();
        lms.wire.verify(0, putRequestedFor(urlEqualTo("/pns")));
        assertThat(kept().problem()).contains("another installation");
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void an_address_on_another_host_is_never_kept_nor_called(Databases databases) {
        start(databases);
        launch("https://evil.example.com/pns", COPY);
        assertThat(find(deployment)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_deployment_that_was_moved_is_settled_for_its_new_tenant_only(Databases databases) {
        start(databases);
        lists(Map.of(COPY, handler));
        launch("/pns", COPY);
        var now = lms.clock.instant();
        var moved = lms.database.inTransaction(db -> PlatformStore.move(
                db,
                deployment,
                TenantStore.findOrCreate(db, "there", "There", ZoneId.of("UTC"), now)
                        .id(),
                now));
        subscriptions.settle();
        lms.wire.verify(0, getRequestedFor(urlEqualTo("/pns")));
        launch("/pns", COPY);
        subscriptions.settle();
        lms.wire.verify(1, getRequestedFor(urlEqualTo("/pns")));
        assertThat(lms.database
                        .inTransaction(db -> SubscriptionStore.find(db, moved.tenant(), moved.id()))
                        .orElseThrow()
                        .subscribedAt())
                .isNotNull();
    }

    private void launch(String path, String... types) {
        launchAt("1", path, types);
    }

    private void launchAt(String deploymentId, String path, String... types) {
        var browser = Browser.fresh();
        var begun = lms.begin(browser);
        var claims = lms.claims(begun.get("nonce")).put(lti("deployment_id"), deploymentId);
        var offer = claims.putObject(lti(CLAIM))
                .put("platform_notification_service_url", path.startsWith("/") ? lms.wire.baseUrl() + path : path);
        offer.putArray("service_versions").add("1.0");
        var list = offer.putArray("notice_types_supported");
        List.of(types).forEach(list::add);
        lms.launches.accept(Map.of("state", begun.get("state"), "id_token", lms.sign(claims)), browser);
    }

    private void lists(Map<String, String> handlers) {
        lms.wire.stubFor(get("/pns").willReturn(okJson(list(handlers))));
    }

    private static String list(Map<String, String> handlers) {
        var json =
                TestPlatform.JSON.createObjectNode().put("client_id", "cairn").put("deployment_id", "1");
        var list = json.putArray("notice_handlers");
        handlers.forEach(
                (type, address) -> list.addObject().put("notice_type", type).put("handler", address));
        return json.toString();
    }

    private Optional<Subscription> find(Deployment one) {
        return lms.database.inTransaction(db -> SubscriptionStore.find(db, one.tenant(), one.id()));
    }

    private Subscription kept() {
        return lms.database
                .inTransaction(db -> SubscriptionStore.find(db, deployment.tenant(), deployment.id()))
                .orElseThrow();
    }
}
