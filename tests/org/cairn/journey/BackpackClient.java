package org.cairn.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cairn.journey.Visitor.found;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.cairn.openbadges.backpack.Backpack;

/** A backpack of somebody else's, as far as Open Badges 3.0 has it speak to Cairn; it knows nothing but Cairn's address. */
final class BackpackClient {

    static final ObjectMapper JSON = new ObjectMapper();
    static final String REDIRECT = "https://backpack.example.org/callback?at=cairn";
    static final String SCOPES = "https://purl.imsglobal.org/spec/ob/v3p0/scope/credential.readonly"
            + " https://purl.imsglobal.org/spec/ob/v3p0/scope/credential.upsert"
            + " https://purl.imsglobal.org/spec/ob/v3p0/scope/profile.readonly offline_access";

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern HIDDEN = Pattern.compile("type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"");

    final String service;
    final JsonNode scheme;
    final String id;
    final String secret;

    final String redirect;

    /** Discovers Cairn and registers. */
    BackpackClient(String url) throws Exception {
        this(url, REDIRECT);
    }

    /** The same, of an app that is sent the answer there. */
    BackpackClient(String url, String redirect) throws Exception {
        this.redirect = redirect;
        var description = json(send(request(url + "/ims/ob/v3p0/discovery").build()));
        service = description.at("/servers/0/url").asText();
        scheme = description.at("/components/securitySchemes/OAuth2ACG");
        var registered = json(register(metadata(redirect)));
        id = registered.path("client_id").asText();
        secret = registered.path("client_secret").asText();
    }

    private static String metadata(String redirect) {
        var json = JSON.createObjectNode();
        json.put("client_name", "Ada’s <b>Backpack</b>").put("client_uri", "https://backpack.example.org/");
        json.putArray("redirect_uris").add(redirect);
        json.put("token_endpoint_auth_method", "client_secret_basic");
        json.putArray("grant_types").add("authorization_code").add("refresh_token");
        json.putArray("response_types").add("code");
        return json.put("scope", SCOPES).toString();
    }

    HttpResponse<String> register(String body) throws Exception {
        return send(request(scheme.path("x-imssf-registrationUrl").asText())
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    /** What it asks of a learner's browser. */
    Map<String, String> asks() {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("client_id", id);
        parameters.put("response_type", "code");
        parameters.put("scope", SCOPES);
        parameters.put("redirect_uri", redirect);
        parameters.put("state", "a state & more");
        parameters.put("code_challenge", Backpack.challenge(Backpack.VERIFIER));
        parameters.put("code_challenge_method", "S256");
        return parameters;
    }

    String authorization(Map<String, String> parameters) {
        return scheme.at("/flows/authorizationCode/authorizationUrl").asText() + "?" + form(parameters);
    }

    /** What a code is exchanged with. */
    Map<String, String> exchange(String code) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("grant_type", "authorization_code");
        parameters.put("code", code);
        parameters.put("redirect_uri", redirect);
        parameters.put("scope", SCOPES);
        parameters.put("code_verifier", Backpack.VERIFIER);
        return parameters;
    }

    HttpResponse<String> token(Map<String, String> parameters) throws Exception {
        return posted(scheme.at("/flows/authorizationCode/tokenUrl").asText(), id + ":" + secret, parameters);
    }

    HttpResponse<String> refresh(String token) throws Exception {
        return posted(
                scheme.at("/flows/authorizationCode/refreshUrl").asText(),
                id + ":" + secret,
                Map.of("grant_type", "refresh_token", "refresh_token", token));
    }

    static HttpResponse<String> posted(String address, String basic, Map<String, String> parameters) throws Exception {
        var request = request(address).header("Content-Type", "application/x-www-form-urlencoded");
        if (!basic.isEmpty()) {
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8)));
        }
        return send(request.POST(HttpRequest.BodyPublishers.ofString(form(parameters)))
                .build());
    }

    HttpResponse<String> get(String path, String token) throws Exception {
        return send(authorized(path, token).build());
    }

    HttpResponse<String> upsert(String type, String body, String token) throws Exception {
        return send(authorized("/credentials", token)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    HttpRequest.Builder authorized(String path, String token) {
        var request = request(service + path);
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    /** A learner's window outside of her course. */
    static final class Window {

        private final String url;
        String cookie = "";

        Window(String url) {
            this.url = url;
        }

        /** The window that her page opens. */
        static Window of(Visitor learner, String url) throws Exception {
            var page = learner.get(learner.page + "/apps");
            assertThat(page.statusCode()).isEqualTo(200);
            var offered = learner.post(learner.page + "/apps/session", Map.of("token", learner.token()));
            var secret = found(offered.body(), "name=\"secret\" value=\"([^\"]{43})\"");
            var window = new Window(url);
            var entered = window.post("/oauth/session", Map.of("secret", secret), url);
            assertThat(entered.statusCode()).as(entered.body()).isEqualTo(303);
            var set = entered.headers().firstValue("Set-Cookie").orElseThrow();
            assertThat(set).contains("HttpOnly", "Secure", "SameSite=Lax", "Max-Age=900");
            window.cookie = set.substring(0, set.indexOf(';'));
            return window;
        }

        HttpResponse<String> get(String address) throws Exception {
            return send(request(address.startsWith("/") ? url + address : address)
                    .header("Accept", "text/html")
                    .header("Cookie", cookie)
                    .build());
        }

        HttpResponse<String> post(String path, Map<String, String> form, String origin) throws Exception {
            return post(path, form(form), origin);
        }

        HttpResponse<String> post(String path, String form, String origin) throws Exception {
            return send(request(url + path)
                    .header("Accept", "text/html")
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header("Cookie", cookie)
                    .header("Origin", origin)
                    .POST(HttpRequest.BodyPublishers.ofString(form))
                    .build());
        }

        /** What a page would send. */
        static Map<String, String> fields(HttpResponse<String> page) {
            var fields = new LinkedHashMap<String, String>();
            var hidden = HIDDEN.matcher(page.body());
            while (hidden.find()) {
                fields.put(hidden.group(1), hidden.group(2).replace("&amp;", "&"));
            }
            return fields;
        }

        /** Answers the page with yes, to all or to these credentials; returns where the browser goes. */
        String allow(HttpResponse<String> page, List<String> chosen) throws Exception {
            assertThat(page.body()).contains("Let it in");
            var fields = fields(page);
            fields.put("which", chosen.isEmpty() ? "all" : "chosen");
            fields.put("decision", "allow");
            var form = form(fields)
                    + chosen.stream().map(one -> "&credential=" + encoded(one)).collect(Collectors.joining());
            var answer = post("/oauth/authorization", form, url);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
            return answer.headers().firstValue("Location").orElseThrow();
        }
    }

    static Map<String, String> query(String address) {
        var query = new LinkedHashMap<String, String>();
        for (var part : URI.create(address).getRawQuery().split("&")) {
            var pair = part.split("=", 2);
            query.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    static JsonNode json(HttpResponse<String> answer) throws Exception {
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        return JSON.readTree(answer.body());
    }

    static HttpRequest.Builder request(String address) {
        return HttpRequest.newBuilder(URI.create(address));
    }

    static HttpResponse<String> send(HttpRequest request) throws Exception {
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(one -> one.getKey() + "=" + encoded(one.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
