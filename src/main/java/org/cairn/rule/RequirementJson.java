package org.cairn.rule;

import static org.cairn.rule.Place.lower;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A requirement as JSON, each node an object with one member that names it:
 *
 * <pre>
 * {"allOf": [ … ]}   {"anyOf": [ … ]}   {"atLeast": 2, "of": [ … ]}   {"inOrder": [ … ]}   {"separately": [ … ]}
 * {"oneBranch": [{"branch": "Robotics", "asks": …}, … ]}   {"within": "P2Y", "since": "cohort", "asks": … }
 * {"score": "quiz", "atLeast": 70 | "moreThan": 70, "scale": "percent" | "points", "choice": "best" | "latest" | "first",
 *  "attempts": 2}                                                     scale, choice and attempts may be missing: percent, best, any
 * {"score": "quiz", "atLeast": "B", "scale": {"name": "US", "letters": [{"letter": "A", "from": 93, "points": 4}, … ]}}
 * {"completed": "lab"}   {"hours": "practice", "atLeast": 20}   {"member": "cohort" | "term" | "role", "name": "2026"}
 * {"approved": "portfolio", "rubric": ["Sources are named", … ], "reviewers": 2, "independent": true}
 * {"holds": "bias-in-models", "atLeast": 70, "version": 2, "issuer": "…", "uses": 1}
 * {"sum": "ects" | "awards", "atLeast": 30, "atMost": 36, "pool": {pool}, "limits": [{limit}, … ]}
 * {"mean": "equal" | "credits", "atLeast": 2.5, "scale": {…}, "pool": {pool}}
 *
 * pool   {"achievements": […], "labels": ["track:robotics"], "level": 6, "issuer": "…", "version": 2, "atLeast": 70, "scale": …,
 *        "uses": 1, window}
 * limit  {"minShare": 75, "of": {trait}}  {"maxShare": 50, "of": …}  {"maxAwards": 1, "of": …}  {"maxSum": 12, "of": …}
 *        {"groups": 2, "by": "track"}
 * trait  {"achievements": […], "labels": […], "level": 6, "issuer": "…", "version": 2}
 * </pre>
 *
 * Whatever looks at things that happened may have a window: {@code "after": "2026-09-01T00:00:00Z", "before": "2027-03-01T00:00:00Z",
 * "during": {"term": "Autumn 2026", "first": "2026-09-01", "last": "2027-02-28"}, "notOlderThan": "P5Y"}. A scale or a term that the
 * file declares may be given by its name.
 *
 * What is written is read back equal, and equal requirements are written alike.
 */
public final class RequirementJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private RequirementJson() {}

    /**
     * Throws IllegalArgumentException that begins with the place ({@code rule.allOf[1].atLeast: …}) where something is unknown, missing
     * or out of range, a group is empty, or the rule has more than 1,000 nodes or 32 levels.
     */
    public static Requirement read(JsonNode json) {
        return read(json, Named.NOTHING);
    }

    /** The same, with scales and terms that may be given by name. */
    public static Requirement read(JsonNode json, Named named) {
        return new RequirementReader(named).requirement(Place.root("rule", json));
    }

    public static ObjectNode write(Requirement requirement) {
        var json = JSON.objectNode();
        switch (requirement) {
            case AllOf all -> json.set("allOf", parts(all));
            case AnyOf any -> json.set("anyOf", parts(any));
            case AtLeast some -> json.put("atLeast", some.count()).set("of", parts(some));
            case InOrder order -> json.set("inOrder", parts(order));
            case Separately separately -> json.set("separately", parts(separately));
            case OneBranch one ->
                one.branches()
                        .forEach(branch -> json.withArray("oneBranch")
                                .addObject()
                                .put("branch", branch.name())
                                .set("asks", write(branch.requirement())));
            case Within within -> {
                json.put("within", within.period().toString());
                put(json, "since", within.since());
                json.set("asks", write(within.requirement()));
            }
            case Score score -> write(score, json);
            case Completed completed -> {
                json.put("completed", completed.slot().name());
                write(completed.window(), json);
            }
            case Hours hours -> {
                json.put("hours", hours.kind().name()).put("atLeast", hours.minimum());
                write(hours.window(), json);
            }
            case Member member -> {
                json.put("member", lower(member.group())).put("name", member.name());
                write(member.joined(), json);
            }
            case Approved approved -> write(approved, json);
            case Holds holds -> write(holds, json);
            case CreditSum sum -> write(sum, json);
            case Mean mean -> write(mean, json);
        }
        return json;
    }

    private static ArrayNode parts(Requirement group) {
        var parts = JSON.arrayNode();
        group.of().forEach(part -> parts.add(write(part)));
        return parts;
    }

    private static void write(Score score, ObjectNode json) {
        json.put("score", score.slot().name());
        var letters = score.letters();
        if (letters == null) {
            json.put(score.comparison() == Score.Comparison.AT_LEAST ? "atLeast" : "moreThan", score.value());
            json.put("scale", lower(score.scale()));
        } else {
            json.put("atLeast", letters.of(score.value()).letter());
            json.set("scale", scale(letters));
        }
        json.put("choice", lower(score.choice()));
        write(score.window(), json);
        put(json, "attempts", score.attempts());
    }

    private static void write(Approved approved, ObjectNode json) {
        json.put("approved", approved.evidence().name());
        put(json, "rubric", approved.rubric());
        json.put("reviewers", approved.reviewers()).put("independent", approved.independent());
        write(approved.window(), json);
    }

    private static void write(Holds holds, ObjectNode json) {
        json.put("holds", holds.achievement().value());
        write(holds.minimum(), json);
        put(json, "version", holds.version());
        put(json, "issuer", holds.issuer());
        put(json, "uses", holds.uses());
        write(holds.window(), json);
    }

    private static void write(CreditSum sum, ObjectNode json) {
        json.put("sum", sum.scheme() == null ? "awards" : sum.scheme()).put("atLeast", sum.minimum());
        if (sum.maximum() != null) {
            json.put("atMost", sum.maximum());
        }
        json.set("pool", pool(sum.pool()));
        sum.limits().forEach(limit -> json.withArray("limits").add(limit(limit)));
    }

    private static void write(Mean mean, ObjectNode json) {
        json.put("mean", lower(mean.weights())).put("atLeast", mean.minimum());
        if (mean.letters() != null) {
            json.set("scale", scale(mean.letters()));
        }
        json.set("pool", pool(mean.pool()));
    }

    private static ObjectNode pool(Pool pool) {
        var json = trait(pool.trait());
        write(pool.minimum(), json);
        put(json, "uses", pool.uses());
        write(pool.window(), json);
        return json;
    }

    private static ObjectNode limit(Limit limit) {
        var json = JSON.objectNode();
        switch (limit) {
            case Limit.MinShare share -> json.put("minShare", share.percent()).set("of", trait(share.of()));
            case Limit.MaxShare share -> json.put("maxShare", share.percent()).set("of", trait(share.of()));
            case Limit.MaxItems items -> json.put("maxAwards", items.count()).set("of", trait(items.of()));
            case Limit.MaxSum sum -> json.put("maxSum", sum.sum()).set("of", trait(sum.of()));
            case Limit.DistinctGroups groups ->
                json.put("groups", groups.count()).put("by", groups.by());
        }
        return json;
    }

    // Sets are written in order, so that equal ones are written alike.
    private static ObjectNode trait(Trait trait) {
        var json = JSON.objectNode();
        put(
                json,
                "achievements",
                trait.achievements().stream().map(Object::toString).sorted().toList());
        put(json, "labels", trait.labels().stream().sorted().toList());
        put(json, "level", trait.level());
        put(json, "issuer", trait.issuer());
        put(json, "version", trait.version());
        return json;
    }

    private static void write(@Nullable Mark mark, ObjectNode json) {
        if (mark == null) {
            return;
        }
        var letters = mark.letters();
        if (letters == null) {
            json.put("atLeast", mark.percent());
        } else {
            json.put("atLeast", letters.of(mark.percent()).letter());
            json.set("scale", scale(letters));
        }
    }

    private static ObjectNode scale(LetterScale scale) {
        var json = JSON.objectNode().put("name", scale.name());
        for (var letter : scale.letters()) {
            var one = json.withArray("letters").addObject();
            one.put("letter", letter.letter()).put("from", letter.from());
            if (letter.points() != null) {
                one.put("points", letter.points());
            }
        }
        return json;
    }

    private static void write(Window window, ObjectNode json) {
        put(json, "after", window.after());
        put(json, "before", window.before());
        put(json, "notOlderThan", window.notOlderThan());
        var term = window.during();
        if (term != null) {
            json.putObject("during")
                    .put("term", term.name())
                    .put("first", term.first().toString())
                    .put("last", term.last().toString());
        }
    }

    private static void put(ObjectNode json, String member, @Nullable Object value) {
        switch (value) {
            case null -> {}
            case Integer number -> json.put(member, number);
            case List<?> texts -> {
                if (!texts.isEmpty()) {
                    var array = json.putArray(member);
                    ((Collection<?>) texts).forEach(text -> array.add(text.toString()));
                }
            }
            default -> json.put(member, value.toString());
        }
    }
}
