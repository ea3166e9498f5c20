package org.cairn.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.cairn.AchievementId;
import org.jspecify.annotations.Nullable;

/**
 * A requirement as JSON, each node an object with one member that names it:
 *
 * <pre>
 * {"allOf": [ … ]}   {"anyOf": [ … ]}   {"atLeast": 2, "of": [ … ]}   {"holds": "bias-in-models"}   {"completed": "lab"}
 * {"oneBranch": [{"branch": "Robotics", "asks": …}, … ]}
 * {"score": "quiz", "atLeast": 70 | "moreThan": 70, "scale": "percent" | "points", "choice": "best" | "latest" | "first",
 *  "attempts": 2}                                                     scale, choice and attempts may be missing: percent, best, any
 * </pre>
 *
 * The last three may have a window: {@code "after": "2026-09-01T00:00:00Z", "before": "2027-03-01T00:00:00Z", "notOlderThan": "P5Y"}.
 *
 * What is written is read back equal, and equal requirements are written alike.
 */
public final class RequirementJson {

    private static final int DEEPEST = 32;
    private static final int MOST_NODES = 1000;

    private RequirementJson() {}

    public static ObjectNode write(Requirement requirement) {
        var json = JsonNodeFactory.instance.objectNode();
        switch (requirement) {
            case AllOf all -> json.set("allOf", parts(all));
            case AnyOf any -> json.set("anyOf", parts(any));
            case AtLeast some -> json.put("atLeast", some.count()).set("of", parts(some));
            case OneBranch one ->
                one.branches()
                        .forEach(branch -> json.withArray("oneBranch")
                                .addObject()
                                .put("branch", branch.name())
                                .set("asks", write(branch.requirement())));
            case Score score -> write(score, json);
            case Completed completed -> {
                json.put("completed", completed.slot().name());
                write(completed.window(), json);
            }
            case Holds holds -> {
                json.put("holds", holds.achievement().value());
                write(holds.window(), json);
            }
        }
        return json;
    }

    /**
     * Throws IllegalArgumentException that begins with the place ({@code rule.allOf[1].atLeast: …}) where something is unknown, missing
     * or out of range, a group is empty, or the rule has more than 1,000 nodes or 32 levels.
     */
    public static Requirement read(JsonNode json) {
        return new Reader().requirement(json, "rule", 1);
    }

    private static JsonNode parts(Requirement group) {
        var parts = JsonNodeFactory.instance.arrayNode();
        group.of().forEach(part -> parts.add(write(part)));
        return parts;
    }

    private static void write(Score score, ObjectNode json) {
        json.put("score", score.slot().name());
        json.put(score.comparison() == Score.Comparison.AT_LEAST ? "atLeast" : "moreThan", score.value());
        json.put("scale", score.scale().name().toLowerCase(Locale.ROOT));
        json.put("choice", score.choice().name().toLowerCase(Locale.ROOT));
        write(score.window(), json);
        if (score.attempts() != null) {
            json.put("attempts", score.attempts());
        }
    }

    private static void write(Window window, ObjectNode json) {
        if (window.after() != null) {
            json.put("after", window.after().toString());
        }
        if (window.before() != null) {
            json.put("before", window.before().toString());
        }
        if (window.notOlderThan() != null) {
            json.put("notOlderThan", window.notOlderThan().toString());
        }
    }

    private static final class Reader {

        private static final Set<String> WINDOW = Set.of("after", "before", "notOlderThan");

        private int nodes;

        private Requirement requirement(JsonNode json, String path, int depth) {
            check(json.isObject(), path, "a requirement is an object.");
            check(depth <= DEEPEST, path, "a rule has at most 32 levels.");
            check(++nodes <= MOST_NODES, path, "a rule has at most 1,000 requirements.");
            if (json.has("allOf")) {
                only(json, path, Set.of("allOf"));
                return new AllOf(parts(json, "allOf", path, depth));
            }
            if (json.has("anyOf")) {
                only(json, path, Set.of("anyOf"));
                return new AnyOf(parts(json, "anyOf", path, depth));
            }
            if (json.has("of")) {
                only(json, path, Set.of("atLeast", "of"));
                return atLeast(json, path, depth);
            }
            if (json.has("oneBranch")) {
                only(json, path, Set.of("oneBranch"));
                var branches = branches(list(json, "oneBranch", path), path + ".oneBranch", depth);
                return at(path + ".oneBranch", () -> new OneBranch(branches));
            }
            if (json.has("score")) {
                windowed(json, path, Set.of("score", "atLeast", "moreThan", "scale", "choice", "attempts"));
                return score(json, path);
            }
            if (json.has("completed")) {
                windowed(json, path, Set.of("completed"));
                var slot = at(path + ".completed", () -> new Slot(text(json, "completed", path)));
                return new Completed(slot, window(json, path));
            }
            windowed(json, path, Set.of("holds"));
            var achievement = at(path + ".holds", () -> new AchievementId(text(json, "holds", path)));
            return new Holds(achievement, window(json, path));
        }

        private Requirement atLeast(JsonNode json, String path, int depth) {
            var parts = parts(json, "of", path, depth);
            int count = whole(json, "atLeast", path);
            check(
                    count >= 1 && count <= parts.size(),
                    path + ".atLeast",
                    "the count is from 1 to the number of parts.");
            return new AtLeast(count, parts);
        }

        private Requirement score(JsonNode json, String path) {
            boolean isAtLeast = json.has("atLeast");
            check(isAtLeast != json.has("moreThan"), path, "a score has either atLeast or moreThan.");
            var value = json.get(isAtLeast ? "atLeast" : "moreThan");
            check(value.isNumber(), path, "the value of a score is a number.");
            return at(
                    path,
                    () -> new Score(
                            new Slot(text(json, "score", path)),
                            isAtLeast ? Score.Comparison.AT_LEAST : Score.Comparison.MORE_THAN,
                            value.decimalValue(),
                            choice(json, "scale", path, Score.Scale.class, Score.Scale.PERCENT),
                            choice(json, "choice", path, Score.Choice.class, Score.Choice.BEST),
                            window(json, path),
                            json.has("attempts") ? whole(json, "attempts", path) : null));
        }

        private List<Requirement> parts(JsonNode json, String member, String path, int depth) {
            var parts = list(json, member, path);
            var place = path + "." + member;
            var read = new ArrayList<Requirement>(parts.size());
            for (int i = 0; i < parts.size(); i++) {
                read.add(requirement(parts.get(i), place + "[" + i + "]", depth + 1));
            }
            return read;
        }

        private List<OneBranch.Branch> branches(JsonNode branches, String place, int depth) {
            var read = new ArrayList<OneBranch.Branch>(branches.size());
            for (int i = 0; i < branches.size(); i++) {
                var path = place + "[" + i + "]";
                var branch = branches.get(i);
                check(branch.isObject(), path, "a branch is an object.");
                only(branch, path, Set.of("branch", "asks"));
                var requirement = requirement(branch.path("asks"), path + ".asks", depth + 1);
                read.add(at(path + ".branch", () -> new OneBranch.Branch(text(branch, "branch", path), requirement)));
            }
            return read;
        }

        private static JsonNode list(JsonNode json, String member, String path) {
            var parts = json.get(member);
            check(
                    parts.isArray() && !parts.isEmpty(),
                    path + "." + member,
                    "a group has parts; an empty one could never be met.");
            return parts;
        }

        private static <E extends Enum<E>> E choice(JsonNode json, String member, String path, Class<E> type, E usual) {
            if (!json.has(member)) {
                return usual;
            }
            var text = text(json, member, path);
            for (var constant : type.getEnumConstants()) {
                if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
                    return constant;
                }
            }
            throw refused(path + "." + member, "\"" + text + "\" is not known here.");
        }

        private static Window window(JsonNode json, String path) {
            return at(
                    path,
                    () -> new Window(instant(json, "after", path), instant(json, "before", path), period(json, path)));
        }

        private static @Nullable Instant instant(JsonNode json, String member, String path) {
            try {
                return json.has(member) ? Instant.parse(text(json, member, path)) : null;
            } catch (DateTimeException e) {
                throw refused(path + "." + member, "an instant is written like 2027-03-01T00:00:00Z.");
            }
        }

        private static @Nullable Period period(JsonNode json, String path) {
            try {
                return json.has("notOlderThan") ? Period.parse(text(json, "notOlderThan", path)) : null;
            } catch (DateTimeException e) {
                throw refused(path + ".notOlderThan", "an age is written like P5Y, P18M or P90D.");
            }
        }

        private static int whole(JsonNode json, String member, String path) {
            var value = json.path(member);
            check(value.isInt(), path + "." + member, "is missing or no whole number.");
            return value.intValue();
        }

        private static String text(JsonNode json, String member, String path) {
            var value = json.path(member);
            check(value.isTextual(), path + "." + member, "is missing or no text.");
            return value.textValue();
        }

        private static void windowed(JsonNode json, String path, Set<String> known) {
            var all = new HashSet<>(known);
            all.addAll(WINDOW);
            only(json, path, all);
        }

        private static void only(JsonNode json, String path, Set<String> known) {
            json.fieldNames()
                    .forEachRemaining(name -> check(known.contains(name), path + "." + name, "is not known here."));
        }

        private static <T> T at(String path, Supplier<T> read) {
            try {
                return read.get();
            } catch (IllegalArgumentException e) {
                var message = String.valueOf(e.getMessage());
                throw message.startsWith("rule") ? e : refused(path, message);
            }
        }

        private static void check(boolean holds, String path, String sentence) {
            if (!holds) {
                throw refused(path, sentence);
            }
        }

        private static IllegalArgumentException refused(String path, String sentence) {
            return new IllegalArgumentException(path + ": " + sentence);
        }
    }
}
