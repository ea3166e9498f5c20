package org.cairn;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser without scripts: it follows forms and redirects, and keeps Cairn's cookies, of which there is one for each path. */
final class RehearsalBrowser {

    /** A page as it was answered; {@code path} is where it was found. */
    record Page(int status, String path, String body) {

        /** The value of a form's field. Throws Unlike where the page has none of this name. */
        String field(String name) {
            var found = Pattern.compile("name=\"" + Pattern.quote(name) + "\" value=\"([^\"]*)\"")
                    .matcher(body);
            if (!found.find()) {
                throw new Rehearsal.Unlike("The page has no field %s (status %d).".formatted(name, status));
            }
            return plain(found.group(1));
        }

        /** Where the page's form goes. Throws Unlike where it has none. */
        String action() {
            var found = ACTION.matcher(body);
            if (!found.find()) {
                throw new Rehearsal.Unlike("The page has no form (status %d).".formatted(status));
            }
            return plain(found.group(1));
        }
    }

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern FIELD = Pattern.compile("name=\"([^\"]+)\" value=\"([^\"]*)\"");
    private static final Pattern COOKIE = Pattern.compile("([^;]+);.*Path=([^;]+).*");
    private static final Pattern ACTION = Pattern.compile("<form[^>]* action=\"([^\"]+)\"");

    private final String url;
    private final Map<String, String> cookies = new TreeMap<>();

    RehearsalBrowser(String url) {
        this.url = url;
    }

    /** From a click in the LMS to the page in its frame. */
    Page launch(Map<String, String> initiation) throws IOException, InterruptedException {
        return land(begin(initiation));
    }

    /** From a click to what the LMS has the browser post to Cairn: id_token and state. */
    Map<String, String> begin(Map<String, String> initiation) throws IOException, InterruptedException {
        var begun = send(post(url + "/lti/login", initiation));
        if (location(begun).startsWith("/lti/login")) {
            // A new browser is looked at a second time: has it kept the cookie?
            begun = send(get(url + location(begun)));
        }
        if (begun.statusCode() != 302) {
            throw new Rehearsal.Unlike("The login was not begun (status %d).".formatted(begun.statusCode()));
        }
        return fields(send(get(location(begun))).body());
    }

    /** Posts what the LMS sent, and follows where Cairn leads. */
    Page land(Map<String, String> form) throws IOException, InterruptedException {
        return follow(send(post(url + "/lti/launch", form)), "/lti/launch");
    }

    Page open(String path) throws IOException, InterruptedException {
        return follow(send(get(url + path)), path);
    }

    Page submit(String path, Map<String, String> form) throws IOException, InterruptedException {
        return follow(send(post(url + path, form)), path);
    }

    /** Sends the one form of a page to where it says, at Cairn or at the LMS. */
    Page submit(Page page) throws IOException, InterruptedException {
        var target = page.action();
        var answer = send(post(target.startsWith("/") ? url + target : target, fields(page.body())));
        return new Page(answer.statusCode(), target, answer.body());
    }

    private Page follow(HttpResponse<String> answer, String path) throws IOException, InterruptedException {
        return answer.statusCode() == 303
                ? open(location(answer).replace(url, ""))
                : new Page(answer.statusCode(), path, answer.body());
    }

    private HttpRequest.Builder get(String address) {
        return HttpRequest.newBuilder(URI.create(address)).header("Accept", "text/html");
    }

    private HttpRequest.Builder post(String address, Map<String, String> form) {
        return get(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form.entrySet().stream()
                        .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"))));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var uri = request.build().uri();
        boolean isCairn = uri.toString().startsWith(url);
        if (isCairn && !cookies.isEmpty()) {
            request.header("Cookie", cookies(uri.getPath()));
        }
        var answer = HTTP.send(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
        if (isCairn) {
            answer.headers().allValues("Set-Cookie").forEach(this::keep);
        }
        return answer;
    }

    private void keep(String set) {
        var found = COOKIE.matcher(set);
        if (found.matches()) {
            cookies.put(found.group(2), found.group(1));
        }
    }

    private String cookies(String path) {
        return cookies.entrySet().stream()
                .filter(cookie -> path.startsWith(cookie.getKey()))
                .map(Map.Entry::getValue)
                .collect(Collectors.joining("; "));
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("");
    }

    private static Map<String, String> fields(String body) {
        var fields = new LinkedHashMap<String, String>();
        var found = FIELD.matcher(body);
        while (found.find()) {
            fields.put(found.group(1), plain(found.group(2)));
        }
        return fields;
    }

    private static String plain(String escaped) {
        return escaped.replace("&#34;", "\"")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }
}
