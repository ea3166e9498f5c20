package org.cairn.sandbox;

import static org.cairn.sandbox.Answers.require;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One call of a service: by whom, about which course, in which words. */
final class ServiceCall {

    private final Lms lms;
    private final Context context;
    private final Tokens.Grant grant;

    /** Throws Answers where no token allows it. The scopes are any of those that would do. */
    ServiceCall(Lms lms, Tokens tokens, Context context, String... scopes) {
        this.lms = lms;
        this.context = context;
        checkWays();
        this.grant = tokens.find(context).orElseThrow(() -> new Answers(401, "No valid token"));
        require(Arrays.stream(scopes).anyMatch(grant.scopes()::contains), 403, "Scope not granted");
    }

    /** Canvas wants to know who calls, and how often. */
    private void checkWays() {
        var agent = context.header("User-Agent");
        require(
                lms.profile != Profile.CANVAS || (agent != null && !agent.isBlank()),
                403,
                "A User-Agent header is required");
        boolean isThrottled = lms.switches.throttledCalls.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
        require(!isThrottled, 403, "403 Forbidden (Rate Limit Exceeded)");
    }

    Tool tool() {
        return grant.tool();
    }

    Course course() {
        return Optional.ofNullable(lms.courses.get(context.pathParam("course")))
                .orElseThrow(() -> new Answers(404, "No such course"));
    }

    /** A column that this tool made: nobody else's is there for it. */
    Column column() {
        return course().column(context.pathParam("item"))
                .filter(column -> column.clientId.equals(tool().clientId()))
                .orElseThrow(() -> new Answers(404, "Line item does not exist"));
    }

    /** Moodle wants one type exactly; the others one that theirs is among. */
    void accept(String... types) {
        var accept = String.valueOf(context.header("Accept"));
        boolean isAccepted = lms.profile == Profile.MOODLE
                ? List.of(types).contains(accept)
                : accept.contains("*/*") || Arrays.stream(types).anyMatch(accept::contains);
        require(isAccepted, 400, "No handler found");
    }

    void content(String type) {
        var sent = String.valueOf(context.contentType()).replaceFirst(";.*", "").strip();
        require(sent.equals(type), 400, "No handler found");
    }

    JsonNode body() {
        try {
            return Lms.JSON.readTree(context.body());
        } catch (JsonProcessingException e) {
            throw new Answers(400, "Not JSON");
        }
    }

    /** Whether a filter of the query lets this through. */
    boolean matches(String parameter, String value) {
        var wanted = context.queryParam(parameter);
        return wanted == null || wanted.equals(value);
    }

    /** Whether the query says this. */
    boolean is(String parameter, String value) {
        return value.equals(context.queryParam(parameter));
    }

    boolean has(String parameter) {
        return context.queryParam(parameter) != null;
    }

    // As bytes: the servlet container writes text of a media type that it does not know as Latin-1.
    void answer(int status, String type, JsonNode json) {
        context.status(status).contentType(type).result(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    void answer(int status) {
        context.status(status);
    }

    /** A good Link header to what follows. */
    <T> List<T> page(List<T> all, String address, int usual) {
        return page(all, address, usual, "%s%sfrom=%d&limit=%d", "<%s>; rel=\"next\"");
    }

    /** As Moodle writes it for line items: curly quotes, and &amp; between the parameters. */
    <T> List<T> brokenPage(List<T> all, String address) {
        return page(all, address, Integer.MAX_VALUE, "%s%sfrom=%d&amp;limit=%d", "<%s>; rel=“next”");
    }

    private <T> List<T> page(List<T> all, String address, int usual, String next, String link) {
        int from = number("from", 0);
        int limit = Math.max(1, number("limit", usual));
        if (from + (long) limit < all.size()) {
            var separator = address.contains("?") ? (next.contains("&amp;") ? "&amp;" : "&") : "?";
            var header = link.formatted(next.formatted(address, separator, from + limit, limit));
            // A header is bytes, and the servlet container writes characters as Latin-1.
            context.res()
                    .addHeader(
                            "Link", new String(header.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
        }
        return all.stream().skip(from).limit(limit).toList();
    }

    private int number(String parameter, int usual) {
        try {
            var text = context.queryParam(parameter);
            return text == null ? usual : Math.max(0, Integer.parseInt(text));
        } catch (NumberFormatException e) {
            throw new Answers(400, parameter + " is no number");
        }
    }
}
