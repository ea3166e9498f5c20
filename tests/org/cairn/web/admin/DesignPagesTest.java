package org.cairn.web.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import org.cairn.testing.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A badge is tried before it is published. */
class DesignPagesTest {

    private static TestApp app;
    private static Desk desk;

    @BeforeAll
    static void start() {
        app = TestApp.start();
        desk = Desk.signedIn(app.url(), app.cairn().firstToken().orElseThrow());
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void a_design_is_shown_with_its_contrast_and_with_what_the_catalogue_has_to_say() {
        var page = desk.get(
                        "/admin/design?kind=CERTIFICATE&name=Ethics&id=ethics&level=7&ground=%23003366&ink=%23ffffff&ribbon=&icon=scales")
                .body();
        assertThat(svg(page)).contains("<title>Certificate, EQF level 7: Ethics</title>", "#003366");
        assertThat(page)
                .contains("12.6 to 1", "\"ground\" : \"#003366\"", "\"icon\" : \"scales\"")
                .doesNotContain("role=\"alert\"", "\"ribbon\" :");
    }

    @Test
    void what_cannot_be_read_is_said_and_not_shown() {
        var page = desk.get("/admin/design?ground=%23ffffff&ink=%23eeeeee").body();
        assertThat(page)
                .contains("role=\"alert\">The ink #eeeeee is hard to tell from the ground #ffffff")
                .doesNotContain("data:image");
        assertThat(desk.get("/admin/design?ground=teal").body()).contains("write one like #1d5c63");
        assertThat(desk.get("/admin/design?icon=skull").body()).contains("There is no icon");
    }

    @Test
    void odd_fields_make_a_page_still() {
        var page = desk.get("/admin/design?kind=X&level=99&name=%3Cscript%3E&id=%22")
                .body();
        assertThat(svg(page)).contains("<title>Micro-credential: &lt;script&gt;</title>");
        assertThat(page).doesNotContain("<script>");
    }

    private static String svg(String page) {
        var found =
                Pattern.compile("src=\"data:image/svg\\+xml;base64,([^\"]+)\"").matcher(page);
        assertThat(found.find()).isTrue();
        return new String(Base64.getDecoder().decode(found.group(1)), StandardCharsets.UTF_8);
    }
}
