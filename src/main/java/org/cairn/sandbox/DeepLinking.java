package org.cairn.sandbox;

import static org.cairn.sandbox.Answers.require;
import static org.cairn.sandbox.IdTokens.DEEP_LINKING;
import static org.cairn.sandbox.IdTokens.LTI;

import com.auth0.jwt.interfaces.DecodedJWT;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Adding links by a tool's own page (Deep Linking 2.0): what it is asked, and its answer, taken whole or not at all. */
final class DeepLinking {

    /** What came of an answer: the links, and what the tool wants said. */
    record Added(Course course, List<Link> links, String message) {}

    private record Question(Course course, Tool tool, DeepLinkRequest request) {}

    private final Lms lms;
    private final ToolKeys toolKeys;
    private final Map<String, Question> open = new ConcurrentHashMap<>();
    private final Set<String> nonces = ConcurrentHashMap.newKeySet();

    DeepLinking(Lms lms, ToolKeys toolKeys) {
        this.lms = lms;
        this.toolKeys = toolKeys;
    }

    /** A teacher is about to choose. */
    Click ask(Person person, Tool tool, Course course) {
        require(person.role() == Person.Role.TEACHER, 403, "Only teachers add links.");
        var request = lms.switches.deepLinking;
        var choice = UUID.randomUUID().toString();
        open.put(choice, new Question(course, tool, request));
        return new Click(person, tool, course, null, new Message.Choose(choice, request));
    }

    void describe(ObjectNode settings, Click click, Message.Choose choose) {
        var course = Objects.requireNonNull(click.course());
        choose.request()
                .describe(
                        settings,
                        lms.url + "/course/" + course.id + "/links?choice=" + choose.choice(),
                        click.tool().name());
    }

    /** Takes an answer, once. Throws Answers with what is wrong with it. */
    synchronized Added take(String choice, String text) {
        var question = open.get(choice);
        if (question == null) {
            throw new Answers(400, "Nothing was asked, or it has been answered already.");
        }
        require(!text.isEmpty(), 400, "The form has no field JWT.");
        var jwt = toolKeys.verified(question.tool(), text)
                .orElseThrow(() -> new Answers(400, "No key of the tool's key set made this signature."));
        var claims = checked(question, jwt);
        var items = claims.path(DEEP_LINKING + "content_items");
        require(items.isMissingNode() || items.isArray(), 400, "content_items is no list.");
        boolean isSeveral = Boolean.FALSE.equals(question.request().acceptMultiple()) && items.size() > 1;
        require(!isSeveral, 400, "One link was asked for, and several came.");
        var all = new ArrayList<ContentItem>();
        items.forEach(item -> all.add(ContentItem.read(item, question.tool(), question.request())));
        open.remove(choice);
        nonces.add(claims.path("nonce").asText());
        var links = all.stream().map(item -> add(question, item)).toList();
        var message = claims.path(DEEP_LINKING + "errormsg")
                .asText(claims.path(DEEP_LINKING + "msg").asText(""));
        return new Added(question.course(), links, message);
    }

    /** Security Framework 1.0 §5.2, and Deep Linking 2.0 §4.5. */
    private JsonNode checked(Question question, DecodedJWT jwt) {
        var tool = question.tool();
        var now = lms.now();
        var claims = payload(jwt);
        require(tool.clientId().equals(jwt.getIssuer()), 400, "iss is not the tool's client_id.");
        require(
                jwt.getAudience() != null && jwt.getAudience().contains(lms.issuer()),
                400,
                "aud is not this platform's issuer.");
        boolean isTimely = jwt.getIssuedAt() != null
                && jwt.getExpiresAt() != null
                && !jwt.getIssuedAtAsInstant().isAfter(now)
                && jwt.getExpiresAtAsInstant().isAfter(now);
        require(isTimely, 400, "iat and exp do not lie around now.");
        var nonce = claims.path("nonce").asText("");
        require(!nonce.isEmpty() && !nonces.contains(nonce), 400, "nonce is missing or was used before.");
        is(claims, LTI + "deployment_id", tool.deploymentId());
        is(claims, LTI + "message_type", "LtiDeepLinkingResponse");
        is(claims, LTI + "version", "1.3.0");
        var data = question.request().data();
        if (data != null) {
            is(claims, DEEP_LINKING + "data", data);
        } else {
            require(!claims.has(DEEP_LINKING + "data"), 400, "data came back that was never sent.");
        }
        return claims;
    }

    private static void is(JsonNode claims, String claim, String expected) {
        require(
                claims.path(claim).isTextual() && claims.get(claim).textValue().equals(expected),
                400,
                claim.substring(claim.lastIndexOf('/') + 1) + " is not " + (expected.isEmpty() ? "empty" : expected)
                        + ".");
    }

    private Link add(Question question, ContentItem item) {
        var course = question.course();
        var link = new Link(
                lms.nextLink(),
                question.tool().deploymentId(),
                item.title(),
                item.text(),
                item.url(),
                item.custom(),
                List.of());
        course.links.add(link);
        var line = item.lineItem();
        if (!line.isMissingNode()) {
            var column = new Column(
                    lms.nextColumn(),
                    question.tool().clientId(),
                    line.path("label").asText(item.title()),
                    line.get("scoreMaximum").decimalValue(),
                    line.path("resourceId").asText(""),
                    line.path("tag").asText(""));
            column.linkId = link.id();
            column.review = line.path("submissionReview");
            course.columns.add(column);
        }
        return link;
    }

    private static JsonNode payload(DecodedJWT jwt) {
        try {
            return Lms.JSON.readTree(
                    new String(Base64.getUrlDecoder().decode(jwt.getPayload()), StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new Answers(400, "The JWT holds no JSON.");
        }
    }
}
