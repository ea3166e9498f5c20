package org.cairn.web.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.awaitility.Awaitility;
import org.cairn.DeploymentId;
import org.cairn.TenantId;
import org.cairn.lti.PlatformStore;
import org.cairn.people.OperatorStore;
import org.cairn.people.TenantStore;
import org.cairn.testing.TestApp;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The connection doctor and the rehearsal, as operators use them. */
class DoctorPagesTest {

    private static TestApp app;

    @BeforeAll
    static void start() {
        app = TestApp.start();
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void the_page_answers_at_once_with_what_is_remembered_and_after_the_button_with_what_the_lms_says() {
        var desk = Desk.signedIn(app.url(), operator(null));
        var path = "/admin/deployments/" + deployment() + "/doctor";
        assertThat(desk.get(path).body()).contains("Nobody has been asked yet", "Not asked yet", "Test it now");
        var examined = desk.post(path, Map.of());
        assertThat(examined.statusCode()).isEqualTo(200);
        assertThat(examined.body())
                .contains("Every link holds", "The LMS believes Cairn's signature", "1 key that Cairn can use");
    }

    @Test
    void a_report_is_saved_as_a_file_and_tells_no_client_id() {
        var desk = Desk.signedIn(app.url(), operator(null));
        var path = "/admin/deployments/" + deployment() + "/doctor";
        desk.get(path);
        var text = desk.post(path + "/report", Map.of("format", "text"));
        assertThat(text.headers().firstValue("Content-Disposition").orElseThrow())
                .matches("attachment; filename=\"cairn-connection-\\d{4}-\\d{2}-\\d{2}\\.txt\"");
        assertThat(text.body()).contains("[OK] Access token").doesNotContain("cairn-demo");
        var json = desk.post(path + "/report", Map.of("format", "json"));
        assertThat(json.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/json");
        assertThat(json.body()).contains("\"healthy\" : true");
    }

    @Test
    void another_tenant_s_operator_finds_no_such_deployment_and_no_rehearsal() {
        var other = app.cairn()
                .database()
                .inTransaction(
                        db -> TenantStore.findOrCreate(db, "elsewhere", "Elsewhere", ZoneOffset.UTC, Instant.EPOCH)
                                .id());
        var desk = Desk.signedIn(app.url(), operator(other));
        var path = "/admin/deployments/" + deployment() + "/doctor";
        assertThat(desk.get(path).statusCode()).isEqualTo(404);
        assertThat(desk.post(path, Map.of()).statusCode()).isEqualTo(404);
        assertThat(desk.post(path + "/report", Map.of()).statusCode()).isEqualTo(404);
        assertThat(desk.get("/admin/rehearsal").statusCode()).isEqualTo(403);
        assertThat(desk.get("/admin").body()).doesNotContain("/admin/rehearsal");
    }

    @Test
    void a_rehearsal_runs_once_at_a_time_in_the_background_and_its_page_tells_how_far_it_is() {
        var desk = Desk.signedIn(app.url(), operator(null));
        assertThat(desk.get("/admin/rehearsal").body()).contains("Rehearse");
        assertThat(desk.post("/admin/rehearsal", Map.of()).statusCode()).isEqualTo(303);
        var running = desk.get("/admin/rehearsal");
        assertThat(running.headers().firstValue("Refresh")).contains("3");
        assertThat(running.body()).contains("played").doesNotContain("Rehearse again");
        assertThat(desk.post("/admin/rehearsal", Map.of("token", desk.formToken()))
                        .statusCode())
                .isEqualTo(303);
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> desk.get("/admin/rehearsal").body().contains("Rehearse again"));
        assertThat(desk.get("/admin/rehearsal").body())
                .contains("passed", "B12", "nothing kept")
                .doesNotContain("case-bad");
    }

    private static String operator(@Nullable TenantId tenant) {
        return app.cairn()
                .database()
                .inTransaction(db -> OperatorStore.add(db, tenant, "Operator", Instant.EPOCH))
                .token();
    }

    private static DeploymentId deployment() {
        return app.cairn()
                .database()
                .inTransaction(db -> PlatformStore.findDeployment(
                                db,
                                PlatformStore.find(db, app.sandbox().url(), "cairn-demo")
                                        .orElseThrow()
                                        .id(),
                                "1")
                        .orElseThrow()
                        .id());
    }
}
