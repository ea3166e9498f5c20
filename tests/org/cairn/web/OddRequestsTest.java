package org.cairn.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.cairn.testing.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What anybody can send without being anybody: it is the sender's fault and not Cairn's, and costs next to nothing. */
class OddRequestsTest {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static TestApp app;

    @BeforeAll
    static void start() {
        app = TestApp.start();
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/lti/login", "/lti/launch", "/lti/register/x", "/admin/sign-in"})
    void a_form_in_parts_is_refused_before_its_parts_are_read(String path) throws Exception {
        var large = "--x\r\nContent-Disposition: form-data; name=\"state\"; filename=\"a\"\r\n\r\n"
                + "a".repeat(8 * 1024 * 1024) + "\r\n--x--\r\n";
        assertThat(post(path, "multipart/form-data; boundary=x", large).statusCode())
                .isEqualTo(415);
        assertThat(post(path, "Multipart/Form-Data", "").statusCode()).isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/lti/login", "/lti/launch", "/lti/register/x", "/admin/sign-in"})
    void a_form_in_letters_that_nobody_knows_is_refused(String path) throws Exception {
        assertThat(post(path, FORM + "; charset=bogus", "iss=a").statusCode()).isEqualTo(415);
        assertThat(post(path, FORM + "; charset=%", "iss=a").statusCode()).isEqualTo(415);
        assertThat(post(path, FORM + "; charset=utf-8", "iss=a").statusCode()).isBetween(400, 404);
    }

    @ParameterizedTest
    @CsvSource({"/lti/login, 400", "/lti/launch, 400", "/lti/login/00000000-0000-7000-8000-000000000000, 400"})
    void a_value_that_is_not_encoded_as_forms_are_is_none(String path, int status) throws Exception {
        assertThat(post(path, FORM, "iss=%zz&state=%&id_token=%f").statusCode()).isEqualTo(status);
    }

    private static HttpResponse<String> post(String path, String type, String body) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(app.url() + path))
                        .header("Content-Type", type)
                        // Whoever sends a large body unasked may find the door shut before the answer is read.
                        .expectContinue(!body.isEmpty())
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
