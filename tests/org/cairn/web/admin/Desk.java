package org.cairn.web.admin;

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

/** An operator's browser, as far as HTTP goes: it keeps cookies, and sends forms as they stand on the page. */
public final class Desk {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([^\"]+)\"");

    private final String url;
    private Map<String, String> cookies = new HashMap<>();
    private String formToken = "";

    public Desk(String url) {
        this.url = url;
    }

    /** A desk at which the operator with this token is signed in. */
    public static Desk signedIn(String url, String token) {
        var desk = new Desk(url);
        var answer = desk.send(desk.form("/admin/sign-in", Map.of("token", token)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        desk.get("/admin");
        return desk;
    }

    public HttpResponse<String> get(String path) {
        return send(request(path).build());
    }

    /** With the token of the page that was opened last. */
    public HttpResponse<String> post(String path, Map<String, String> fields) {
        var all = new HashMap<>(fields);
        all.putIfAbsent("token", formToken);
        return send(form(path, all));
    }

    public HttpRequest form(String path, Map<String, String> fields) {
        return request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(encoded(fields)))
                .build();
    }

    public HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : url + path))
                .header("Accept", "text/html");
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(one -> one.getKey() + "=" + one.getValue())
                            .collect(Collectors.joining("; ")));
        }
        return request;
    }

    public HttpResponse<String> send(HttpRequest request) {
        try {
            var answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            answer.headers().allValues("Set-Cookie").forEach(this::keep);
            var found = TOKEN.matcher(answer.body());
            if (found.find()) {
                formToken = found.group(1);
            }
            return answer;
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What it would send, by name. */
    public Map<String, String> cookies() {
        return new HashMap<>(cookies);
    }

    public void cookies(Map<String, String> others) {
        cookies = new HashMap<>(others);
    }

    public String formToken() {
        return formToken;
    }

    private void keep(String set) {
        var pair = set.substring(0, set.indexOf(';')).split("=", 2);
        if (set.contains("Max-Age=0")) {
            cookies.remove(pair[0]);
        } else {
            cookies.put(pair[0], pair[1]);
        }
    }

    private static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
