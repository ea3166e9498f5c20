package org.cairn.web.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.cairn.catalog.CatalogueFile;
import org.cairn.catalog.Catalogues;
import org.cairn.catalog.IssuerStore;
import org.cairn.openbadges.Artworks;
import org.cairn.openbadges.artwork.ArtworkFile;
import org.cairn.testing.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A picture goes from its upload into the badges that learners show. */
class PicturePagesTest {

    private static final String LIGHTHOUSE = "A lighthouse & waves";

    private static TestApp app;
    private static TwoTenants two;
    private static Desk desk;

    @BeforeAll
    static void start() {
        app = TestApp.start();
        two = new TwoTenants(app);
        desk = two.all;
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void a_picture_is_seen_in_every_kind_of_badge_and_then_wherever_its_achievement_is_shown() throws Exception {
        // Another one than everybody has here.
        var file = Artworks.LIGHTHOUSE.replace("tomato", "navy").getBytes(StandardCharsets.UTF_8);
        var answer = upload(desk, here(), file, LIGHTHOUSE);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        var path = answer.headers().firstValue("Location").orElseThrow();
        var page = desk.get(path).body();
        assertThat(page.split("src=\"data:image/png", -1)).hasSize(1 + 9);
        assertThat(page)
                .contains("alt=\"Certificate, EQF level 4: Bias in models (A lighthouse &amp; waves)\"")
                .contains("alt=\"Recognition: Bias in models (A lighthouse &amp; waves)\"")
                .contains("stands out from the ground", "The picture is kept");
        var digest = ArtworkFile.read(file).digest();
        assertThat(path).contains("/admin/pictures/" + here() + "/" + digest + "?");
        publish("{ \"picture\": { \"digest\": \"%s\", \"alternative\": \"%s\" } }".formatted(digest, LIGHTHOUSE));
        assertThat(desk.get("/admin/pictures").body()).contains("so it stays");
        var badge = "/achievements/" + here() + "/bias-in-models/2/image.svg";
        assertThat(desk.get(badge).body()).contains("href=\"data:image/png;base64,", "waves)</title>");
        assertThat(desk.get("/achievements/" + here() + "/bias-in-models/2").body())
                .contains("src=\"" + badge + "\"", "alt=\"A lighthouse &amp; waves\"");
        app.sandbox().sendAll();
        app.settle();
        app.showAll();
        var credential = app.cairn()
                .database()
                .inTransaction(
                        db -> db.fetchValue(
                                "select c.id from credential c join award a on a.id = c.award_id where a.achievement_id = 'bias-in-models' and a.version = 2 order by c.id limit 1"));
        assertThat(desk.get("/verify/" + credential).body()).contains("alt=\"A lighthouse &amp; waves\"");
        assertThat(desk.get("/credentials/" + credential + ".svg").body()).contains("href=\"data:image/png;base64,");
        assertThat(hasPicture(fetched("/credentials/" + credential + ".pdf"))).isTrue();
        var png = ImageIO.read(new ByteArrayInputStream(fetched("/credentials/" + credential + ".png")));
        assertThat(new Color(png.getRGB(320, 140))).isNotEqualTo(new Color(png.getRGB(320, 250)));
        assertThat(desk.post(removal(digest), Map.of()).statusCode()).isEqualTo(409);
        assertThat(desk.get(badge).statusCode()).isEqualTo(200);
    }

    @Test
    void the_picture_itself_is_a_png_that_can_do_nothing() {
        var digest = kept(Color.CYAN);
        var answer = desk.get("/admin/pictures/" + here() + "/" + digest + "/image.png");
        assertThat(answer.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("private, max-age=31536000, immutable");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "sandbox");
    }

    @Test
    void colours_are_tried_and_what_cannot_be_read_is_said() {
        var path = "/admin/pictures/" + here() + "/" + kept(Color.YELLOW);
        assertThat(desk.get(path + "?ground=%23ffffff&ink=%23000000").body())
                .contains("0 % of what is seen of it stands out from the ground, #ffffff", "notice-warning")
                .contains("\"ground\" : \"#ffffff\"");
        assertThat(desk.get(path + "?ground=%23000000").body())
                .contains("100 % of what is seen of it stands out from the ground, #000000");
        for (var odd :
                List.of("?ground=%23ffffff&ink=%23eeeeee", "?ground=teal", "?alternative=", "?alternative=a%0Ab")) {
            var page = desk.get(path + odd);
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).as(odd).contains("role=\"alert\"").doesNotContain("data:image");
        }
    }

    @Test
    void what_is_not_taken_is_said_on_the_page_and_nothing_is_kept() {
        int before = count();
        var script = Artworks.svg("<script>alert(1)</script>");
        var answer = upload(desk, here(), script, "A lighthouse");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("role=\"alert\">The SVG has an element “script”")
                .doesNotContain("alert(1)");
        assertThat(upload(desk, here(), new byte[0], "A").body()).contains("Choose a file");
        assertThat(upload(desk, here(), Artworks.png(40, 40, Color.PINK), " ").statusCode())
                .isEqualTo(422);
        assertThat(upload(desk, here(), new byte[ArtworkFile.LARGEST + 1], "A").statusCode())
                .isEqualTo(413);
        assertThat(upload(desk, here(), new byte[900_000], "A").statusCode()).isEqualTo(413);
        assertThat(upload(desk, here(), new byte[900_000], "A").body())
                .contains("role=\"alert\">A picture may have 512 KB");
        assertThat(desk.post("/admin/pictures", Map.of("tenant", here(), "picture", "x", "alternative", "A"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(count()).isEqualTo(before);
    }

    @Test
    void more_than_a_form_may_have_is_read_by_nobody_whether_its_length_is_said_or_not() {
        int before = count();
        desk.get("/admin/pictures");
        var body = parts(here(), "A", desk.formToken(), new byte[4_000_000]);
        for (var publisher : List.of(
                HttpRequest.BodyPublishers.ofByteArray(body),
                HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))) {
            var request = desk.request("/admin/pictures")
                    .header("Content-Type", "multipart/form-data; boundary=cut")
                    .POST(publisher);
            try {
                assertThat(desk.send(request.build()).statusCode()).isIn(400, 413);
            } catch (IllegalStateException cutOff) {
                // The server did not wait for the rest, and the client was still sending it.
                assertThat(cutOff).hasCauseInstanceOf(IOException.class);
            }
        }
        assertThat(count()).isEqualTo(before);
        assertThat(desk.get("/admin/pictures").statusCode()).isEqualTo(200);
    }

    @Test
    void an_upload_that_was_not_sent_from_its_page_by_who_is_signed_in_changes_nothing() {
        int before = count();
        var file = Artworks.png(50, 50, Color.ORANGE);
        desk.get("/admin/pictures");
        var parts = parts(here(), "A", desk.formToken(), file);
        assertThat(send(new Desk(app.url()), parts).statusCode()).isEqualTo(401);
        assertThat(send(desk, parts(here(), "A", "guessed", file)).statusCode()).isEqualTo(403);
        assertThat(send(two.desk(two.here), parts).statusCode()).isEqualTo(403);
        assertThat(desk.send(multipart(desk, parts)
                                .header("Origin", "https://evil.example")
                                .build())
                        .statusCode())
                .isEqualTo(403);
        assertThat(count()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin/tenants",
                "/admin/design",
                "/admin/pictures/",
                "/admin/pictures/x/y/removal",
                "/lti/launch"
            })
    void forms_in_parts_are_refused_everywhere_else(String path) {
        var request = desk.request(path)
                .header("Content-Type", "multipart/form-data; boundary=cut")
                .POST(HttpRequest.BodyPublishers.ofByteArray(parts(here(), "A", "x", new byte[9])));
        assertThat(desk.send(request.build()).statusCode()).isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no boundary", "cut off", "nothing"})
    void a_form_that_cannot_be_read_is_refused_with_a_sentence(String what) {
        desk.get("/admin/pictures");
        var whole = parts(here(), "A", desk.formToken(), new byte[99]);
        var body = what.equals("nothing")
                ? new byte[0]
                : what.equals("cut off") ? java.util.Arrays.copyOf(whole, 200) : whole;
        var type = what.equals("no boundary") ? "multipart/form-data" : "multipart/form-data; boundary=cut";
        var answer = desk.send(desk.request("/admin/pictures")
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build());
        assertThat(answer.statusCode()).isIn(400, 403);
    }

    @Test
    void another_tenant_s_operator_finds_and_touches_nothing() {
        var digest = kept(Color.BLUE);
        var neighbour = two.desk(two.there);
        var path = "/admin/pictures/" + here() + "/" + digest;
        assertThat(neighbour.get("/admin/pictures").body()).doesNotContain(digest);
        for (var odd : List.of("x", "%00", "..", digest.toUpperCase(java.util.Locale.ROOT))) {
            assertThat(desk.get("/admin/pictures/" + here() + "/" + odd).statusCode())
                    .as(odd)
                    .isIn(400, 404);
        }
        for (var asked : List.of(path, path + "/image.png", "/admin/pictures/" + two.there.tenant() + "/" + digest)) {
            assertThat(neighbour.get(asked).statusCode()).as(asked).isEqualTo(404);
        }
        assertThat(neighbour.post(path + "/removal", Map.of()).statusCode()).isEqualTo(404);
        int before = count();
        assertThat(upload(neighbour, here(), Artworks.png(50, 50, Color.BLUE), "A")
                        .statusCode())
                .isEqualTo(404);
        assertThat(count()).isEqualTo(before);
        assertThat(upload(neighbour, two.there.tenant().toString(), Artworks.png(50, 50, Color.BLUE), "A")
                        .statusCode())
                .isEqualTo(303);
        assertThat(desk.get(path).statusCode()).isEqualTo(200);
    }

    @Test
    void what_nothing_uses_is_removed() {
        var digest = kept(Color.GRAY);
        assertThat(desk.get("/admin/pictures").body()).contains(digest);
        assertThat(desk.post(removal(digest), Map.of()).statusCode()).isEqualTo(303);
        assertThat(desk.get("/admin/pictures").body()).doesNotContain(digest);
        assertThat(desk.get("/admin/pictures/" + here() + "/" + digest + "/image.png")
                        .statusCode())
                .isEqualTo(404);
        assertThat(desk.post(removal(digest), Map.of()).statusCode()).isEqualTo(404);
    }

    private static String kept(Color colour) {
        var file = Artworks.png(50, 50, colour);
        assertThat(upload(desk, here(), file, "A disc").statusCode()).isEqualTo(303);
        return ArtworkFile.read(file).digest();
    }

    private static String removal(String digest) {
        return "/admin/pictures/" + here() + "/" + digest + "/removal";
    }

    private static String here() {
        return two.here.tenant().toString();
    }

    private static int count() {
        return app.cairn().database().inTransaction(db -> db.fetchCount(db.selectFrom("artwork")));
    }

    /** Publishes the demo's achievements again, the first one with that design. */
    private static void publish(String design) throws IOException {
        try (var stream = CatalogueFile.class.getResourceAsStream("/demo/catalogue.json")) {
            var json = new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("{ \"icon\": \"scales\" }", design);
            var file = CatalogueFile.read(json.getBytes(StandardCharsets.UTF_8));
            app.cairn()
                    .database()
                    .inTransaction(db -> new Catalogues()
                            .define(
                                    db,
                                    IssuerStore.get(db, two.here.tenant()),
                                    file.achievements(),
                                    List.of(),
                                    Instant.now()));
        }
    }

    private static boolean hasPicture(byte[] file) throws IOException {
        try (var pdf = Loader.loadPDF(file)) {
            for (COSName name : pdf.getPage(0).getResources().getXObjectNames()) {
                if (pdf.getPage(0).getResources().isImageXObject(name)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static byte[] fetched(String path) throws Exception {
        try (var client = java.net.http.HttpClient.newHttpClient()) {
            return client.send(desk.request(path).build(), HttpResponse.BodyHandlers.ofByteArray())
                    .body();
        }
    }

    private static HttpResponse<String> upload(Desk desk, String tenant, byte[] file, String alternative) {
        desk.get("/admin/pictures");
        return send(desk, parts(tenant, alternative, desk.formToken(), file));
    }

    private static HttpResponse<String> send(Desk desk, byte[] parts) {
        return desk.send(multipart(desk, parts).build());
    }

    private static HttpRequest.Builder multipart(Desk desk, byte[] parts) {
        return desk.request("/admin/pictures")
                .header("Content-Type", "multipart/form-data; boundary=cut")
                .POST(HttpRequest.BodyPublishers.ofByteArray(parts));
    }

    private static byte[] parts(String tenant, String alternative, String token, byte[] file) {
        var body = new ByteArrayOutputStream();
        Map.of("tenant", tenant, "alternative", alternative, "token", token)
                .forEach((name, value) -> body.writeBytes(
                        "--cut\r\nContent-Disposition: form-data; name=\"%s\"\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n%s\r\n"
                                .formatted(name, value)
                                .getBytes(StandardCharsets.UTF_8)));
        body.writeBytes(
                "--cut\r\nContent-Disposition: form-data; name=\"picture\"; filename=\"../../evil.html\"\r\nContent-Type: text/html\r\n\r\n"
                        .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(file);
        body.writeBytes("\r\n--cut--\r\n".getBytes(StandardCharsets.UTF_8));
        return body.toByteArray();
    }
}
