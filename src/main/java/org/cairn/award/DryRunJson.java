package org.cairn.award;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.cairn.CourseId;
import org.cairn.lti.Course;
import org.cairn.people.Account;
import org.cairn.rule.RequirementJson;
import org.jspecify.annotations.Nullable;

/** A report of a dry run as JSON, for other programs: numbers, people by their LMS's ids, courses by theirs. */
public final class DryRunJson {

    private DryRunJson() {}

    public static ObjectNode write(DryRunReport report, Map<CourseId, Course> courses) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("learners", report.learners());
        json.put("met", report.met());
        json.put("metBefore", report.metBefore());
        json.put("held", report.held());
        people(json.putArray("awarded"), report.awarded());
        people(json.putArray("added"), report.added());
        people(json.putArray("lost"), report.lost());
        var borderline = json.putArray("borderline");
        report.borderline().forEach(one -> borderline(borderline.addObject(), one, courses));
        var missing = json.putArray("missing");
        report.missing()
                .forEach(one -> people(
                        missing.addObject()
                                .put("course", context(one.course(), courses))
                                .put("slot", one.slot().name())
                                .put("bound", one.isBound())
                                .putArray("learners"),
                        one.learners()));
        var curves = json.putArray("thresholds");
        for (var curve : report.curves()) {
            var points = curves.addObject().put("path", curve.line().path()).putArray("points");
            curve.points()
                    .forEach(point -> points.addObject()
                            .put("threshold", point.threshold().stripTrailingZeros())
                            .put("met", point.met()));
        }
        return json;
    }

    private static void borderline(ObjectNode json, DryRunReport.Borderline one, Map<CourseId, Course> courses) {
        person(json, one.account());
        json.put("course", context(one.course(), courses));
        json.put("path", one.nearly().path());
        json.set("missing", RequirementJson.write(one.nearly().missing().requirement()));
        var used = one.nearly().missing().used();
        if (used != null && used.score() != null && used.maximum() != null) {
            json.put("score", used.score()).put("maximum", used.maximum());
        }
    }

    private static void people(ArrayNode json, List<Account> people) {
        people.forEach(one -> person(json.addObject(), one));
    }

    private static void person(ObjectNode json, Account account) {
        json.put("account", account.id().toString());
        json.put("sub", account.sub());
        if (account.name() != null) {
            json.put("name", account.name());
        }
    }

    private static @Nullable String context(@Nullable CourseId course, Map<CourseId, Course> courses) {
        var found = course == null ? null : courses.get(course);
        return found == null ? null : found.contextId();
    }
}
