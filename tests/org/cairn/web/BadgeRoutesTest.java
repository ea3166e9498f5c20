package org.cairn.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;
import org.cairn.people.TenantStore;
import org.cairn.testing.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pictures of achievements as strangers fetch them. */
class BadgeRoutesTest {

    private static TestApp app;
    private static String tenant;

    @BeforeAll
    static void start() {
        app = TestApp.start();
        tenant = app.cairn()
                .database()
                .inTransaction(db -> TenantStore.find(db, "example-university").orElseThrow())
                .id()
                .toString();
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void a_version_s_picture_is_served_for_ever_as_svg_and_png() throws Exception {
        var svg = fetched("responsible-ai/1/image.svg");
        assertThat(svg.statusCode()).isEqualTo(200);
        assertThat(svg.headers().firstValue("Content-Type")).contains("image/svg+xml");
        assertThat(svg.headers().firstValue("Cache-Control")).contains("public, max-age=31536000, immutable");
        assertThat(svg.headers().firstValue("Content-Security-Policy"))
                .contains("default-src 'none'; img-src data:; sandbox");
        assertThat(new String(svg.body(), StandardCharsets.UTF_8))
                .contains("<title>Certificate, EQF level 6: Responsible AI</title>");
        var png = fetched("responsible-ai/1/image.png");
        assertThat(png.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(ImageIO.read(new ByteArrayInputStream(png.body())).getWidth())
                .isEqualTo(640);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "responsible-ai/2/image.svg",
                "responsible-ai/0/image.png",
                "responsible-ai/-1/image.png",
                "responsible-ai/one/image.png",
                "unheard-of/1/image.png",
                "%2e%2e/1/image.svg",
                "responsible-ai/1/image.gif"
            })
    void what_there_is_no_picture_of_is_not_found(String address) throws Exception {
        assertThat(fetched(address).statusCode()).isIn(400, 404);
    }

    @Test
    void another_tenant_s_address_shows_nothing() throws Exception {
        var other = "00000000-0000-7000-8000-000000000000";
        assertThat(fetched(app.url() + "/achievements/" + other + "/", "responsible-ai/1/image.png")
                        .statusCode())
                .isEqualTo(404);
    }

    private static HttpResponse<byte[]> fetched(String path) throws Exception {
        return fetched(app.url() + "/achievements/" + tenant + "/", path);
    }

    private static HttpResponse<byte[]> fetched(String start, String path) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(start + path)).build(), HttpResponse.BodyHandlers.ofByteArray());
        }
    }
}
