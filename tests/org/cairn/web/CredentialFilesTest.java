package org.cairn.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.cairn.openbadges.Attached;
import org.cairn.openbadges.Baked;
import org.cairn.openbadges.Pack;
import org.cairn.testing.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The files that a credential can be fetched as. */
class CredentialFilesTest {

    /** Of Debian's fonts-nanum. */
    private static final Path NANUM = Path.of("/usr/share/fonts/truetype/nanum/NanumMyeongjo.ttf");

    private static TestApp app;
    private static List<String> credentials;

    @BeforeAll
    static void start() throws IOException {
        var data = TestApp.folder();
        if (Files.exists(NANUM)) {
            Files.copy(NANUM, Files.createDirectory(data.resolve("fonts")).resolve("nanum.ttf"));
        }
        app = TestApp.start(data);
        app.sandbox().sendAll();
        app.settle();
        app.showAll();
        credentials = app.cairn()
                .database()
                .inTransaction(db -> db.fetch("select id from credential order by issued_at, id")
                        .getValues(0, String.class));
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void the_pictures_carry_what_the_json_says() throws Exception {
        var json = new String(fetched(".json").body(), StandardCharsets.UTF_8);
        var png = fetched(".png");
        assertThat(png.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(Baked.find(png.body())).contains(json);
        var svg = fetched(".svg");
        assertThat(svg.headers().firstValue("Content-Type")).contains("image/svg+xml");
        assertThat(Baked.find(svg.body())).contains(json);
    }

    @Test
    void an_issuer_s_documents_are_there_by_each_of_its_names_and_by_no_other() throws Exception {
        var issuer = app.cairn()
                .database()
                .inTransaction(
                        db -> db.fetchSingle("select id from issuer").get(0).toString());
        var address = "/issuers/" + issuer;
        var did = "did:web:" + app.url().replace("http://", "").replace(":", "%3A") + ":issuers:" + issuer;
        assertThat(asked(address, Map.of()).body()).contains("\"id\":\"" + app.url() + address + "\"");
        assertThat(asked(address + "/did.json", Map.of()).body()).contains("\"id\":\"" + did + "\"");
        assertThat(asked(address + "?as=did:web:example.edu", Map.of()).body())
                .contains("\"id\":\"did:web:example.edu\"");
        assertThat(asked(address + "?as=https://example.edu", Map.of()).statusCode())
                .isEqualTo(404);
        assertThat(asked(address + "/status/0?as=did:web:example.edu", Map.of()).statusCode())
                .isEqualTo(404);
        var list = asked(address + "/status/0", Map.of());
        assertThat(list.headers().firstValue("Content-Type")).contains("application/vc");
        assertThat(list.headers().firstValue("Cache-Control")).contains("public, max-age=300");
        var tag = list.headers().firstValue("ETag").orElseThrow();
        assertThat(asked(address + "/status/0", Map.of("If-None-Match", tag)).statusCode())
                .isEqualTo(304);
        var token = asked(address + "/status/0", Map.of("Accept", "application/vc+jwt"));
        assertThat(token.headers().firstValue("Content-Type")).contains("application/vc+jwt");
        assertThat(token.headers().firstValue("ETag")).isNotEqualTo(Optional.of(tag));
        var claims = new String(Base64.getUrlDecoder().decode(token.body().split("\\.")[1]), StandardCharsets.UTF_8);
        assertThat(claims).contains("BitstringStatusListCredential", "\"validUntil\"", "\"ttl\":300000");
    }

    private static HttpResponse<String> asked(String path, Map<String, String> headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(app.url() + path));
        headers.forEach(request::header);
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void the_certificate_carries_the_signed_text_and_names_nobody_whom_it_does_not_name() throws Exception {
        var file = fetched(".pdf");
        assertThat(file.headers().firstValue("Content-Type")).contains("application/pdf");
        assertThat(file.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"credential.pdf\"");
        try (var pdf = Loader.loadPDF(file.body())) {
            var attached =
                    pdf.getDocumentCatalog().getNames().getEmbeddedFiles().getNames();
            assertThat(attached.get("credential.jwt").getEmbeddedFile().toByteArray())
                    .isEqualTo(fetched(".jwt").body());
        }
        assertThat(Attached.texts(file.body()))
                .containsExactly(new String(fetched(".jwt").body(), StandardCharsets.UTF_8));
        assertThat(text()).doesNotContain("Adda Byron").contains(app.url() + "/verify/");
    }

    @Test
    void a_name_is_printed_in_letters_of_a_font_in_the_data_folder_and_refused_in_those_of_none() throws Exception {
        Assumptions.assumeTrue(Files.exists(NANUM), "Skipped: there is no " + NANUM.getFileName() + " here.");
        var named = credentials.get(1);
        name(named, "김연아");
        try (var pdf = Loader.loadPDF(fetched(named, ".pdf").body())) {
            assertThat(new PDFTextStripper().getText(pdf)).contains("김연아");
        }
        name(named, "अनिता");
        var refused = fetched(named, ".pdf");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(new String(refused.body(), StandardCharsets.UTF_8)).contains("Take the name off its public page");
    }

    @Test
    void the_pack_holds_what_is_answered_here() throws Exception {
        var file = fetched(".pack.zip");
        assertThat(file.headers().firstValue("Content-Type")).contains("application/zip");
        assertThat(file.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"credential.pack.zip\"");
        var pack = Pack.read(file.body());
        for (var ending : List.of(".jwt", ".json")) {
            assertThat(pack.text("credential" + ending))
                    .contains(new String(fetched(ending).body(), StandardCharsets.UTF_8));
        }
        var issuers = pack.answers().keySet().stream()
                .filter(address -> address.startsWith(app.url() + "/issuers/"))
                .sorted()
                .toList();
        assertThat(issuers).hasSize(2);
        assertThat(pack.answers().get(issuers.getFirst()))
                .isEqualTo(new String(got(issuers.getFirst()).body(), StandardCharsets.UTF_8));
        assertThat(issuers.getLast()).isEqualTo(issuers.getFirst() + "/status/0");
    }

    @Test
    void a_revoked_credential_makes_no_certificate() throws Exception {
        var other = credentials.getLast();
        revoke(other);
        var answer = fetched(other, ".pdf");
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("was revoked");
        assertThat(fetched(other, ".elm.json").statusCode()).isEqualTo(409);
        assertThat(fetched(other, ".png").statusCode()).isEqualTo(200);
    }

    @Test
    void the_european_form_says_what_is_signed_and_names_nobody_whom_it_does_not_name() throws Exception {
        var file = fetched(".elm.json");
        assertThat(file.headers().firstValue("Content-Type")).contains("application/ld+json");
        var json = new ObjectMapper().readTree(file.body());
        var signed = new ObjectMapper().readTree(fetched(".json").body());
        assertThat(json.at("/credentialSubject/hasClaim/title").elements().next())
                .isEqualTo(signed.at("/credentialSubject/achievement/name"));
        assertThat(json.toString()).contains("no electronic seal").doesNotContain("Adda Byron");
    }

    @Test
    void
            whoever_holds_a_credential_is_given_its_newest_form_also_while_its_page_is_off_and_who_only_knows_its_id_is_not()
                    throws Exception {
        var other = credentials.get(2);
        var json = new ObjectMapper().readTree(fetched(other, ".json").body());
        var address = json.at("/refreshService/id").asText();
        app.cairn()
                .database()
                .inTransaction(db -> db.execute("update credential set shown_since = null where id = ?", other));
        assertThat(fetched(other, ".json").statusCode()).isEqualTo(404);
        var newest = got(address);
        assertThat(newest.headers().firstValue("Content-Type")).contains("application/vc");
        assertThat(new ObjectMapper().readTree(newest.body())).isEqualTo(json);
        var token = asked(address.substring(app.url().length()), Map.of("Accept", "application/vc+jwt"));
        assertThat(token.body()).startsWith("ey");
        for (var wrong : List.of(
                address.replace(other, credentials.getFirst()), address + "0", address.replaceAll("/[^/]*$", "/"))) {
            assertThat(got(wrong).statusCode()).as(wrong).isEqualTo(404);
        }
        app.showAll();
    }

    @Test
    void another_ending_is_not_found() throws Exception {
        assertThat(fetched(".gif").statusCode()).isEqualTo(404);
        assertThat(fetched(".").statusCode()).isEqualTo(404);
    }

    private static void name(String credential, String name) {
        app.cairn()
                .database()
                .inTransaction(db -> db.execute("update credential set shown_name = ? where id = ?", name, credential));
    }

    private static void revoke(String credential) {
        app.cairn()
                .database()
                .inTransaction(db ->
                        db.execute("update credential set revoked_at = current_timestamp where id = ?", credential));
    }

    private static String text() throws Exception {
        try (var pdf = Loader.loadPDF(fetched(".pdf").body())) {
            return new PDFTextStripper().getText(pdf);
        }
    }

    private static HttpResponse<byte[]> fetched(String ending) throws Exception {
        return fetched(credentials.getFirst(), ending);
    }

    private static HttpResponse<byte[]> fetched(String credential, String ending) throws Exception {
        return got(app.url() + "/credentials/" + credential + ending);
    }

    private static HttpResponse<byte[]> got(String address) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofByteArray());
        }
    }
}
