package org.cairn.web.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.cairn.catalog.IssuerStore;
import org.cairn.keys.IssuerKey;
import org.cairn.keys.LtiKey;
import org.cairn.testing.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every page and every form, asked for by an operator of another tenant: nothing is shown and nothing is changed. The same by the operator
 * whose things they are, and by one of all tenants, so that no refusal is an accident.
 */
class TenantWallTest {

    private static final List<String> TABLES = List.of(
            "platform",
            "deployment",
            "pending_deployment",
            "invitation",
            "signing_key",
            "tenant",
            "issuer",
            "issuer_name",
            "operator",
            "score",
            "operator_action",
            "lti11_consumer",
            "subscription",
            "account",
            "endorsement",
            "given_endorsement",
            "artwork",
            "application",
            "catalogue");

    /** What a page or form of {@code route} is asked for, and who is let in: {@code own} is the status for the operator of that tenant. */
    private record Ask(String route, String path, Map<String, String> form, int own, int all) {}

    private static TestApp app;
    private static TwoTenants two;

    @BeforeAll
    static void start() {
        app = TestApp.start();
        two = new TwoTenants(app);
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void every_page_and_form_is_asked_for_here() throws IOException {
        var source = Files.readString(Path.of("src/main/java/org/cairn/web/admin/AdminRoutes.java"));
        var routes = new TreeSet<String>();
        var found = Pattern.compile("(page|form)\\(routes, \"([^\"]+)\"").matcher(source);
        while (found.find()) {
            routes.add((found.group(1).equals("page") ? "GET " : "POST ") + found.group(2));
        }
        // The doctor's and the rehearsal's pages have a test of their own; these two are about oneself.
        routes.removeIf(route -> route.contains("doctor") || route.contains("rehearsal"));
        routes.removeAll(List.of("POST /admin/sign-out", "POST /admin/link"));
        var asked = new TreeSet<String>();
        pages().forEach(ask -> asked.add("GET " + ask.route()));
        forms(two.here).forEach(ask -> asked.add("POST " + ask.route()));
        assertThat(asked).isEqualTo(routes);
    }

    @Test
    void a_neighbour_is_shown_nothing_and_changes_nothing() {
        var neighbour = two.desk(two.there);
        for (var ask : pages()) {
            var answer = neighbour.get(ask.path());
            assertThat(answer.statusCode()).as(ask.path()).isIn(200, 403, 404);
            if (ask.path().contains(two.here.platform().toString())
                    || ask.path().contains(two.here.deployment().toString())
                    || ask.path().contains(two.here.applicant().toString())
                    || ask.path().contains(two.here.picture())) {
                assertThat(answer.statusCode()).as(ask.path()).isIn(403, 404);
            }
            assertThat(answer.body())
                    .as(ask.path())
                    .doesNotContain("-here")
                    .doesNotContain(two.here.tenant().toString())
                    .doesNotContain(two.here.deployment().toString())
                    .doesNotContain(app.sandbox().url());
        }
        var before = dump();
        for (var ask : forms(two.here)) {
            neighbour.get("/admin/operators");
            var answer = neighbour.post(ask.path(), ask.form());
            // Making something for oneself by a form that names no foreign thing is not what is asked for here.
            assertThat(answer.statusCode()).as(ask.route()).isIn(403, 404, 422);
            assertThat(dump()).as(ask.route()).isEqualTo(before);
        }
    }

    @Test
    void without_the_page_s_token_or_a_session_no_form_changes_anything() {
        var all = two.all;
        all.get("/admin");
        var before = dump();
        for (var ask : forms(two.here)) {
            var form = new java.util.HashMap<>(ask.form());
            form.put("token", "guessed");
            assertThat(all.post(ask.path(), form).statusCode()).as(ask.route()).isEqualTo(403);
            assertThat(new Desk(app.url()).post(ask.path(), ask.form()).statusCode())
                    .as(ask.route())
                    .isEqualTo(401);
        }
        for (var ask : pages()) {
            assertThat(new Desk(app.url()).get(ask.path()).statusCode())
                    .as(ask.path())
                    .isEqualTo(303);
        }
        assertThat(dump()).isEqualTo(before);
    }

    @Test
    void the_own_operator_and_one_of_all_tenants_are_let_in() {
        try (var own = TestApp.start()) {
            var tenants = new TwoTenants(own);
            var desk = tenants.desk(tenants.here);
            for (var ask : pages(tenants, own)) {
                assertThat(desk.get(ask.path()).statusCode()).as(ask.path()).isEqualTo(ask.own());
                var answer = tenants.all.get(ask.path());
                assertThat(answer.statusCode()).as(ask.path()).isEqualTo(ask.all());
                // A picture never changes under its name.
                assertThat(answer.headers().firstValue("Cache-Control"))
                        .contains(ask.path().endsWith(".png") ? "private, max-age=31536000, immutable" : "no-store");
                assertThat(answer.headers()
                                .firstValue("Content-Security-Policy")
                                .orElseThrow())
                        .contains("frame-ancestors 'none'");
            }
            assertThat(desk.get("/admin/applications").body()).contains("Please-here");
            for (var ask : forms(tenants, tenants.here, own)) {
                desk.get("/admin/operators");
                assertThat(desk.post(ask.path(), ask.form()).statusCode())
                        .as("own " + ask.route())
                        .isEqualTo(ask.own());
            }
            for (var ask : forms(tenants, tenants.there, own)) {
                tenants.all.get("/admin/operators");
                // An LMS that is not there cannot be fetched from.
                int wanted = ask.route().endsWith("key-set") ? 502 : ask.all();
                assertThat(tenants.all.post(ask.path(), ask.form()).statusCode())
                        .as("all " + ask.route())
                        .isEqualTo(wanted);
            }
        }
    }

    private static List<Ask> pages() {
        return pages(two, app);
    }

    private static List<Ask> forms(TwoTenants.Things things) {
        return forms(two, things, app);
    }

    private static List<Ask> pages(TwoTenants two, TestApp app) {
        var here = two.here;
        return List.of(
                page("/admin"),
                page("/admin/deployments"),
                new Ask(
                        "/admin/deployments/{deployment}/move",
                        "/admin/deployments/" + here.deployment() + "/move",
                        Map.of(),
                        403,
                        200),
                page("/admin/platforms"),
                new Ask("/admin/platforms/{platform}", "/admin/platforms/" + here.platform(), Map.of(), 200, 200),
                page("/admin/invitations"),
                page("/admin/outbox"),
                page("/admin/notices"),
                page("/admin/dry-run"),
                page("/admin/applications"),
                page("/admin/design"),
                page("/admin/endorsements"),
                page("/admin/pictures"),
                new Ask("/admin/pictures/{tenant}/{picture}", picture(here), Map.of(), 200, 200),
                new Ask(
                        "/admin/pictures/{tenant}/{picture}/image.png",
                        picture(here) + "/image.png",
                        Map.of(),
                        200,
                        200),
                page("/admin/people"),
                new Ask("/admin/people/{learner}", "/admin/people/" + here.applicant(), Map.of(), 200, 200),
                new Ask("/admin/keys", "/admin/keys", Map.of(), 403, 200),
                new Ask("/admin/keys/{key}/withdrawal", "/admin/keys/" + kid(app) + "/withdrawal", Map.of(), 403, 200),
                page("/admin/issuers"),
                new Ask("/admin/issuers/{tenant}", "/admin/issuers/" + here.tenant(), Map.of(), 200, 200),
                new Ask(
                        "/admin/issuers/{tenant}/keys/{key}/withdrawal",
                        "/admin/issuers/" + here.tenant() + "/keys/" + kid(app, here) + "/withdrawal",
                        Map.of(),
                        200,
                        200),
                page("/admin/tenants"),
                page("/admin/operators"));
    }

    private static String picture(TwoTenants.Things things) {
        return "/admin/pictures/" + things.tenant() + "/" + things.picture();
    }

    private static Ask page(String path) {
        return new Ask(path, path, Map.of(), 200, 200);
    }

    private static List<Ask> forms(TwoTenants two, TwoTenants.Things things, TestApp app) {
        var tenant = things.tenant().toString();
        var other = (things == two.here ? two.there : two.here).tenant().toString();
        var platform = "/admin/platforms/" + things.platform();
        var operator = "/admin/operators/" + things.colleague().operator().id();
        var asks = new ArrayList<Ask>();
        asks.add(form(
                "/admin/deployments/approvals",
                Map.of(
                        "platform",
                        things.platform().toString(),
                        "deployment",
                        things.knocks().getFirst(),
                        "tenant",
                        tenant)));
        asks.add(form(
                "/admin/deployments/refusals",
                Map.of(
                        "platform",
                        things.platform().toString(),
                        "deployment",
                        things.knocks().getLast())));
        asks.add(new Ask(
                "/admin/platforms/{platform}",
                platform,
                Map.of("origins", "https://lms.example.edu", "anonymous", "yes"),
                303,
                303));
        asks.add(new Ask("/admin/platforms/{platform}/key-set", platform + "/key-set", Map.of(), 303, 303));
        asks.add(new Ask(
                "/admin/platforms/{platform}/secrets",
                platform + "/secrets",
                Map.of("consumer", "old", "secret", "secret"),
                303,
                303));
        var issuer = "/admin/issuers/" + tenant;
        asks.add(new Ask("/admin/issuers/{tenant}/name", issuer + "/name", Map.of("kind", "hosted"), 303, 303));
        asks.add(new Ask("/admin/issuers/{tenant}/tokens", issuer + "/tokens", Map.of("algorithm", "RS256"), 303, 303));
        asks.add(new Ask("/admin/issuers/{tenant}/publication", issuer + "/publication", Map.of(), 303, 303));
        asks.add(new Ask("/admin/issuers/{tenant}/renewal", issuer + "/renewal", Map.of(), 303, 303));
        asks.add(new Ask("/admin/issuers/{tenant}/keys", issuer + "/keys", Map.of("algorithm", "ES256"), 303, 303));
        asks.add(new Ask(
                "/admin/issuers/{tenant}/keys/{key}/withdrawal",
                issuer + "/keys/" + kid(app, things) + "/withdrawal",
                Map.of(),
                303,
                303));
        asks.add(new Ask(
                "/admin/invitations",
                "/admin/invitations",
                Map.of("tenant", tenant, "label", "New", "days", "7"),
                200,
                200));
        asks.add(new Ask(
                "/admin/invitations/{invitation}/withdrawal",
                "/admin/invitations/" + things.invitation().id() + "/withdrawal",
                Map.of("tenant", tenant),
                303,
                303));
        asks.add(form("/admin/outbox/deliveries", Map.of("tenant", tenant)));
        asks.add(new Ask(
                "/admin/dry-run",
                "/admin/dry-run",
                Map.of("tenant", tenant, "achievement", "bias-in-models", "rule", "{\"completed\":\"quiz\"}"),
                200,
                200));
        asks.add(new Ask(
                "/admin/applications/{application}/decision",
                "/admin/applications/" + things.application() + "/decision",
                Map.of("tenant", tenant, "do", "decline", "reason", "Because."),
                303,
                303));
        asks.add(new Ask("/admin/pictures", "/admin/pictures", Map.of("tenant", tenant, "alternative", "A"), 422, 422));
        asks.add(new Ask(
                "/admin/pictures/{tenant}/{picture}/removal", picture(things) + "/removal", Map.of(), 303, 303));
        asks.add(new Ask("/admin/endorsements", "/admin/endorsements", Map.of("signed", "nothing signed"), 422, 422));
        asks.add(form(
                "/admin/endorsements/given",
                Map.of("tenant", tenant, "subject", "https://a.example/1", "name", "A", "comment", "Good.")));
        asks.add(new Ask(
                "/admin/endorsements/{endorsement}/withdrawal",
                "/admin/endorsements/" + things.endorsement() + "/withdrawal",
                Map.of("tenant", tenant),
                303,
                303));
        asks.add(new Ask(
                "/admin/endorsements/given/{endorsement}/revocation",
                "/admin/endorsements/given/" + things.given() + "/revocation",
                Map.of("tenant", tenant),
                303,
                303));
        asks.add(new Ask("/admin/people", "/admin/people", Map.of("tenant", tenant, "who", "applicant"), 200, 200));
        asks.add(new Ask(
                "/admin/people/{learner}/erasure",
                "/admin/people/" + things.applicant() + "/erasure",
                Map.of("word", "applicant"),
                303,
                303));
        asks.add(new Ask(
                "/admin/tenants/{tenant}",
                "/admin/tenants/" + tenant,
                Map.of("name", "Renamed", "zone", "Europe/Rome"),
                303,
                303));
        asks.add(new Ask("/admin/operators", "/admin/operators", Map.of("name", "New", "tenant", tenant), 200, 200));
        asks.add(new Ask("/admin/operators/{operator}/token", operator + "/token", Map.of(), 200, 200));
        asks.add(new Ask("/admin/operators/{operator}/withdrawal", operator + "/withdrawal", Map.of(), 303, 303));
        // For operators of all tenants only
        asks.add(new Ask("/admin/operators", "/admin/operators", Map.of("name", "New", "tenant", "all"), 403, 200));
        asks.add(new Ask(
                "/admin/tenants",
                "/admin/tenants",
                Map.of("slug", "fresh-" + tenant.substring(0, 8), "name", "Fresh", "zone", "UTC"),
                403,
                303));
        asks.add(new Ask("/admin/keys/rotation", "/admin/keys/rotation", Map.of(), 403, 303));
        asks.add(
                new Ask("/admin/keys/{key}/withdrawal", "/admin/keys/" + kid(app) + "/withdrawal", Map.of(), 403, 303));
        asks.add(new Ask(
                "/admin/deployments/{deployment}/move",
                "/admin/deployments/" + things.deployment() + "/move",
                Map.of("tenant", other),
                403,
                303));
        return asks;
    }

    private static Ask form(String path, Map<String, String> form) {
        return new Ask(path, path, form, 303, 303);
    }

    private static String kid(TestApp app) {
        return app.cairn().keys().ltiStates().stream()
                .filter(key -> key.state() == LtiKey.State.ACTIVE)
                .findFirst()
                .orElseThrow()
                .kid();
    }

    /** A key of the tenant's issuer that signs. */
    private static String kid(TestApp app, TwoTenants.Things things) {
        return app.cairn()
                .database()
                .inTransaction(db ->
                        app
                                .cairn()
                                .keys()
                                .issuerKeys(
                                        db, IssuerStore.get(db, things.tenant()).id())
                                .stream()
                                .filter(key -> key.state() == IssuerKey.State.ACTIVE)
                                .findFirst()
                                .orElseThrow()
                                .kid());
    }

    private static String dump() {
        return two.database().inTransaction(db -> {
            var all = new StringBuilder();
            for (var table : TABLES) {
                db.fetch("select * from " + table).stream()
                        .map(Object::toString)
                        .sorted()
                        .forEach(all::append);
            }
            return all.toString();
        });
    }
}
