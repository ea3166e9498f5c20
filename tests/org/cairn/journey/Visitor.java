package org.cairn.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.cairn.testing.Cookies;
import org.cairn.testing.TestApp;

/** Somebody in a browser of her own, who comes from the sandbox. */
final class Visitor {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern FIELD = Pattern.compile("name=\"([^\"]+)\" value=\"([^\"]*)\"");

    private final TestApp app;

    Cookies cookies = new Cookies();
    String page = "";
    String last = "";
    String languages = "en";

    Visitor(TestApp app) {
        this.app = app;
    }

    /** From the LMS's login initiation to the page in the frame. */
    HttpResponse<String> launch(String sub) throws Exception {
        return launch(app.sandbox().initiation(sub, "2"));
    }

    HttpResponse<String> launch(Map<String, String> initiation) throws Exception {
        var begun = post("/lti/login", initiation);
        if (begun.headers().firstValue("Set-Cookie").isPresent()) {
            // A new browser is looked at a second time: has it kept the cookie?
            var again = begun.headers().firstValue("Location").orElseThrow();
            assertThat(again).startsWith("/lti/login?").endsWith("&looked=1");
            begun = get(again);
        }
        assertThat(begun.statusCode()).isEqualTo(302);
        var form = send(HttpRequest.newBuilder(
                        URI.create(begun.headers().firstValue("Location").orElseThrow()))
                .build());
        var fields = new HashMap<String, String>();
        var field = FIELD.matcher(form.body());
        while (field.find()) {
            fields.put(field.group(1), field.group(2));
        }
        var launched = post("/lti/launch", fields);
        assertThat(launched.statusCode()).as(launched.body()).isEqualTo(303);
        page = launched.headers().firstValue("Location").orElseThrow().replace(app.url(), "");
        return get(page);
    }

    HttpResponse<String> get(String path) throws Exception {
        var answer = send(HttpRequest.newBuilder(URI.create(app.url() + path))
                .header("Cookie", cookies.header(path))
                .header("Accept", "text/html")
                .header("Accept-Language", languages)
                .build());
        last = answer.body();
        return answer;
    }

    HttpResponse<String> post(String path, Map<String, String> form) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(app.url() + path))
                .header("Accept", "text/html")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form.entrySet().stream()
                        .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"))));
        if (!cookies.header(path).isEmpty()) {
            request.header("Cookie", cookies.header(path));
        }
        var answer = send(request.build());
        assertThat(answer.headers().allValues("Set-Cookie"))
                .allSatisfy(set -> assertThat(set).contains("HttpOnly", "Secure", "SameSite=None", "Partitioned"));
        cookies.keep(answer);
        return answer;
    }

    String token() {
        return found(last, "name=\"token\" value=\"([^\"]+)\"");
    }

    /** The first group of the first match. */
    static String found(String body, String pattern) {
        var matcher = Pattern.compile(pattern).matcher(body);
        assertThat(matcher.find()).as("%s in %s", pattern, body).isTrue();
        return matcher.group(1);
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
