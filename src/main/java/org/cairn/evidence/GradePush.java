package org.cairn.evidence;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.cairn.ExactJson;
import org.cairn.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Reads grades that an LMS sends: one AGS Score, or an array of up to 500 (AGS 2.0 §3.4). Two members beyond it: {@code attempt}, a
 * number from 1, says which try is meant; {@code submission.submittedAt} is what deadlines are measured against.
 */
public final class GradePush {

    /** One item of a message: an observation, or why there is none. Exactly one of the two is null. */
    public record Item(
            @Nullable Observation observation, @Nullable String fault) {}

    private static final int MOST = 500;
    private static final Duration AHEAD = Duration.ofMinutes(5);
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Set<String> ACTIVITY_PROGRESS =
            Set.of("Initialized", "Started", "InProgress", "Submitted", "Completed");

    private static final JsonMapper JSON = ExactJson.mapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(20)
                            .maxNumberLength(60)
                            .maxStringLength(20_000)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .build();

    private GradePush() {}

    /**
     * The items of a body, in its order. A bad item does not spoil the others.
     *
     * @throws Problem MALFORMED where the body as a whole is no JSON, no score and no list of them, TOO_LARGE where it has more than 500
     */
    public static List<Item> read(byte[] body, String activity, Instant now) {
        var tree = parse(body);
        if (!tree.isArray()) {
            return List.of(item(tree, activity, now));
        }
        if (tree.size() > MOST) {
            throw new Problem(
                    Problem.Kind.TOO_LARGE,
                    "too_many_grades",
                    "Send at most 500 grades in one request; nothing was kept.");
        }
        var items = new ArrayList<Item>(tree.size());
        tree.forEach(node -> items.add(item(node, activity, now)));
        return items;
    }

    private static JsonNode parse(byte[] body) {
        try (JsonParser parser = JSON.createParser(body)) {
            JsonNode tree = JSON.readTree(parser);
            if (tree == null || !(tree.isObject() || tree.isArray()) || parser.nextToken() != null) {
                throw malformed("The body is neither an AGS score nor a list of them; nothing was kept.");
            }
            return tree;
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw malformed(
                    at == null
                            ? "The body is not valid JSON; nothing was kept."
                            : "The body is not valid JSON at line %d, column %d; nothing was kept."
                                    .formatted(at.getLineNr(), at.getColumnNr()));
        } catch (IOException e) {
            throw malformed("The body is not valid JSON; nothing was kept.");
        }
    }

    private static Problem malformed(String sentence) {
        return new Problem(Problem.Kind.MALFORMED, "grades_malformed", sentence);
    }

    private static Item item(JsonNode score, String activity, Instant now) {
        try {
            return new Item(observation(score, activity, now), null);
        } catch (IllegalArgumentException e) {
            return new Item(null, e.getMessage());
        }
    }

    private static Observation observation(JsonNode score, String activity, Instant now) {
        require(score.isObject(), "A score is a JSON object.");
        require(
                ACTIVITY_PROGRESS.contains(text(score, "activityProgress")),
                "activityProgress is not one that AGS knows.");
        var reportedAt = instant(text(score, "timestamp"), "timestamp", now);
        var submitted = score.path("submission").path("submittedAt");
        return new Observation(
                activity,
                text(score, "userId"),
                attempt(score.path("attempt")),
                reported(score).complete(text(score, "activityProgress").equals("Completed")),
                reportedAt,
                submitted.isTextual() ? instant(submitted.textValue(), "submission.submittedAt", now) : null);
    }

    private static Reported reported(JsonNode score) {
        return switch (text(score, "gradingProgress")) {
            case "FullyGraded" ->
                score.hasNonNull("scoreGiven")
                        ? Reported.graded(number(score, "scoreGiven"), number(score, "scoreMaximum"))
                        : Reported.CLEARED;
            case "Pending", "PendingManual" -> Reported.PENDING;
            case "NotReady", "Failed" -> Reported.CLEARED;
            default -> throw new IllegalArgumentException("gradingProgress is not one that AGS knows.");
        };
    }

    private static int attempt(JsonNode attempt) {
        if (attempt.isMissingNode()) {
            return 1;
        }
        require(attempt.isInt(), "attempt is a whole number from 1 to 10000.");
        return attempt.intValue();
    }

    private static String text(JsonNode score, String member) {
        var value = score.path(member);
        require(value.isTextual(), member + " is missing or not a text.");
        return value.textValue();
    }

    private static BigDecimal number(JsonNode score, String member) {
        var value = score.path(member);
        require(value.isNumber(), member + " is missing or not a number.");
        return value.decimalValue();
    }

    private static Instant instant(String text, String member, Instant now) {
        Instant instant;
        try {
            instant = OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    member + " is not an ISO 8601 time with its zone, such as 2026-11-24T09:00:00.123Z.");
        }
        require(!instant.isBefore(EARLIEST), member + " is before the year 2000.");
        require(!instant.isAfter(now.plus(AHEAD)), member + " lies in the future by our clock.");
        return instant;
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
