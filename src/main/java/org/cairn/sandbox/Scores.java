package org.cairn.sandbox;

import static org.cairn.sandbox.Answers.require;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Scores into a tool's columns, and results out of them (AGS 2.0 §3.3, §3.4). */
final class Scores {

    private static final String SCORE = "application/vnd.ims.lis.v1.score+json";
    private static final String RESULTS = "application/vnd.ims.lis.v2.resultcontainer+json";

    private final Lms lms;
    private final Addresses addresses;
    private final Tokens tokens;

    Scores(Lms lms, Tokens tokens) {
        this.lms = lms;
        this.addresses = new Addresses(lms);
        this.tokens = tokens;
    }

    /** Anything but FullyGraded clears the grade. What a teacher overrode stays, and nobody says so. */
    void post(Context context) {
        var call = new ServiceCall(lms, tokens, context, Scopes.SCORE);
        call.content(SCORE);
        var column = call.column();
        var json = call.body();
        var sub = json.path("userId").asText();
        checkLearner(call.course(), sub);
        require(!column.isLocked, 500, "The grade is locked");
        var at = instant(json.path("timestamp").asText());
        boolean isGraded = isGraded(json) && json.has("scoreGiven");
        require(
                !isGraded || json.path("scoreMaximum").asDouble() > 0,
                lms.profile == Profile.CANVAS ? 422 : 400,
                "Incorrect score received");
        column.grades.compute(sub, (id, before) -> after(before, isGraded ? scaled(json, column) : null, at));
        if (lms.profile == Profile.CANVAS) {
            submit(json, column, sub);
            var url = addresses.result(call.course(), column, call.tool(), sub);
            call.answer(200, "application/json", Lms.JSON.createObjectNode().put("resultUrl", url));
        } else {
            call.answer(200);
        }
    }

    /** Canvas makes a submission of every score that does not say otherwise. */
    private void submit(JsonNode json, Column column, String sub) {
        var submission = json.path("https://canvas.instructure.com/lti/submission");
        var at = submission.path("submitted_at");
        require(
                at.isMissingNode() || instant(at.asText()).isBefore(lms.now().plusSeconds(60)),
                400,
                "submitted_at is in the future");
        if (submission.path("new_submission").asBoolean(true)) {
            column.submissions.merge(sub, 1, Integer::sum);
        }
    }

    /** Without a time, as the specification has it; a limit breaks Moodle here, and so it does the sandbox. */
    void results(Context context) {
        var call = new ServiceCall(lms, tokens, context, Scopes.RESULTS);
        call.accept(RESULTS, "*/*");
        boolean isBroken = lms.profile == Profile.MOODLE && call.has("limit");
        require(!isBroken, 404, "<html>Call to a member function out() on null</html>");
        var course = call.course();
        var column = call.column();
        var all = column.grades.keySet().stream()
                .filter(sub -> call.matches("user_id", sub))
                .toList();
        var address = addresses.lineItem(course, column, call.tool()) + "/results";
        var list = Lms.JSON.createArrayNode();
        for (var sub : call.page(all, address, lms.profile.pageSize())) {
            var score = column.score(sub);
            var result = list.addObject()
                    .put("id", addresses.result(course, column, call.tool(), sub))
                    .put("userId", sub);
            if (score != null) {
                result.put("resultScore", score).put("resultMaximum", column.maximum);
                result.put("scoreOf", addresses.lineItem(course, column, call.tool()));
            }
        }
        call.answer(200, RESULTS, list);
    }

    private boolean isGraded(JsonNode json) {
        var progress = json.path("gradingProgress").asText();
        return progress.equals("FullyGraded") || (lms.profile == Profile.CANVAS && progress.equals("PendingManual"));
    }

    private void checkLearner(Course course, String sub) {
        var person = course.people.get(sub);
        boolean isLearner = person != null && person.role() == Person.Role.LEARNER;
        if (lms.profile == Profile.CANVAS) {
            require(
                    isLearner,
                    422,
                    "{\"errors\":{\"type\":\"unprocessable_entity\",\"message\":\"User not found in course or is not a student\"}}");
        }
        require(isLearner, 400, "Incorrect score received");
    }

    /** Moodle compares whole seconds; the others what was sent. */
    private Column.Grade after(Column.@Nullable Grade before, @Nullable BigDecimal score, Instant at) {
        if (before == null) {
            return new Column.Grade(score, at, false);
        }
        boolean isLater = lms.profile == Profile.MOODLE
                ? before.at().getEpochSecond() < at.getEpochSecond()
                : before.at().isBefore(at);
        require(isLater, lms.profile == Profile.CANVAS ? 400 : 409, "Refusing score");
        return before.isOverridden() ? before : new Column.Grade(score, at, false);
    }

    private static BigDecimal scaled(JsonNode json, Column column) {
        var share = json.get("scoreGiven").decimalValue().multiply(column.maximum);
        return share.divide(json.get("scoreMaximum").decimalValue(), 5, RoundingMode.HALF_UP)
                .stripTrailingZeros();
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new Answers(400, "Incorrect score received");
        }
    }
}
