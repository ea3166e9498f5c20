package org.cairn.sandbox;

import static org.cairn.sandbox.Answers.require;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;

/** A tool's columns (AGS 2.0 §3.2): its own, and nothing that the LMS grades itself. */
final class LineItems {

    private static final String ONE = "application/vnd.ims.lis.v2.lineitem+json";
    private static final String LIST = "application/vnd.ims.lis.v2.lineitemcontainer+json";

    private final Lms lms;
    private final Addresses addresses;
    private final Tokens tokens;

    LineItems(Lms lms, Tokens tokens) {
        this.lms = lms;
        this.addresses = new Addresses(lms);
        this.tokens = tokens;
    }

    void list(Context context) {
        var call = new ServiceCall(lms, tokens, context, Scopes.COLUMNS, Scopes.COLUMNS_READ);
        call.accept(LIST);
        var course = call.course();
        var found = course.columns.stream()
                .filter(column -> column.clientId.equals(call.tool().clientId()))
                .filter(column -> call.matches("resource_id", column.resourceId))
                .filter(column -> call.matches("tag", column.tag))
                .filter(column -> call.matches("resource_link_id", String.valueOf(column.linkId)))
                .toList();
        var address = addresses.lineItems(course, call.tool());
        var page = lms.profile == Profile.MOODLE
                ? call.brokenPage(found, address)
                : call.page(found, address, lms.profile.pageSize());
        var list = Lms.JSON.createArrayNode();
        page.forEach(column -> list.add(json(course, column, call.tool())));
        call.answer(200, LIST, list);
    }

    void create(Context context) {
        var call = new ServiceCall(lms, tokens, context, Scopes.COLUMNS);
        call.accept(ONE);
        call.content(ONE);
        var json = call.body();
        boolean isValid = !json.path("label").asText().isBlank()
                && json.path("scoreMaximum").asDouble() > 0;
        require(isValid, 400, "No label or scoreMaximum");
        var course = call.course();
        var column = new Column(
                lms.nextColumn(),
                call.tool().clientId(),
                json.get("label").asText(),
                json.get("scoreMaximum").decimalValue(),
                json.path("resourceId").asText(""),
                json.path("tag").asText(""));
        column.linkId = link(course, json);
        course.columns.add(column);
        call.answer(201, ONE, json(course, column, call.tool()));
    }

    void read(Context context) {
        var call = new ServiceCall(lms, tokens, context, Scopes.COLUMNS, Scopes.COLUMNS_READ);
        call.accept(ONE);
        call.answer(200, ONE, json(call.course(), call.column(), call.tool()));
    }

    /** What is not said is gone, also the link that the column belonged to. */
    void change(Context context) {
        var call = new ServiceCall(lms, tokens, context, Scopes.COLUMNS);
        call.content(ONE);
        var column = call.column();
        var json = call.body();
        require(json.path("scoreMaximum").asDouble(1) > 0, 400, "No label or scoreMaximum");
        column.label = json.path("label").asText(column.label);
        column.maximum = json.has("scoreMaximum") ? json.get("scoreMaximum").decimalValue() : column.maximum;
        column.resourceId = json.path("resourceId").asText("");
        column.tag = json.path("tag").asText("");
        column.linkId = link(call.course(), json);
        call.answer(200, ONE, json(call.course(), column, call.tool()));
    }

    void delete(Context context) {
        var call = new ServiceCall(lms, tokens, context, Scopes.COLUMNS);
        var column = call.column();
        // Canvas keeps what belongs to one of its assignments.
        require(lms.profile != Profile.CANVAS || column.linkId == null, 401, "Not allowed");
        call.course().columns.remove(column);
        call.answer(204);
    }

    private @Nullable String link(Course course, JsonNode json) {
        if (!json.path("resourceLinkId").isTextual()) {
            return null;
        }
        return lms.link(course, json.get("resourceLinkId").textValue())
                .map(Link::id)
                .orElseThrow(() -> new Answers(404, "No such resource link"));
    }

    private ObjectNode json(Course course, Column column, Tool tool) {
        var json = Lms.JSON
                .createObjectNode()
                .put("id", addresses.lineItem(course, column, tool))
                .put("label", column.label)
                .put("scoreMaximum", column.maximum)
                .put("resourceId", column.resourceId)
                .put("tag", column.tag);
        if (column.linkId != null) {
            json.put("resourceLinkId", column.linkId);
            if (lms.profile == Profile.MOODLE) {
                json.put("ltiLinkId", column.linkId);
            }
        }
        if (!column.review.isMissingNode()) {
            json.set("submissionReview", column.review);
        }
        return json;
    }
}
