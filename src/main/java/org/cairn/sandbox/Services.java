package org.cairn.sandbox;

import com.auth0.jwk.Jwk;
import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Tokens, gradebook (AGS 2.0) and roster (NRPS 2.0), with the ways of the Moodle 4.5 that was measured. */
final class Services {

    static final List<String> SCOPES = List.of(
            "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem",
            "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem.readonly",
            "https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly",
            "https://purl.imsglobal.org/spec/lti-ags/scope/score",
            "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly");

    private static final String LINE_ITEM = "application/vnd.ims.lis.v2.lineitem+json";
    private static final String LINE_ITEMS = "application/vnd.ims.lis.v2.lineitemcontainer+json";
    private static final String RESULTS = "application/vnd.ims.lis.v2.resultcontainer+json";
    private static final String SCORE = "application/vnd.ims.lis.v1.score+json";
    private static final String MEMBERS = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String url;
    private final Tool tool;
    private final Map<String, Course> courses;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, Set<String>> tokens = new ConcurrentHashMap<>();

    Services(String url, Tool tool, Map<String, Course> courses) {
        this.url = url;
        this.tool = tool;
        this.courses = courses;
    }

    /** Client credentials with a signed assertion. Moodle answers JSON as text/html, and allows no leeway for clocks. */
    void token(Context context) throws IOException, InterruptedException {
        context.contentType("text/html; charset=utf-8");
        boolean isForm = "client_credentials".equals(context.formParam("grant_type"))
                && "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
                        .equals(context.formParam("client_assertion_type"));
        if (!isForm) {
            context.status(400).result("{\"error\":\"unsupported_grant_type\"}");
            return;
        }
        if (!isSigned(String.valueOf(context.formParam("client_assertion")))) {
            context.status(400).result("{\"error\":\"invalid_client\"}");
            return;
        }
        var granted = Arrays.stream(String.valueOf(context.formParam("scope")).split(" "))
                .filter(SCOPES::contains)
                .collect(Collectors.toSet());
        if (granted.isEmpty()) {
            context.status(400).result("{\"error\":\"invalid_scope\"}");
            return;
        }
        var token = UUID.randomUUID().toString().replace("-", "");
        tokens.put(token, granted);
        context.result(JSON.createObjectNode()
                .put("access_token", token)
                .put("token_type", "Bearer")
                .put("expires_in", 3600)
                .put("scope", String.join(" ", granted))
                .toString());
    }

    void lineItems(Context context) {
        var course = course(context);
        require(context, "lineitem");
        accept(context, LINE_ITEMS);
        var found = course.columns.stream()
                .filter(column -> matches(context, "resource_id", column.resourceId))
                .filter(column -> matches(context, "tag", column.tag))
                .toList();
        var list = JSON.createArrayNode();
        int from = number(context, "from", 0);
        int limit = number(context, "limit", Integer.MAX_VALUE);
        found.stream().skip(from).limit(limit).forEach(column -> list.add(json(course, column)));
        if (from + (long) limit < found.size()) {
            // As Moodle writes it: curly quotes, and &amp; between the parameters.
            context.res()
                    .addHeader(
                            "Link",
                            latin1(
                                    "<%s/mod/lti/services.php/%s/lineitems?type_id=1&amp;limit=%d&amp;from=%d>; rel=“next”"
                                            .formatted(url, course.id, limit, from + limit)));
        }
        answer(context, LINE_ITEMS, list.toString());
    }

    void createLineItem(Context context) throws IOException {
        var course = course(context);
        require(context, "lineitem");
        accept(context, LINE_ITEM);
        content(context, LINE_ITEM);
        var json = body(context);
        boolean isValid = !json.path("label").asText().isBlank()
                && json.path("scoreMaximum").asDouble() > 0;
        Answers.require(isValid, 400, "No label or scoreMaximum");
        var column = course.addColumn(
                json.get("label").asText(),
                json.get("scoreMaximum").decimalValue(),
                json.path("resourceId").asText(),
                json.path("tag").asText());
        answer(context.status(201), LINE_ITEM, json(course, column).toString());
    }

    void lineItem(Context context) {
        var course = course(context);
        require(context, "lineitem");
        accept(context, LINE_ITEM);
        answer(context, LINE_ITEM, json(course, column(context, course)).toString());
    }

    void changeLineItem(Context context) throws IOException {
        var course = course(context);
        require(context, "lineitem");
        content(context, LINE_ITEM);
        var column = column(context, course);
        var json = body(context);
        column.label = json.path("label").asText(column.label);
        column.maximum = json.has("scoreMaximum") ? json.get("scoreMaximum").decimalValue() : column.maximum;
        column.resourceId = json.path("resourceId").asText("");
        column.tag = json.path("tag").asText("");
        answer(context, LINE_ITEM, json(course, column).toString());
    }

    void deleteLineItem(Context context) {
        var course = course(context);
        require(context, "lineitem");
        course.columns.remove(column(context, course));
        context.status(204);
    }

    /** Scores are compared in whole seconds, and anything but FullyGraded clears the grade. */
    void score(Context context) throws IOException {
        var course = course(context);
        require(context, "score");
        content(context, SCORE);
        var column = column(context, course);
        var json = body(context);
        var person = course.people.get(json.path("userId").asText());
        Answers.require(person != null && person.role() == Person.Role.LEARNER, 400, "Incorrect score received");
        var at = instant(json.path("timestamp").asText());
        var before = column.grades.get(json.get("userId").asText());
        Answers.require(before == null || before.at().getEpochSecond() < at.getEpochSecond(), 409, "Refusing score");
        boolean isGraded = json.path("gradingProgress").asText().equals("FullyGraded") && json.has("scoreGiven");
        Answers.require(!isGraded || json.path("scoreMaximum").asDouble() > 0, 400, "Incorrect score received");
        column.grades.put(json.get("userId").asText(), new Column.Grade(isGraded ? scaled(json, column) : null, at));
        context.status(200);
    }

    /** Without a time, as the specification has it; a limit breaks Moodle here, and so it does the sandbox. */
    void results(Context context) {
        var course = course(context);
        require(context, "result.readonly");
        accept(context, RESULTS, "*/*");
        var column = column(context, course);
        if (context.queryParam("limit") != null) {
            context.status(404).html("<html>Call to a member function out() on null</html>");
            return;
        }
        var list = JSON.createArrayNode();
        column.grades.forEach((sub, grade) -> {
            if (matches(context, "user_id", sub)) {
                var result = list.addObject();
                result.put("id", id(course, column).replace("/lineitem?", "/lineitem/results?") + "&user_id=" + sub);
                result.put("userId", sub);
                if (grade.score() != null) {
                    result.put("resultScore", grade.score()).put("resultMaximum", column.maximum);
                    result.put("scoreOf", id(course, column));
                }
            }
        });
        answer(context, RESULTS, list.toString());
    }

    /** Pages with a good Link header; names escaped for HTML; short role names. */
    void members(Context context) {
        var course = course(context);
        require(context, "contextmembership.readonly");
        accept(context, MEMBERS, "*/*");
        var all = course.people.values().stream()
                .filter(person -> !person.isTestUser())
                .filter(person -> matches(context, "role", person.role().shortName()))
                .toList();
        int from = number(context, "from", 0);
        int limit = number(context, "limit", 50);
        var json = JSON.createObjectNode();
        json.put("id", url + "/mod/lti/services.php/" + course.id + "/memberships");
        json.putObject("context").put("id", course.id).put("title", course.title);
        var members = json.putArray("members");
        all.stream().skip(from).limit(limit).forEach(person -> {
            var member = members.addObject();
            // Moodle calls a non-editing teacher a learner here.
            member.putArray("roles").add(person.role() == Person.Role.TEACHER ? "Instructor" : "Learner");
            member.put("user_id", person.sub()).put("name", escaped(person.name()));
            member.put("given_name", escaped(person.givenName())).put("family_name", escaped(person.familyName()));
        });
        if (from + limit < all.size()) {
            context.header(
                    "Link",
                    "<%s/mod/lti/services.php/%s/memberships?limit=%d&from=%d>; rel=\"next\""
                            .formatted(url, course.id, limit, from + limit));
        }
        answer(context, MEMBERS, json.toString());
    }

    private boolean isSigned(String assertion) throws IOException, InterruptedException {
        try {
            var jwt = JWT.decode(assertion);
            var answer = http.send(HttpRequest.newBuilder(tool.keySet()).build(), HttpResponse.BodyHandlers.ofString());
            var set = JSON.readValue(answer.body(), new TypeReference<Map<String, List<Map<String, Object>>>>() {});
            for (var key : set.getOrDefault("keys", List.of())) {
                if (String.valueOf(jwt.getKeyId()).equals(key.get("kid"))) {
                    Algorithm.RSA256((RSAPublicKey) Jwk.fromValues(key).getPublicKey(), null)
                            .verify(jwt);
                    var now = Instant.now();
                    return tool.clientId().equals(jwt.getSubject())
                            && tool.clientId().equals(jwt.getIssuer())
                            && jwt.getAudience().contains(url + "/mod/lti/token.php")
                            && jwt.getIssuedAtAsInstant().isBefore(now)
                            && jwt.getExpiresAtAsInstant().isAfter(now);
                }
            }
            return false;
        } catch (com.auth0.jwt.exceptions.JWTVerificationException | com.auth0.jwk.InvalidPublicKeyException e) {
            return false;
        }
    }

    private void require(Context context, String scope) {
        var authorization = String.valueOf(context.header("Authorization"));
        var granted = tokens.getOrDefault(authorization.replaceFirst("^Bearer ", ""), Set.of());
        Answers.require(!granted.isEmpty(), 401, "No valid token");
        boolean isGranted = granted.stream()
                .anyMatch(one -> one.endsWith("/" + scope)
                        || (scope.equals("lineitem")
                                && one.endsWith("/lineitem.readonly")
                                && context.method().name().equals("GET")));
        Answers.require(isGranted, 403, "Scope not granted");
    }

    private static void accept(Context context, String... types) {
        Answers.require(List.of(types).contains(String.valueOf(context.header("Accept"))), 400, "No handler found");
    }

    private static void content(Context context, String type) {
        var sent = String.valueOf(context.contentType()).replaceFirst(";.*", "").strip();
        Answers.require(sent.equals(type), 400, "No handler found");
    }

    private Course course(Context context) {
        var course = courses.get(context.pathParam("course"));
        if (course == null) {
            throw new Answers(404, "No such course");
        }
        return course;
    }

    private static Column column(Context context, Course course) {
        return course.column(context.pathParam("item")).orElseThrow(() -> new Answers(404, "Line item does not exist"));
    }

    private ObjectNode json(Course course, Column column) {
        return JSON.createObjectNode()
                .put("id", id(course, column))
                .put("label", column.label)
                .put("scoreMaximum", column.maximum)
                .put("resourceId", column.resourceId)
                .put("tag", column.tag);
    }

    private String id(Course course, Column column) {
        return "%s/mod/lti/services.php/%s/lineitems/%d/lineitem?type_id=1".formatted(url, course.id, column.id);
    }

    // As bytes: the servlet container writes text of a media type that it does not know as Latin-1.
    private static void answer(Context context, String type, String json) {
        context.contentType(type).result(json.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static BigDecimal scaled(JsonNode json, Column column) {
        var share = json.get("scoreGiven").decimalValue().multiply(column.maximum);
        return share.divide(json.get("scoreMaximum").decimalValue(), 5, java.math.RoundingMode.HALF_UP)
                .stripTrailingZeros();
    }

    private static JsonNode body(Context context) throws IOException {
        return JSON.readTree(context.body());
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new Answers(400, "Incorrect score received");
        }
    }

    private static boolean matches(Context context, String parameter, String value) {
        var wanted = context.queryParam(parameter);
        return wanted == null || wanted.equals(value);
    }

    private static int number(Context context, String parameter, int usual) {
        var text = context.queryParam(parameter);
        return text == null ? usual : Integer.parseInt(text);
    }

    // A header is bytes, and the servlet container writes characters as Latin-1.
    private static String latin1(String text) {
        return new String(
                text.getBytes(java.nio.charset.StandardCharsets.UTF_8), java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
