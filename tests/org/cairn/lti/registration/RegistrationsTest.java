package org.cairn.lti.registration;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.StreamSupport;
import org.cairn.PlatformId;
import org.cairn.Problem;
import org.cairn.TenantId;
import org.cairn.db.Database;
import org.cairn.keys.Keys;
import org.cairn.keys.MasterKey;
import org.cairn.lti.Deployment;
import org.cairn.lti.Platform;
import org.cairn.lti.PlatformStore;
import org.cairn.outbound.Outbound;
import org.cairn.people.TenantStore;
import org.cairn.testing.Databases;
import org.cairn.testing.RegisteringLms;
import org.cairn.testing.SettableClock;
import org.cairn.testing.Shared;
import org.cairn.testing.TestApp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An LMS registers itself: Moodle in its recorded words, Canvas and Brightspace in their documented ones, and whoever means ill. */
class RegistrationsTest {

    private static final URI CAIRN = URI.create("https://cairn.example.edu:8443");
    private static final String TOKEN = "lab-registration-token";

    private final SettableClock clock = new SettableClock();
    private final RegisteringLms lms = new RegisteringLms();
    private final Outbound outbound = new Outbound(true, "Cairn/test");

    private Database database;
    private Keys keys;
    private Invitations invitations;
    private Registrations registrations;
    private TenantId here;

    @BeforeEach
    void start() {
        open(Databases.H2);
    }

    private void open(Databases databases) {
        database = databases.open();
        keys = new Keys(database, MasterKey.open(TestApp.folder().resolve("master.key")), clock);
        invitations = new Invitations(database, CAIRN, clock);
        registrations = new Registrations(database, keys, outbound, CAIRN, "cairn@example.edu", true, clock);
        here = tenant("here");
        lms.shows(lms.configuration("moodle"));
        lms.answers(RegisteringLms.registered("client-1", "1"));
    }

    @AfterEach
    void stop() {
        lms.close();
        outbound.close();
        database.close();
    }

    @Test
    void moodle_registers_in_its_recorded_words() throws IOException {
        var answer = moodle("03-registration.json").at("/response/body");
        lms.shows(moodle("01-openid-configuration.json").at("/response/body"));
        lms.wire.stubFor(post("/mod/lti/openid-registration.php").willReturn(okJson(answer.toString())));
        var invited = invite(here);

        var asking = registrations.ask(secret(invited), lms.address(), TOKEN);
        assertThat(asking.configuration().product()).isEqualTo("moodle");
        assertThat(asking.configuration().version()).startsWith("4.5.6");
        var outcome = registrations.register(secret(invited), asking.form());

        assertThat(outcome.isSuccess()).isTrue();
        assertThat(outcome.next()).contains("Activate", "Show in activity chooser");
        var platform = platform("8OaKxnsGqI2OOYp");
        assertThat(platform.tokenEndpoint()).isEqualTo(URI.create(lms.url() + "/mod/lti/token.php"));
        assertThat(platform.tokenAudience()).isEqualTo(lms.url() + "/mod/lti/token.php");
        assertThat(platform.keySet()).isEqualTo(URI.create(lms.url() + "/mod/lti/certs.php"));
        assertThat(platform.frameOrigins()).containsExactly(lms.url());
        assertThat(platform.name()).isEqualTo("Our LMS");
        assertThat(deployment(platform, "1")).isEqualTo(here);
        assertThat(invitations.list(here).getFirst().platform()).isEqualTo(platform.id());
        assertThat(registrations.invitedBy(platform.id())).contains(here);
        lms.wire.verify(getRequestedFor(urlPathEqualTo("/openid-configuration"))
                .withHeader("Authorization", equalTo("Bearer " + TOKEN)));
        lms.wire.verify(postRequestedFor(urlPathEqualTo("/mod/lti/openid-registration.php"))
                .withHeader("Authorization", equalTo("Bearer " + TOKEN))
                .withHeader("Content-Type", equalTo("application/json"))
                .withHeader("Accept", equalTo("application/json")));
    }

    /** What Moodle requires: everything that the recorded registration had, and the domain with its port. */
    @Test
    void the_registration_has_every_member_that_moodle_s_recorded_one_has() throws IOException {
        var recorded = moodle("03-registration.json").at("/request/body");
        connect(here);
        var sent = RegisteringLms.JSON.readTree(lms.wire
                .findAll(postRequestedFor(urlPathEqualTo("/register")))
                .getFirst()
                .getBody());
        recorded.fieldNames()
                .forEachRemaining(
                        member -> assertThat(sent.has(member)).as(member).isTrue());
        recorded.get(RegisteringLms.TOOL)
                .fieldNames()
                .forEachRemaining(
                        member -> assertThat(sent.get(RegisteringLms.TOOL).has(member))
                                .as(member)
                                .isTrue());
        assertThat(sent.at("/redirect_uris/0").asText()).isEqualTo("https://cairn.example.edu:8443/lti/launch");
        assertThat(sent.get("initiate_login_uri").asText()).isEqualTo("https://cairn.example.edu:8443/lti/login");
        assertThat(sent.get("contacts").get(0).asText()).isEqualTo("cairn@example.edu");
        var tool = sent.get(RegisteringLms.TOOL);
        assertThat(tool.get("domain").asText()).isEqualTo("cairn.example.edu:8443");
        assertThat(tool.at("/custom_parameters/context_history").asText()).isEqualTo("$Context.id.history");
        assertThat(texts(tool.get("claims")))
                .contains("name", "given_name", "family_name")
                .doesNotContain("email");
        assertThat(types(tool)).containsExactly("LtiResourceLinkRequest", "LtiDeepLinkingRequest");
    }

    @Test
    void kinds_of_launches_and_scopes_are_those_that_the_lms_knows_and_all_where_it_does_not_say() {
        var tool = new ToolConfiguration(CAIRN, null);
        var all = tool.describe(Product.of("other"), Set.of(), Set.of());
        assertThat(types(all.get(RegisteringLms.TOOL)))
                .containsExactly(
                        "LtiResourceLinkRequest",
                        "LtiDeepLinkingRequest",
                        "LtiSubmissionReviewRequest",
                        "LtiDataPrivacyLaunchRequest");
        assertThat(all.get("scope").asText()).contains("/score", "noticehandlers", "contextgroup");
        assertThat(all.has("contacts")).isFalse();
        var some = tool.describe(
                Product.of("other"),
                Set.of("LtiDataPrivacyLaunchRequest"),
                Set.of("https://purl.imsglobal.org/spec/lti-ags/scope/score", "openid"));
        assertThat(types(some.get(RegisteringLms.TOOL)))
                .containsExactly("LtiResourceLinkRequest", "LtiDataPrivacyLaunchRequest");
        assertThat(some.get("scope").asText()).isEqualTo("https://purl.imsglobal.org/spec/lti-ags/scope/score");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no token|registration token",
                "missing domain|public URL",
                "domain/target mismatch|public URL",
                "domain without port|port",
                "missing jwks_uri|missing required attribute jwks_uri",
                "missing redirect_uris|missing required attribute redirect_uris",
                "client_secret_basic|private_key_jwt",
                "token reused|begin again",
                "garbage token|begin again"
            })
    void each_of_moodle_s_refusals_is_shown_with_what_helps_and_leaves_the_invitation_open(String line)
            throws IOException {
        var variant = moodle("05-registration-variants.json").get(line.substring(0, line.indexOf('|')));
        lms.answers(
                variant.get("status").asInt(),
                variant.get("content_type").asText(),
                variant.get("body").asText());
        var invited = invite(here);
        var outcome = register(invited);
        assertThat(outcome.isSuccess()).isFalse();
        assertThat(outcome.status()).isEqualTo(variant.get("status").asInt());
        assertThat(outcome.answer()).isEqualTo(variant.get("body").asText());
        assertThat(outcome.cause())
                .contains(line.substring(line.indexOf('|') + 1))
                .doesNotContain("//");
        assertThat(outcome.platform()).isNull();
        assertThat(invitations.list(here).getFirst().state(clock.instant())).isEqualTo(Invitation.State.OPEN);
        // The same invitation, once the LMS is content.
        lms.answers(RegisteringLms.registered("client-1", "1"));
        assertThat(register(invited).isSuccess()).isTrue();
    }

    @Test
    void canvas_gets_its_extensions_and_no_kind_of_launch_that_it_would_refuse() throws IOException {
        lms.shows(lms.configuration("canvas"));
        lms.answers(RegisteringLms.registered("10000000000001", null));
        var outcome = connect(here);
        assertThat(outcome.isSuccess()).isTrue();
        assertThat(outcome.deployment()).isNull();
        assertThat(outcome.next()).contains("waits for approval");
        var tool = RegisteringLms.JSON
                .readTree(lms.wire
                        .findAll(postRequestedFor(urlPathEqualTo("/register")))
                        .getFirst()
                        .getBody())
                .get(RegisteringLms.TOOL);
        var canvas = "https://canvas.instructure.com/lti/";
        assertThat(tool.get(canvas + "privacy_level").asText()).isEqualTo("name_only");
        assertThat(tool.get(canvas + "tool_id").asText()).isEqualTo("cairn");
        assertThat(tool.get(canvas + "vendor").asText()).isEqualTo("Cairn");
        assertThat(types(tool)).containsExactly("LtiResourceLinkRequest", "LtiDeepLinkingRequest");
        var navigation = tool.at("/messages/0");
        assertThat(texts(navigation.get("placements"))).containsExactly("course_navigation");
        assertThat(navigation.get(canvas + "course_navigation/default_enabled").asBoolean(true))
                .isFalse();
        assertThat(navigation.get(canvas + "visibility").asText()).isEqualTo("members");
        assertThat(navigation.get(canvas + "display_type").asText()).isEqualTo("full_width_in_context");
        assertThat(texts(tool.at("/messages/1/placements")))
                .containsExactly("link_selection", "assignment_selection", "editor_button", "module_index_menu_modal");
    }

    @Test
    void canvas_s_refusal_in_json_is_quoted() {
        lms.shows(lms.configuration("canvas"));
        lms.answers(422, "application/json", "{\"errors\":[{\"error\":\"scope is not permitted\"}]}");
        var outcome = connect(here);
        assertThat(outcome.cause()).contains("did not take", "“scope is not permitted”");
        assertThat(outcome.answer()).contains("\n").contains("scope is not permitted");
    }

    /** A host that an institution can point wherever it likes could name the installation of somebody else's. */
    @Test
    void a_deployment_that_is_named_by_another_host_than_the_issuer_s_is_not_believed() {
        lms.answers(RegisteringLms.registered("10000000000001", "42:stolen"));
        var invited = invite(here);
        var cloud = "https://canvas.instructure.com";
        var sso = "https://sso.canvaslms.com";
        var begun = RegisteringLms.JSON
                .createObjectNode()
                .put("invitation", invited.invitation().id());
        begun.put("until", clock.instant().plusSeconds(60).toString());
        begun.putObject("configuration")
                .put("issuer", cloud)
                .put("authorizationEndpoint", sso + "/auth")
                .put("tokenEndpoint", sso + "/token")
                .put("tokenAudience", sso + "/token")
                .put("keySet", sso + "/jwks")
                .put("registrationEndpoint", lms.url() + "/register")
                .put("product", "canvas")
                .put("version", "")
                .put("name", "")
                .putArray("messages");
        ((ObjectNode) begun.get("configuration")).putArray("scopes");
        var outcome = registrations.register(secret(invited), keys.seal("lti/registration", begun.toString()));
        assertThat(outcome.isSuccess()).isTrue();
        assertThat(outcome.deployment()).isNull();
        var platform = database.inTransaction(db -> PlatformStore.find(db, cloud, "10000000000001"))
                .orElseThrow();
        assertThat(deployments(platform)).isEmpty();
        assertThat(registrations.invitedBy(platform.id())).contains(here);
    }

    @Test
    void brightspace_sends_no_registration_token_and_gets_none() {
        lms.shows(lms.configuration("desire2learn"));
        lms.answers(RegisteringLms.registered("a1b2", "0f3c-guid"));
        var invited = invite(here);
        var asking = registrations.ask(secret(invited), lms.address() + "?once=7", null);
        var outcome = registrations.register(secret(invited), asking.form());
        assertThat(outcome.isSuccess()).isTrue();
        assertThat(platform("a1b2").tokenAudience()).isEqualTo("https://api.brightspace.com/auth/token");
        assertThat(platform("a1b2").product()).isEqualTo("brightspace");
        // Its configuration can be read once only.
        lms.wire.verify(
                1, getRequestedFor(urlPathEqualTo("/openid-configuration")).withHeader("Authorization", absent()));
        lms.wire.verify(postRequestedFor(urlPathEqualTo("/register")).withHeader("Authorization", absent()));
    }

    @Test
    void the_same_institution_may_register_again_and_keeps_what_its_administrators_added() {
        connect(here);
        var first = platform("client-1");
        database.inTransaction(db -> PlatformStore.save(db, renamed(first), clock.instant()));
        lms.shows(lms.configuration("moodle").put("jwks_uri", lms.url() + "/new-jwks"));
        assertThat(connect(here).isSuccess()).isTrue();
        var second = platform("client-1");
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.keySet()).isEqualTo(URI.create(lms.url() + "/new-jwks"));
        assertThat(second.name()).isEqualTo("Renamed");
        assertThat(second.frameOrigins()).containsExactly(lms.url(), "https://also.example.edu");
        assertThat(second.anonymousLaunches()).isTrue();
        assertThat(deployment(second, "1")).isEqualTo(here);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void another_institution_s_invitation_changes_nothing_of_a_registration(Databases databases) {
        database.close();
        open(databases);
        connect(here);
        var before = platform("client-1");
        var there = invite(tenant("there"));
        lms.shows(lms.configuration("moodle").put("jwks_uri", lms.url() + "/evil-jwks"));
        lms.answers(RegisteringLms.registered("client-1", "2"));
        refused(() -> register(there), "platform_of_another_tenant");
        assertThat(platform("client-1")).isEqualTo(before);
        assertThat(deployments(before)).extracting(Deployment::externalId).containsExactly("1");
        assertThat(invitations.list(there.invitation().tenant()).getFirst().usedAt())
                .isNull();
        assertThat(registrations.invitedBy(before.id())).contains(here);
    }

    @Test
    void a_registration_that_waits_for_its_first_installation_is_not_overtaken_either() {
        lms.answers(RegisteringLms.registered("client-1", null));
        connect(here);
        refused(() -> register(invite(tenant("there"))), "platform_of_another_tenant");
        assertThat(connect(here).isSuccess()).isTrue();
        // Nor one that two institutions share: a change would be for both.
        var shared = platform("client-1");
        var there = tenant("there");
        database.inTransaction(db -> PlatformStore.deploy(db, there, shared.id(), "2", clock.instant()));
        refused(() -> connect(here), "platform_of_another_tenant");
    }

    /** Else it could make Cairn fetch the other's tokens, and have them sent to itself. */
    @Test
    void the_client_of_another_issuer_at_the_same_token_endpoint_is_refused() {
        connect(here);
        var victim = platform("client-1");
        database.inTransaction(db -> PlatformStore.save(
                db,
                new Platform(
                        PlatformId.fresh(),
                        "https://school.brightspace.com",
                        "client-2",
                        "School",
                        "brightspace",
                        victim.authorizationEndpoint(),
                        victim.tokenEndpoint(),
                        victim.tokenAudience(),
                        victim.keySet(),
                        "RS256",
                        List.of("https://school.brightspace.com"),
                        false),
                clock.instant()));
        lms.answers(RegisteringLms.registered("client-2", "1"));
        refused(() -> connect(here), "client_of_another_issuer");
        lms.answers(RegisteringLms.registered("client-3", "3"));
        assertThat(connect(here).isSuccess()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void of_two_uses_of_one_invitation_at_once_one_wins(Databases databases) throws Exception {
        database.close();
        open(databases);
        var invited = invite(here);
        for (int i = 0; i < 2; i++) {
            lms.wire.stubFor(post("/register" + i)
                    .willReturn(
                            okJson(RegisteringLms.registered("client-" + i, "1").toString())
                                    .withFixedDelay(300)));
        }
        var forms = new ArrayList<String>();
        for (int i = 0; i < 2; i++) {
            lms.shows(lms.configuration("moodle").put("registration_endpoint", lms.url() + "/register" + i));
            forms.add(registrations.ask(secret(invited), lms.address(), TOKEN).form());
        }
        var won = new ArrayList<String>();
        try (var threads = Executors.newFixedThreadPool(2)) {
            List<Callable<String>> both = forms.stream()
                    .map(form -> (Callable<String>) () -> {
                        try {
                            return String.valueOf(registrations
                                    .register(secret(invited), form)
                                    .isSuccess());
                        } catch (Problem problem) {
                            return problem.code();
                        }
                    })
                    .toList();
            for (var future : threads.invokeAll(both)) {
                won.add(future.get());
            }
        }
        assertThat(won).containsExactlyInAnyOrder("true", "invitation_used");
        assertThat(platforms()).hasSize(1);
    }

    @Test
    void an_invitation_that_closed_in_between_is_refused_and_nothing_is_sent() {
        var expired = invite(here);
        var withdrawn = invite(here);
        var used = invite(here);
        var old = registrations.ask(secret(expired), lms.address(), TOKEN).form();
        var other = registrations.ask(secret(withdrawn), lms.address(), TOKEN).form();
        var again = registrations.ask(secret(used), lms.address(), TOKEN).form();
        register(used);
        invitations.withdraw(here, withdrawn.invitation().id());
        lms.wire.resetRequests();
        refused(() -> registrations.register(secret(used), again), "invitation_used");
        refused(() -> registrations.register(secret(withdrawn), other), "invitation_withdrawn");
        clock.advance(Invitations.USUAL);
        refused(() -> registrations.register(secret(expired), old), "invitation_expired");
        refused(() -> registrations.ask(secret(expired), lms.address(), TOKEN), "invitation_expired");
        refused(() -> registrations.ask("guessed", lms.address(), TOKEN), "invitation_unknown");
        refused(() -> registrations.register("guessed", old), "invitation_unknown");
        assertThat(lms.wire.getAllServeEvents()).isEmpty();
    }

    @Test
    void a_form_that_was_changed_is_old_or_belongs_to_another_invitation_is_refused() {
        var invited = invite(here);
        var form = registrations.ask(secret(invited), lms.address(), TOKEN).form();
        refused(() -> registrations.register(secret(invite(here)), form), "registration_form_old");
        refused(() -> registrations.register(secret(invited), form.substring(1)), "registration_form_old");
        refused(() -> registrations.register(secret(invited), ""), "registration_form_old");
        refused(
                () -> registrations.register(secret(invited), keys.seal("lti/deep-linking", "{}")),
                "registration_form_old");
        clock.advance(Duration.ofHours(1));
        refused(() -> registrations.register(secret(invited), form), "registration_form_old");
        assertThat(form).doesNotContain(TOKEN);
    }

    @Test
    void without_a_configuration_s_address_or_with_an_impossible_token_the_person_is_told_what_to_do() {
        var invited = invite(here);
        refused(() -> registrations.ask(secret(invited), null, null), "configuration_address_missing");
        refused(() -> registrations.ask(secret(invited), " ", null), "configuration_address_missing");
        refused(
                () -> registrations.ask(secret(invited), lms.address(), "a\r\nX-Evil: 1"),
                "registration_token_malformed");
        refused(() -> registrations.ask(secret(invited), lms.address() + "#x", TOKEN), "configuration_address_refused");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://10.0.0.1/c", "https://169.254.169.254/latest/meta-data", "https://[fd00::1]/c"})
    void a_configuration_in_a_private_network_is_never_asked_for(String address) {
        refused(() -> registrations.ask(secret(invite(here)), address, TOKEN), "upstream_failed");
    }

    @Test
    void outside_of_development_neither_http_nor_this_machine_is_asked() {
        try (var strict = new Outbound(false, "Cairn/test")) {
            var careful = new Registrations(database, keys, strict, CAIRN, null, false, clock);
            var invited = invite(here);
            refused(() -> careful.ask(secret(invited), lms.address(), TOKEN), "upstream_failed");
            refused(() -> careful.ask(secret(invited), "https://127.0.0.1/c", TOKEN), "upstream_failed");
        }
        assertThat(lms.wire.getAllServeEvents()).isEmpty();
    }

    @Test
    void a_configuration_that_is_a_redirect_a_failure_html_or_two_megabytes_is_refused() {
        var invited = invite(here);
        try (var other = new RegisteringLms()) {
            other.shows(other.configuration("moodle"));
            serve(aResponse().withStatus(302).withHeader("Location", other.address()));
            refused(() -> registrations.ask(secret(invited), lms.address(), TOKEN), "configuration_refused");
            assertThat(other.wire.getAllServeEvents()).isEmpty();
        }
        serve(aResponse().withStatus(401));
        refused(() -> registrations.ask(secret(invited), lms.address(), TOKEN), "configuration_refused");
        serve(aResponse().withBody("<!doctype html><title>Log in</title>"));
        refused(() -> registrations.ask(secret(invited), lms.address(), TOKEN), "configuration_unreadable");
        serve(aResponse().withBody("x".repeat(2 * 1024 * 1024)));
        refused(() -> registrations.ask(secret(invited), lms.address(), TOKEN), "upstream_failed");
    }

    @Test
    void an_answer_that_is_no_registration_is_shown_and_nothing_is_kept() {
        var invited = invite(here);
        var bodies = List.of(
                "",
                "{}",
                "null",
                "<html>done</html>",
                "{\"client_id\":\"\"}",
                "{\"client_id\":[\"a\"]}",
                "{\"client_id\":null}",
                "{\"client_id\":\"a b\"}",
                "{\"client_id\":\"" + "x".repeat(256) + "\"}",
                "{\"client_id\":\"a\",\"x\":" + "[".repeat(200) + "]".repeat(200) + "}",
                "[".repeat(100_000));
        for (var body : bodies) {
            lms.answers(200, "application/json", body);
            var outcome = register(invited);
            assertThat(outcome.isSuccess())
                    .as(body.substring(0, Math.min(body.length(), 40)))
                    .isFalse();
            assertThat(outcome.cause()).contains("no client id");
            assertThat(outcome.answer()).hasSizeLessThanOrEqualTo(20_001);
        }
        for (int status : new int[] {302, 400, 401, 403, 404, 409, 429, 500, 503}) {
            lms.answers(
                    status,
                    "application/json",
                    RegisteringLms.registered("client-1", "1").toString());
            assertThat(register(invited).isSuccess()).as("status %d", status).isFalse();
        }
        lms.answers(200, "application/json", "x".repeat(2 * 1024 * 1024));
        assertThat(register(invited).status()).isZero();
        lms.wire.stubFor(post("/register").willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));
        assertThat(register(invited).cause()).contains("could not be reached");
        assertThat(platforms()).isEmpty();
        assertThat(invitations.list(here).getFirst().state(clock.instant())).isEqualTo(Invitation.State.OPEN);
    }

    @Test
    void a_number_is_a_deployment_id_too_and_anything_else_of_an_odd_type_is_none() throws IOException {
        lms.answers((ObjectNode) RegisteringLms.JSON.readTree(
                "{\"client_id\":\"client-1\",\"" + RegisteringLms.TOOL + "\":{\"deployment_id\":7}}"));
        assertThat(connect(here).deployment().externalId()).isEqualTo("7");
        lms.answers((ObjectNode) RegisteringLms.JSON.readTree(
                "{\"client_id\":\"client-2\",\"" + RegisteringLms.TOOL + "\":{\"deployment_id\":{\"a\":1}}}"));
        assertThat(connect(here).deployment()).isNull();
    }

    @Test
    void the_token_for_changes_is_kept_sealed_and_shown_to_nobody() {
        lms.answers(updatable("first-token"));
        var outcome = connect(here);
        assertThat(outcome.answer()).contains("client-1", "…").doesNotContain("first-token");
        var kept = database.inTransaction(db ->
                        RegistrationStore.findUpdate(db, platform("client-1").id()))
                .orElseThrow();
        assertThat(kept.address()).isEqualTo(URI.create(lms.url() + "/registered/1"));
        assertThat(kept.token()).isNotNull().doesNotContain("first-token");
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_change_reads_then_writes_and_each_newer_token_takes_the_place_of_the_one_before(Databases databases) {
        database.close();
        open(databases);
        lms.answers(updatable("first-token"));
        connect(here);
        var id = platform("client-1").id();
        lms.wire.stubFor(
                get("/registered/1").willReturn(okJson(updatable("second-token").toString())));
        lms.wire.stubFor(
                put("/registered/1").willReturn(okJson(updatable("third-token").toString())));

        assertThat(registrations.update(id).isSuccess()).isTrue();
        lms.wire.verify(getRequestedFor(urlPathEqualTo("/registered/1"))
                .withHeader("Authorization", equalTo("Bearer first-token")));
        var written = lms.wire
                .findAll(putRequestedFor(urlPathEqualTo("/registered/1")))
                .getFirst();
        assertThat(written.getHeader("Authorization")).isEqualTo("Bearer second-token");
        assertThat(written.getBodyAsString())
                .contains("\"client_id\":\"client-1\"", "\"domain\":\"cairn.example.edu:8443\"")
                .doesNotContain("registration_access_token");
        registrations.update(id);
        lms.wire.verify(getRequestedFor(urlPathEqualTo("/registered/1"))
                .withHeader("Authorization", equalTo("Bearer third-token")));
    }

    @Test
    void a_change_that_is_refused_or_of_another_client_changes_nothing() {
        lms.answers(updatable("first-token"));
        connect(here);
        var id = platform("client-1").id();
        lms.wire.stubFor(get("/registered/1").willReturn(aResponse().withStatus(401)));
        assertThat(registrations.update(id).cause()).contains("did not accept");
        lms.wire.stubFor(get("/registered/1")
                .willReturn(okJson(RegisteringLms.registered("client-9", "1")
                        .put("registration_access_token", "foreign")
                        .toString())));
        assertThat(registrations.update(id).isSuccess()).isFalse();
        lms.wire.verify(0, putRequestedFor(urlPathEqualTo("/registered/1")));
        lms.wire.stubFor(
                get("/registered/1").willReturn(okJson(updatable("first-token").toString())));
        lms.wire.stubFor(put("/registered/1")
                .willReturn(aResponse().withStatus(400).withBody("{\"error\":\"invalid_client_metadata\"}")));
        assertThat(registrations.update(id).cause()).contains("invalid_client_metadata");
        lms.wire.verify(
                0,
                getRequestedFor(urlPathEqualTo("/registered/1"))
                        .withHeader("Authorization", equalTo("Bearer foreign")));
    }

    @Test
    void an_address_for_changes_outside_of_the_lms_is_never_given_a_token() {
        lms.answers(updatable("first-token").put("registration_client_uri", "https://evil.example/registered/1"));
        connect(here);
        refused(() -> registrations.update(platform("client-1").id()), "registration_not_updatable");
    }

    /** As Canvas does it: the scope for registrations instead of a token of its own. */
    @Test
    void where_no_token_came_with_the_registration_one_of_the_lms_s_services_is_asked_for() {
        lms.shows(lms.configuration("canvas"));
        lms.answers(RegisteringLms.registered("client-1", null)
                .put("registration_client_uri", lms.url() + "/registered/1"));
        connect(here);
        lms.wire.stubFor(post("/token").willReturn(okJson("{\"access_token\":\"from-services\",\"expires_in\":3600}")));
        lms.wire.stubFor(get("/registered/1").willReturn(okJson("{\"client_id\":\"client-1\"}")));
        lms.wire.stubFor(put("/registered/1").willReturn(okJson("{\"client_id\":\"client-1\"}")));
        assertThat(registrations.update(platform("client-1").id()).isSuccess()).isTrue();
        lms.wire.verify(putRequestedFor(urlPathEqualTo("/registered/1"))
                .withHeader("Authorization", equalTo("Bearer from-services")));
        assertThat(lms.wire
                        .findAll(postRequestedFor(urlPathEqualTo("/token")))
                        .getFirst()
                        .getBodyAsString())
                .contains("lti-reg%2Fscope%2Fregistration");
        lms.wire.stubFor(
                post("/token").willReturn(aResponse().withStatus(400).withBody("{\"error\":\"invalid_scope\"}")));
        clock.advance(Duration.ofHours(2));
        refused(() -> registrations.update(platform("client-1").id()), "registration_token_refused");
    }

    private ObjectNode updatable(String token) {
        return RegisteringLms.registered("client-1", "1")
                .put("registration_client_uri", lms.url() + "/registered/1")
                .put("registration_access_token", token);
    }

    private Outcome connect(TenantId tenant) {
        return register(invite(tenant));
    }

    private Outcome register(Invitations.Issued invited) {
        var asking = registrations.ask(secret(invited), lms.address(), TOKEN);
        return registrations.register(secret(invited), asking.form());
    }

    private Invitations.Issued invite(TenantId tenant) {
        return invitations.create(tenant, "Our LMS", Invitations.USUAL);
    }

    private TenantId tenant(String slug) {
        return database.inTransaction(
                        db -> TenantStore.findOrCreate(db, slug, slug, ZoneId.of("Europe/Vienna"), clock.instant()))
                .id();
    }

    private Platform platform(String clientId) {
        return database.inTransaction(db -> PlatformStore.find(db, lms.url(), clientId))
                .orElseThrow();
    }

    private List<Platform> platforms() {
        return database.inTransaction(db -> PlatformStore.list(db));
    }

    private List<Deployment> deployments(Platform platform) {
        return database.inTransaction(db -> PlatformStore.deployments(db, platform.id()));
    }

    private TenantId deployment(Platform platform, String id) {
        return database.inTransaction(db -> PlatformStore.findDeployment(db, platform.id(), id))
                .orElseThrow()
                .tenant();
    }

    private static Platform renamed(Platform platform) {
        var origins = new ArrayList<>(platform.frameOrigins());
        origins.add("https://also.example.edu");
        return new Platform(
                platform.id(),
                platform.issuer(),
                platform.clientId(),
                "Renamed",
                platform.product(),
                platform.authorizationEndpoint(),
                platform.tokenEndpoint(),
                platform.tokenAudience(),
                platform.keySet(),
                platform.algorithm(),
                origins,
                true);
    }

    private void serve(ResponseDefinitionBuilder answer) {
        lms.wire.stubFor(get(urlPathEqualTo("/openid-configuration")).willReturn(answer));
    }

    /** A recorded message, as if this LMS had sent it. */
    private JsonNode moodle(String file) throws IOException {
        var text = Files.readString(Shared.folder().resolve("reference/moodle").resolve(file), StandardCharsets.UTF_8);
        return RegisteringLms.JSON.readTree(text.replace("http://127.0.0.1:8085", lms.url()));
    }

    private static List<String> types(JsonNode tool) {
        return StreamSupport.stream(tool.get("messages").spliterator(), false)
                .map(message -> message.get("type").asText())
                .toList();
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static String secret(Invitations.Issued issued) {
        return issued.link().getPath().substring(Invitations.PATH.length());
    }

    private static void refused(Runnable work, String code) {
        assertThatThrownBy(work::run)
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(code));
    }
}
