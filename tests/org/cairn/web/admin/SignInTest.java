package org.cairn.web.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.Map;
import org.cairn.people.OperatorStore;
import org.cairn.testing.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who runs Cairn signs in by a token that was shown once; what that gives is first-party, short, and bound to the browser. */
class SignInTest {

    private static TestApp app;
    private static String first;

    @BeforeAll
    static void start() {
        app = TestApp.start();
        first = app.cairn().firstToken().orElseThrow();
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void the_first_token_opens_the_overview_and_only_its_hash_is_kept() {
        var desk = new Desk(app.url());
        var answer = desk.send(desk.form("/admin/sign-in", Map.of("token", " " + first + " ")));
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith("/admin");
        assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith("cairn-operator=")
                .contains("; Path=/admin", "; HttpOnly", "; Secure", "; SameSite=Lax", "; Max-Age=28800")
                .doesNotContain("Domain");
        var page = desk.get("/admin");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("First operator", "All tenants", "What waits for you");
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("frame-ancestors 'none'", "default-src 'none'");
        var kept = app.cairn()
                .database()
                .inTransaction(
                        db -> db.fetch("select * from operator") + " " + db.fetch("select * from operator_session"));
        assertThat(kept).doesNotContain(first).doesNotContain(desk.cookies().get("cairn-operator"));
    }

    @Test
    void without_a_session_a_page_leads_to_the_sign_in_and_a_form_is_refused() {
        var stranger = new Desk(app.url());
        assertThat(stranger.get("/admin").statusCode()).isEqualTo(303);
        stranger.cookies(Map.of("cairn-operator", "A".repeat(43)));
        assertThat(stranger.get("/admin").headers().firstValue("Location").orElseThrow())
                .endsWith("/admin/sign-in");
        assertThat(stranger.post("/admin/sign-out", Map.of()).statusCode()).isEqualTo(401);
        stranger.cookies(Map.of("cairn-operator", "<script>"));
        assertThat(stranger.get("/admin").statusCode()).isEqualTo(303);
    }

    @Test
    void a_wrong_token_is_told_so_and_sets_no_cookie() {
        var desk = new Desk(app.url());
        var answer = desk.send(desk.form("/admin/sign-in", Map.of("token", "operator_" + "A".repeat(43))));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("No operator has this token", "cairn operator add");
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void a_token_in_the_address_signs_nobody_in() {
        var desk = new Desk(app.url());
        assertThat(desk.send(desk.form("/admin/sign-in?token=" + first, Map.of()))
                        .statusCode())
                .isEqualTo(401);
        assertThat(desk.get("/admin/sign-in?token=" + first).headers().firstValue("Set-Cookie"))
                .isEmpty();
    }

    @Test
    void signing_in_again_ends_the_session_before_and_signing_out_ends_this_one() {
        var desk = Desk.signedIn(app.url(), token("Rotating"));
        var before = desk.cookies();
        desk.send(desk.form("/admin/sign-in", Map.of("token", token("Rotated"))));
        assertThat(desk.cookies()).isNotEqualTo(before);
        assertThat(desk.get("/admin").body()).contains("Rotated");
        var left = desk.cookies();
        assertThat(desk.post("/admin/sign-out", Map.of()).statusCode()).isEqualTo(303);
        assertThat(desk.cookies()).isEmpty();
        for (var ended : java.util.List.of(before, left)) {
            desk.cookies(ended);
            assertThat(desk.get("/admin").statusCode()).isEqualTo(303);
        }
    }

    @Test
    void a_form_from_another_site_or_with_another_session_s_token_is_refused() {
        var desk = Desk.signedIn(app.url(), token("Careful"));
        var other = Desk.signedIn(app.url(), token("Other"));
        assertThat(desk.post("/admin/sign-out", Map.of("token", other.formToken()))
                        .statusCode())
                .isEqualTo(403);
        assertThat(desk.post("/admin/sign-out", Map.of("token", "")).statusCode())
                .isEqualTo(403);
        for (var header : Map.of("Origin", "https://evil.example", "Sec-Fetch-Site", "same-site")
                .entrySet()) {
            var foreign = foreign(desk.form("/admin/sign-out", Map.of("token", desk.formToken())), header);
            assertThat(desk.send(foreign).statusCode()).isEqualTo(403);
            var signIn = foreign(desk.form("/admin/sign-in", Map.of("token", first)), header);
            assertThat(desk.send(signIn).statusCode()).isEqualTo(403);
        }
        assertThat(desk.get("/admin").statusCode()).isEqualTo(200);
    }

    @Test
    void who_is_withdrawn_is_out_at_once() {
        var added = app.cairn().database().inTransaction(db -> OperatorStore.add(db, null, "Withdrawn", Instant.EPOCH));
        var desk = Desk.signedIn(app.url(), added.token());
        app.cairn().database().inTransaction(db -> {
            OperatorStore.withdraw(db, added.operator(), Instant.EPOCH);
            return null;
        });
        assertThat(desk.get("/admin").statusCode()).isEqualTo(303);
        assertThat(desk.send(desk.form("/admin/sign-in", Map.of("token", added.token())))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void after_ten_wrong_tokens_from_one_address_even_a_right_one_waits() {
        try (var own = TestApp.start()) {
            var desk = new Desk(own.url());
            for (int i = 0; i < 10; i++) {
                assertThat(desk.send(desk.form("/admin/sign-in", Map.of("token", "operator_" + i)))
                                .statusCode())
                        .isEqualTo(401);
            }
            var right = Map.of("token", own.cairn().firstToken().orElseThrow());
            var answer = desk.send(desk.form("/admin/sign-in", right));
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.body()).contains("wait a minute");
        }
    }

    private static HttpRequest foreign(HttpRequest request, Map.Entry<String, String> header) {
        return HttpRequest.newBuilder(request, (name, value) -> true)
                .header(header.getKey(), header.getValue())
                .build();
    }

    private static String token(String name) {
        return app.cairn()
                .database()
                .inTransaction(db -> OperatorStore.add(db, null, name, Instant.EPOCH))
                .token();
    }
}
