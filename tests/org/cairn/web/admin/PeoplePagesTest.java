package org.cairn.web.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.cairn.testing.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An operator looks for a person, reads what will go, and erases her. */
class PeoplePagesTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private record Person(String learner, String sub, String credential) {

        String path() {
            return "/admin/people/" + learner;
        }
    }

    private static TestApp app;
    private static Desk desk;
    private static List<Person> people;
    private static String tenant;

    @BeforeAll
    static void start() {
        app = TestApp.start();
        app.sandbox().sendAll();
        app.settle();
        desk = Desk.signedIn(app.url(), app.cairn().firstToken().orElseThrow());
        people = app.cairn()
                .database()
                .inTransaction(db -> db.fetch(
                                "select a.learner_id, a.sub, min(c.id) from account a join credential c on c.learner_id = a.learner_id"
                                        + " group by a.learner_id, a.sub order by a.sub")
                        .map(row ->
                                new Person(row.get(0).toString(), row.get(1, String.class), row.get(2, String.class))));
        tenant = app.cairn()
                .database()
                .inTransaction(db -> db.fetchValue("select id from tenant").toString());
        app.cairn()
                .database()
                .inTransaction(db -> db.execute(
                        "update account set name = 'Zoë  Ünal' where sub = ?",
                        people.getFirst().sub()));
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void somebody_is_found_by_part_of_her_name_or_by_the_number_that_an_lms_has_for_her() {
        var zoe = people.getFirst();
        assertThat(found("zoë")).contains(zoe.path());
        assertThat(found("ÜNAL"))
                .contains(zoe.path())
                .doesNotContain(people.get(1).path());
        assertThat(found(zoe.sub())).contains(zoe.path());
        assertThat(found("%")).contains("Nobody’s name contains that");
        assertThat(found("nobody at all")).contains("Nobody’s name contains that");
    }

    @Test
    void she_is_erased_only_by_who_types_her_name_and_what_she_was_handed_is_then_revoked() throws Exception {
        var zoe = people.getFirst();
        app.showAll();
        var handed = fetched("/credentials/" + zoe.credential() + ".json");
        assertThat(verdict(handed)).isEqualTo("valid");
        var page = desk.get(zoe.path());
        assertThat(page.body()).contains("Zoë  Ünal", zoe.sub(), "Erase for good");
        var refused = desk.post(zoe.path() + "/erasure", Map.of("word", "Zoe Unal"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("Nothing was erased");
        assertThat(desk.get(zoe.path()).statusCode()).isEqualTo(200);

        // As another keyboard writes it: the dots apart from their letters.
        var erased = desk.post(zoe.path() + "/erasure", Map.of("word", " Zoe\u0308 U\u0308nal "));
        assertThat(erased.statusCode()).isEqualTo(303);
        assertThat(desk.get(erased.headers().firstValue("Location").orElseThrow())
                        .body())
                .contains("The person is erased");
        assertThat(desk.get(zoe.path()).statusCode()).isEqualTo(404);
        assertThat(found(zoe.sub())).contains("Nobody’s name contains that");
        assertThat(desk.get("/admin").body()).contains("erased a person").doesNotContain(zoe.sub());
        for (var form : List.of("", ".json", ".jwt", ".png", ".svg", ".pdf", ".clr.json")) {
            var gone = status("/credentials/" + zoe.credential() + form);
            assertThat(gone).as(form).isEqualTo(status("/credentials/AAAAAAAAAAAAAAAAAAAAAA" + form));
            assertThat(gone).as(form).isEqualTo(404);
        }
        assertThat(status("/verify/" + zoe.credential())).isEqualTo(404);
        assertThat(verdict(handed)).isEqualTo("revoked");
        assertThat(verdict(fetched("/credentials/" + people.get(1).credential() + ".json")))
                .isEqualTo("valid");
    }

    private static String found(String who) {
        desk.get("/admin/people");
        return desk.post("/admin/people", Map.of("tenant", tenant, "who", who)).body();
    }

    private static String verdict(String credential) throws Exception {
        var body = new ObjectMapper().writeValueAsString(Map.of("credential", credential));
        var request = HttpRequest.newBuilder(URI.create(app.url() + "/verify"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return new ObjectMapper()
                .readTree(HTTP.send(request, BodyHandlers.ofString()).body())
                .path("verdict")
                .asText();
    }

    private static String fetched(String path) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(URI.create(app.url() + path)).build(), BodyHandlers.ofString())
                .body();
    }

    private static int status(String path) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(URI.create(app.url() + path)).build(), BodyHandlers.discarding())
                .statusCode();
    }
}
