package org.cairn.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cairn.journey.Visitor.found;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.awaitility.Awaitility;
import org.cairn.testing.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A learner shows her credential to others, or not, from the page of her award; and what those see. */
class SharingJourneyTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String STANDS = "This credential is genuine and stands.";

    private static TestApp app;

    @BeforeAll
    static void start() {
        app = TestApp.start();
        app.sandbox().sendAll();
        for (var sub : List.of("11", "12", "13")) {
            app.sandbox().grade("2", "101", sub, 95);
        }
        app.settle();
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void a_credential_is_hidden_like_one_that_never_was_until_its_learner_switches_its_page_on() throws Exception {
        var ada = new Learner("10");
        var id = ada.credential();
        for (var path : List.of("/verify/", "/credentials/")) {
            var hidden = fetched(path + id);
            var unknown = fetched(path + "AAAAAAAAAAAAAAAAAAAAAA");
            assertThat(hidden.statusCode()).isEqualTo(404);
            assertThat(text(hidden)).isEqualTo(text(unknown)).contains("its holder decides");
        }
        for (var ending : List.of(".json", ".jwt", ".png", ".svg", ".pdf", ".clr.json")) {
            assertThat(fetched("/credentials/" + id + ending).statusCode()).isEqualTo(404);
        }
        assertThat(ada.show("yes").statusCode()).isEqualTo(303);
        assertThat(text(fetched("/verify/" + id)))
                .contains(STANDS, "names nobody")
                .doesNotContain("Ada");
        assertThat(fetched("/credentials/" + id + ".png").statusCode()).isEqualTo(200);
        assertThat(ada.page()).contains("https://www.linkedin.com/profile/add", "/verify/" + id);
        ada.show("no");
        assertThat(fetched("/verify/" + id).statusCode()).isEqualTo(404);
        assertThat(ada.page()).doesNotContain("linkedin.com");
    }

    @Test
    void her_own_files_are_hers_whatever_she_shows_and_with_or_without_a_cookie() throws Exception {
        var alan = new Learner("11");
        var files = alan.form();
        for (var ending : List.of(".json", ".jwt", ".png", ".svg", ".pdf")) {
            var file = alan.visitor.get(files + ending);
            assertThat(file.statusCode()).as(ending).isEqualTo(200);
            assertThat(file.headers().firstValue("Content-Disposition"))
                    .contains("attachment; filename=\"credential" + ending + "\"");
            assertThat(file.headers().firstValue("Cache-Control")).contains("no-store");
        }
        var jwt = alan.visitor.get(files + ".jwt").body();
        assertThat(pasted(jwt)).contains(STANDS);
        // What a page does where the frame keeps no cookie: it sends along who asks.
        var cookies = alan.visitor.cookies;
        var browser = cookies.value("/") + "." + cookies.value(alan.visitor.page);
        assertThat(sent(files + ".jwt", "browser=" + browser, app.url()).body()).isEqualTo(jwt);
        assertThat(sent(files + ".jwt", "browser=" + browser, app.sandbox().url())
                        .statusCode())
                .isEqualTo(401);
        assertThat(fetched(files + ".jwt").statusCode()).isEqualTo(401);
        assertThat(alan.visitor.get(files).statusCode()).isEqualTo(404);
        assertThat(alan.visitor.get(files + ".gif").statusCode()).isEqualTo(404);
        var grace = new Learner("12");
        assertThat(grace.visitor
                        .get(files.replace(alan.visitor.page, grace.visitor.page) + ".jwt")
                        .statusCode())
                .isEqualTo(404);
        assertThat(grace.visitor
                        .get(grace.path() + "/credentials/" + alan.credential() + ".jwt")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_link_shows_one_form_to_whoever_has_it_until_it_is_ended() throws Exception {
        var ada = new Learner("10");
        ada.visitor.post(ada.path() + "/forms", Map.of("token", ada.token(), "grades", "yes", "name", "yes"));
        assertThat(ada.page()).contains("Tells your grades and your name", "Ada Lovelace");
        var form = found(ada.page(), "Tells your grades and your name[\\s\\S]*?action=\"([^\"]+)/page\"");
        var made = ada.visitor.post(form + "/links", Map.of("token", ada.token(), "days", "30", "note", "<Acme>"));
        assertThat(made.statusCode()).isEqualTo(200);
        assertThat(made.body()).contains("shown only here", "&lt;Acme&gt;");
        var link = found(made.body(), app.url() + "(/shared/[A-Za-z0-9_-]{43})<");
        assertThat(ada.page()).contains("&lt;Acme&gt;").doesNotContain(link);
        var page = fetched(link);
        assertThat(text(page))
                .contains(STANDS, "Ada Lovelace", "Grades", "its rule cannot be worked out again", link + ".json")
                .doesNotContain("How it was earned</h3>", "/credentials/");
        assertThat(page.headers().firstValue("X-Robots-Tag")).contains("noindex");
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(pasted(text(fetched(link + ".jwt")))).contains(STANDS, "Ada Lovelace");
        assertThat(sent("/verify", "address=" + app.url() + link, app.url())
                        .headers()
                        .firstValue("Location"))
                .contains(link);
        try (var pdf = Loader.loadPDF(fetched(link + ".pdf").body())) {
            assertThat(new PDFTextStripper().getText(pdf).replaceAll("\\s", ""))
                    .contains("AdaLovelace", link)
                    .doesNotContain("/verify/");
        }
        assertThat(fetched(link + ".clr.json").statusCode()).isEqualTo(404);
        assertThat(fetched("/verify/" + form.substring(form.lastIndexOf('/') + 1))
                        .statusCode())
                .isEqualTo(404);
        var end = found(ada.page(), "action=\"([^\"]+/links/[0-9a-f]{64}/end)\"");
        assertThat(ada.visitor.post(end, Map.of("token", "guessed")).statusCode())
                .isEqualTo(403);
        assertThat(ada.visitor.post(end, Map.of("token", ada.token())).statusCode())
                .isEqualTo(303);
        var over = fetched(link);
        assertThat(over.statusCode()).isEqualTo(410);
        assertThat(text(over))
                .contains("The link has ended", "Ask whoever gave it to you")
                .doesNotContain("Ada");
        assertThat(fetched(link + ".jwt").statusCode()).isEqualTo(410);
        assertThat(fetched("/shared/" + "A".repeat(43)).statusCode()).isEqualTo(404);
        assertThat(fetched("/shared/x").statusCode()).isEqualTo(404);
        for (var days : List.of("", "x", "1e9", "99999999999")) {
            assertThat(ada.visitor
                            .post(form + "/links", Map.of("token", ada.token(), "days", days))
                            .statusCode())
                    .isEqualTo(400);
        }
        assertThat(ada.visitor
                        .post(form + "/links", Map.of("token", ada.token(), "days", "0"))
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void where_her_lms_calls_her_otherwise_she_has_what_names_her_issued_anew() throws Exception {
        var grace = new Learner("13");
        grace.visitor.post(grace.path() + "/forms", Map.of("token", grace.token(), "evidence", "yes", "name", "yes"));
        assertThat(grace.page()).doesNotContain("now calls you");
        var name = found(grace.page(), "as your LMS tells it: ([^<]+)<");
        app.cairn()
                .database()
                .inTransaction(db ->
                        db.execute("update credential set shown_name = 'Grace Murray' where shown_name = ?", name));
        assertThat(grace.page())
                .contains("name you <strong>Grace Murray</strong>", "now calls you <strong>" + name + "</strong>");
        var form = found(grace.page(), "how it was earned and your name[\\s\\S]*?action=\"([^\"]+)/page\"");
        var before = grace.visitor.get(form + ".jwt").body();
        assertThat(grace.visitor
                        .post(grace.path() + "/name", Map.of("token", grace.token()))
                        .statusCode())
                .isEqualTo(303);
        assertThat(grace.page()).doesNotContain("now calls you");
        // Valid from the second after that of the first.
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(pasted(grace.visitor.get(form + ".jwt").body()))
                                .contains(STANDS, name));
        assertThat(pasted(before)).contains("issued it anew").doesNotContain(STANDS);
    }

    @Test
    void a_record_is_shown_to_others_only_where_each_of_its_parts_is() throws Exception {
        app.offer("2", "both", "{'sum':'awards','atLeast':2,'limits':[{'maxAwards':5,'of':{'level':1}}]}");
        var ada = new Learner("10");
        var tenant = app.cairn()
                .database()
                .inTransaction(db -> db.fetch(
                        "select distinct tenant_id, learner_id from award where id = ?",
                        java.util.UUID.fromString(ada.award)))
                .getFirst();
        app.cairn()
                .awarding()
                .reconsider(
                        new org.cairn.TenantId(tenant.get(0, java.util.UUID.class)),
                        List.of(new org.cairn.LearnerId(tenant.get(1, java.util.UUID.class))),
                        List.of(new org.cairn.AchievementId("both")));
        var stack = app.cairn()
                .database()
                .inTransaction(
                        db -> db.fetchSingle(
                                "select c.id, c.award_id from credential c join award a on a.id = c.award_id where a.achievement_id = 'both'"));
        var own = ada.visitor.page + "/awards/" + stack.get(1) + "/credentials/" + stack.get(0) + ".clr.json";
        assertThat(ada.visitor.get(own).statusCode()).isEqualTo(200);
        ada.visitor.post(own.replace(".clr.json", "/page"), Map.of("token", ada.token(), "shown", "yes"));
        assertThat(fetched("/credentials/" + stack.get(0) + ".clr.pack.zip").statusCode())
                .isEqualTo(404);
        var record = fetched("/credentials/" + stack.get(0) + ".clr.json");
        assertThat(record.statusCode()).isEqualTo(404);
        assertThat(text(record)).contains("does not show each of the credentials");
        app.showAll();
        for (var ending : List.of(".clr.json", ".clr.pack.zip")) {
            assertThat(fetched("/credentials/" + stack.get(0) + ending).statusCode())
                    .isEqualTo(200);
        }
        app.cairn().database().inTransaction(db -> db.execute("update credential set shown_since = null"));
    }

    /** As that wallet does it: lib/credentialRequest.ts of its source. */
    @Test
    void the_learner_credential_wallet_fetches_a_form_by_its_own_kind_of_link() throws Exception {
        var ada = new Learner("10");
        var made = ada.visitor.post(ada.form() + "/requests", Map.of("token", ada.token()));
        var link = URI.create(found(made.body(), "href=\"(https://lcw.app/request.html[?][^\"]+)\"")
                .replace("&amp;", "&"));
        var asked = Stream.of(link.getRawQuery().split("&"))
                .map(one -> one.split("=", 2))
                .collect(Collectors.toMap(one -> one[0], one -> URLDecoder.decode(one[1], StandardCharsets.UTF_8)));
        assertThat(asked)
                .containsEntry("issuer", app.url())
                .containsEntry("auth_type", "bearer")
                .containsKey("challenge");
        var request = HttpRequest.newBuilder(URI.create(asked.get("vc_request_url")))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"type\":[\"VerifiablePresentation\"],\"holder\":\"did:key:z6Mk\",\"proof\":{}}"))
                .build();
        var answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.body()).contains("\"VerifiableCredential\"", "\"DataIntegrityProof\"");
        assertThat(pasted(URLEncoder.encode(answer.body(), StandardCharsets.UTF_8)))
                .contains(STANDS);
        assertThat(ada.page()).contains("<strong>Learner Credential Wallet</strong>");
        var end = found(ada.page(), "action=\"([^\"]+/links/[0-9a-f]{64}/end)\"");
        ada.visitor.post(end, Map.of("token", ada.token()));
        assertThat(HTTP.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(410);
    }

    /** At the page of her first award. */
    private static final class Learner {

        private final Visitor visitor = new Visitor(app);
        private final String award;

        Learner(String sub) throws Exception {
            award = found(visitor.launch(sub).body(), "/in/[^\"]+/awards/([0-9a-f-]+)");
        }

        String path() {
            return visitor.page + "/awards/" + award;
        }

        String page() throws Exception {
            return visitor.get(path()).body();
        }

        String token() throws Exception {
            page();
            return visitor.token();
        }

        /** The path of the form that was made with the award. */
        String form() throws Exception {
            return found(page(), "Tells how it was earned<[\\s\\S]*?action=\"([^\"]+)/page\"");
        }

        String credential() throws Exception {
            return form().replaceFirst(".*/", "");
        }

        HttpResponse<String> show(String shown) throws Exception {
            return visitor.post(form() + "/page", Map.of("token", token(), "shown", shown));
        }
    }

    private static HttpResponse<byte[]> fetched(String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(app.url() + path))
                .header("Accept", "text/html")
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    /** Without the number to pass on, which is another each time. */
    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8).replaceAll("<code>[^<]*</code>", "");
    }

    private static String pasted(String text) throws Exception {
        return sent("/verify", "text=" + text, app.url()).body();
    }

    private static HttpResponse<String> sent(String path, String form, String origin) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(app.url() + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "text/html")
                .header("Origin", origin)
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
