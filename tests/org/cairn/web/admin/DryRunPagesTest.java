package org.cairn.web.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.regex.Pattern;
import org.cairn.people.TenantStore;
import org.cairn.testing.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An institution tries a rule before it publishes it. */
class DryRunPagesTest {

    private static final String RULE = "{\"score\":\"quiz\",\"atLeast\":%s}";

    private static TestApp app;
    private static Desk desk;
    private static String tenant;

    @BeforeAll
    static void start() {
        app = TestApp.start();
        app.sandbox().sendAll();
        app.settle();
        desk = Desk.signedIn(app.url(), app.cairn().firstToken().orElseThrow());
        tenant = app.cairn()
                .database()
                .inTransaction(db -> TenantStore.list(db).getFirst().id().toString());
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void a_credential_is_chosen_and_its_rule_shown() {
        var page = desk.get("/admin/dry-run").body();
        assertThat(page).contains("Bias in models").doesNotContain("Try it</button>");
        assertThat(desk.get("/admin/dry-run?tenant=" + tenant + "&achievement=bias-in-models")
                        .body())
                .contains("Try it</button>", "\"atLeast\" : 70,");
    }

    @Test
    void a_lower_line_adds_who_is_above_it_and_a_higher_one_loses_who_is_not() {
        var lower = run("60");
        assertThat(lower.body()).contains("(this rule)");
        assertThat(figure(lower.body(), "added")).isPositive();
        var higher = run("95");
        assertThat(figure(higher.body(), "added")).isZero();
        assertThat(figure(higher.body(), "lost")).isPositive();
        assertThat(figure(lower.body(), "lost")).isZero();
    }

    @Test
    void what_is_odd_about_the_rule_is_said_and_what_cannot_be_read_is_refused_with_its_place() {
        assertThat(run("101").body()).contains("More than 100 % cannot be reached");
        var refused = run("\"<b>\"");
        assertThat(refused.statusCode()).isEqualTo(200);
        assertThat(refused.body()).contains("role=\"alert\">rule", "&lt;b").doesNotContain("What it would do");
        assertThat(run("}").body()).contains("This is not valid JSON");
        assertThat(run("1e99999999999").body()).contains("This is not valid JSON");
    }

    private static int figure(String body, String name) {
        var found = Pattern.compile("desk-figure\">(\\d+)</span><span class=\"desk-name\">" + name)
                .matcher(body);
        assertThat(found.find()).as(name).isTrue();
        return Integer.parseInt(found.group(1));
    }

    private static java.net.http.HttpResponse<String> run(String line) {
        return desk.post(
                "/admin/dry-run",
                Map.of("tenant", tenant, "achievement", "bias-in-models", "rule", RULE.formatted(line)));
    }
}
