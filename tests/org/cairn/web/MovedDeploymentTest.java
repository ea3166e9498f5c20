package org.cairn.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import org.cairn.PlacementId;
import org.cairn.SessionId;
import org.cairn.evidence.GradeKeyStore;
import org.cairn.lti.Course;
import org.cairn.lti.CourseStore;
import org.cairn.lti.Deployment;
import org.cairn.lti.PlatformStore;
import org.cairn.people.AccountStore;
import org.cairn.people.Browser;
import org.cairn.people.Person;
import org.cairn.people.Role;
import org.cairn.people.Session;
import org.cairn.people.SessionStore;
import org.cairn.people.TenantStore;
import org.cairn.testing.TestApp;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A deployment that was given to another tenant: what was open with the first one is open no longer. */
class MovedDeploymentTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static TestApp app;

    private final String name = UUID.randomUUID().toString();

    @BeforeAll
    static void start() {
        app = TestApp.start();
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void a_grade_key_of_its_first_tenant_takes_no_grade_any_more() throws Exception {
        var deployment = deploy();
        var key = write(db -> GradeKeyStore.add(db, deployment.tenant(), deployment.id(), "marks", Instant.EPOCH));
        assertThat(grade(key).statusCode()).isEqualTo(202);
        move(deployment);
        var refused = grade(key);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).contains("grade_key_unknown");
    }

    @Test
    void who_was_signed_in_by_it_has_to_come_again() throws Exception {
        var deployment = deploy();
        var browser = Browser.fresh();
        var session = SessionId.fresh();
        var placement = signIn(deployment, browser, session);
        assertThat(page(browser, session, placement).statusCode()).isEqualTo(200);
        move(deployment);
        var answer = page(browser, session, placement);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("open Cairn again from your course");
    }

    private Deployment deploy() {
        return write(db -> {
            var platform =
                    PlatformStore.find(db, app.sandbox().url(), "cairn-demo").orElseThrow();
            var here = TenantStore.list(db).getFirst();
            return PlatformStore.deploy(db, here.id(), platform.id(), name, Instant.now());
        });
    }

    private PlacementId signIn(Deployment deployment, Browser browser, SessionId id) {
        return write(db -> {
            var now = Instant.now();
            Course course = CourseStore.findOrCreate(db, deployment.tenant(), deployment.id(), "2", now);
            var account = AccountStore.findOrCreate(
                            db,
                            deployment.tenant(),
                            deployment.platform(),
                            java.util.List.of(Person.unnamed(name)),
                            now)
                    .get(name);
            var placement = PlacementId.fresh();
            db.execute(
                    "insert into placement (id, tenant_id, course_id, resource_link_id, created_at) values (?, ?, ?, '7', ?)",
                    placement.value(),
                    deployment.tenant().value(),
                    course.id().value(),
                    java.sql.Timestamp.from(now));
            var session =
                    new Session(placement, deployment.tenant(), account.id(), Role.TEACHER, now.plusSeconds(3600));
            SessionStore.start(db, id, browser, session, now);
            return placement;
        });
    }

    private static void move(Deployment deployment) {
        write(db -> {
            var there = TenantStore.findOrCreate(db, "there", "There", ZoneId.of("UTC"), Instant.now());
            return PlatformStore.move(db, deployment, there.id(), Instant.now());
        });
    }

    private static <T> T write(java.util.function.Function<DSLContext, T> work) {
        return app.cairn().database().inTransaction(work);
    }

    private HttpResponse<String> grade(String key) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(app.url() + "/grades/" + name + "/2/101"))
                        .header("Authorization", "Bearer " + key)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("[]"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> page(Browser browser, SessionId session, PlacementId placement)
            throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(app.url() + "/in/" + placement))
                        .header("Cookie", "cairn=" + browser.secret() + "; cairn-session=" + session)
                        .header("Accept", "text/html")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
