package org.cairn.lti.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cairn.Problem;
import org.cairn.keys.Keys;
import org.cairn.lti.Course;
import org.cairn.lti.Platform;
import org.cairn.outbound.Answer;
import org.cairn.outbound.Call;
import org.cairn.outbound.Outbound;
import org.cairn.people.Person;
import org.jspecify.annotations.Nullable;

/**
 * The LMS's gradebook, as far as it shows it to a tool: the tool's own columns (Assignment and Grade Services 2.0). Safe for many
 * threads; calls out, so never to be used within a transaction.
 */
public final class Gradebook {

    /** What the LMS says of one learner: {@code score} is null where she had a grade and it was cleared. */
    public record Result(String sub, @Nullable BigDecimal score, BigDecimal maximum) {}

    /** A column as the LMS shows it; {@code resourceId} and {@code tag} are empty where there are none. */
    public record Column(URI id, String label, String resourceId, String tag) {}

    private static final String SCOPE = "https://purl.imsglobal.org/spec/lti-ags/scope/";
    private static final String LINE_ITEM = "application/vnd.ims.lis.v2.lineitem+json";
    private static final String LINE_ITEMS = "application/vnd.ims.lis.v2.lineitemcontainer+json";
    private static final String RESULTS = "application/vnd.ims.lis.v2.resultcontainer+json";
    private static final String SCORE = "application/vnd.ims.lis.v1.score+json";

    // With milliseconds and an offset of hours and minutes, which every LMS that was looked at reads.
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'+00:00'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final Set<String> SCORING = Set.of(SCOPE + "score");
    private static final Set<String> READING_COLUMNS = Set.of(SCOPE + "lineitem.readonly");
    private static final Set<String> COLUMNS = Set.of(SCOPE + "lineitem");
    private static final Set<String> READING = Set.of(SCOPE + "result.readonly");

    private final Services services;

    public Gradebook(Outbound outbound, Keys keys, Clock clock) {
        this.services = new Services(outbound, new Tokens(outbound, keys, clock), clock);
    }

    /** Whether the LMS lets Cairn find columns in this course and read their results; perhaps it lets it make none. */
    public static boolean isOpen(Course course) {
        return course.lineItems() != null
                && (isAllowed(course, READING_COLUMNS) || isAllowed(course, COLUMNS))
                && isAllowed(course, READING);
    }

    /**
     * Cairn's column of this resource id, made when missing (AGS §3.2). Throws Problem UPSTREAM where the LMS does not play along or not all
     * its columns could be read, and {@code columns_not_allowed} where it has none and lets Cairn make none.
     */
    public URI findOrCreateColumn(Platform platform, Course course, String label, int maximum, String resourceId) {
        var lineItems = lineItems(course);
        // Moodle's “use this service for grade sync only” has no right to make columns, and refuses a token for it.
        var searching = isAllowed(course, READING_COLUMNS) ? READING_COLUMNS : COLUMNS;
        var found = find(platform, searching, lineItems, resourceId);
        if (found.isPresent()) {
            return found.get();
        }
        if (!isAllowed(course, COLUMNS)) {
            throw new Problem(
                    Problem.Kind.UPSTREAM,
                    "columns_not_allowed",
                    "Your LMS has no gradebook column for this and does not let Cairn make one; allow the tool to manage columns in the LMS.");
        }
        return create(platform, lineItems, label, maximum, resourceId);
    }

    /**
     * Everybody's results in a column; empty where the column is gone (404). Asked for in one piece: Moodle fails on a limit here.
     * Throws Problem UPSTREAM where they cannot be read completely.
     */
    public Optional<List<Result>> results(Platform platform, URI column) {
        var results = new ArrayList<Result>();
        var address = withPath(column, "/results");
        var first = services.send(platform, READING, Call.get(address, RESULTS).large());
        if (first.status() == 404) {
            return Optional.empty();
        }
        Services.json(first, "the grades").forEach(result -> add(results, result));
        var next = Services.next(first, address);
        if (next.isPresent()
                && !services.pages(
                        platform,
                        READING,
                        next.get(),
                        RESULTS,
                        "the grades",
                        page -> page.forEach(result -> add(results, result)))) {
            throw Services.upstream("Your LMS did not give Cairn all pages of the grades.", "");
        }
        return Optional.of(results);
    }

    /** One learner's result in a column; empty where she has none. Throws Problem UPSTREAM where it cannot be read. */
    public Optional<Result> result(Platform platform, URI column, String sub) {
        var results = new ArrayList<Result>();
        var query = "user_id=" + URLEncoder.encode(sub, StandardCharsets.UTF_8);
        services.json(
                        platform,
                        READING,
                        Call.get(withQuery(withPath(column, "/results"), query), RESULTS),
                        "the grades")
                .forEach(result -> add(results, result));
        // The filter is asked for and checked: not every LMS keeps to it.
        return results.stream().filter(result -> result.sub().equals(sub)).findFirst();
    }

    /** Every column of Cairn's in a course that the LMS shows; empty where not all pages could be read. */
    public Optional<List<Column>> columns(Platform platform, Course course) {
        var columns = new ArrayList<Column>();
        boolean isWhole = services.pages(
                platform,
                READING_COLUMNS,
                lineItems(course),
                LINE_ITEMS,
                "its gradebook columns",
                page -> page.forEach(item -> columns.add(new Column(
                        id(platform, item),
                        item.path("label").asText(),
                        item.path("resourceId").asText(""),
                        item.path("tag").asText("")))));
        return isWhole ? Optional.of(columns) : Optional.empty();
    }

    /**
     * Changes a column's label and maximum, and leaves all else as the LMS has it: a PUT takes the place of the whole column (AGS §3.2.5),
     * and Moodle drops the link to its activity where {@code resourceLinkId} is missing.
     */
    public void changeColumn(Platform platform, URI column, String label, int maximum) {
        var what = "a gradebook column";
        var known = services.json(platform, COLUMNS, Call.get(column, LINE_ITEM), what);
        if (known instanceof ObjectNode item) {
            item.put("label", label).put("scoreMaximum", maximum);
            byte[] body = item.toString().getBytes(StandardCharsets.UTF_8);
            services.json(
                    platform,
                    COLUMNS,
                    new Call("PUT", column, Map.of("Accept", LINE_ITEM, "Content-Type", LINE_ITEM), body),
                    what);
        }
    }

    /** Posts a score (AGS §3.4) and returns the LMS's answer, whatever it is. {@code stamp} is what orders scores of one learner. */
    public Answer score(Platform platform, URI column, String sub, int given, int maximum, Instant stamp) {
        var score = JsonNodeFactory.instance.objectNode();
        score.put("userId", sub)
                .put("scoreGiven", given)
                .put("scoreMaximum", maximum)
                .put("activityProgress", "Completed")
                .put("gradingProgress", "FullyGraded")
                .put("timestamp", TIMESTAMP.format(stamp));
        if (platform.product().equals("canvas")) {
            // Without it every score makes a submission in Canvas.
            score.putObject("https://canvas.instructure.com/lti/submission").put("new_submission", false);
        }
        byte[] body = score.toString().getBytes(StandardCharsets.UTF_8);
        return services.send(platform, SCORING, Call.post(withPath(column, "/scores"), "*/*", SCORE, body));
    }

    private static boolean isAllowed(Course course, Set<String> scopes) {
        return course.scopes().containsAll(scopes);
    }

    private Optional<URI> find(Platform platform, Set<String> scopes, URI lineItems, String resourceId) {
        var query = "resource_id=" + URLEncoder.encode(resourceId, StandardCharsets.UTF_8);
        var found = new ArrayList<URI>();
        boolean isWhole = services.pages(
                platform,
                scopes,
                withQuery(lineItems, query),
                LINE_ITEMS,
                "its gradebook columns",
                page -> page.forEach(item -> {
                    // The filter is asked for and checked: not every LMS keeps to it.
                    if (item.path("resourceId").asText().equals(resourceId)) {
                        found.add(id(platform, item));
                    }
                }));
        if (found.isEmpty() && !isWhole) {
            throw Services.upstream("Your LMS did not give Cairn all pages of its gradebook columns.", "");
        }
        return found.stream().findFirst();
    }

    private URI create(Platform platform, URI lineItems, String label, int maximum, String resourceId) {
        var item = JsonNodeFactory.instance.objectNode();
        item.put("label", label)
                .put("scoreMaximum", maximum)
                .put("resourceId", resourceId)
                .put("tag", "cairn");
        var call = Call.post(lineItems, LINE_ITEM, LINE_ITEM, item.toString().getBytes(StandardCharsets.UTF_8));
        return id(platform, services.json(platform, COLUMNS, call, "a gradebook column"));
    }

    private static URI lineItems(Course course) {
        if (course.lineItems() == null) {
            throw Services.upstream("Your LMS does not let Cairn make gradebook columns in this course.", "");
        }
        return course.lineItems();
    }

    static URI id(Platform platform, JsonNode item) {
        try {
            var id = URI.create(item.path("id").asText());
            if (platform.isItsOwn(id) && id.toString().length() <= 2000) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw Services.upstream("Your LMS named a gradebook column by something that is no address of its own.", "");
    }

    static void add(List<Result> results, JsonNode result) {
        var sub = result.path("userId").asText();
        if (Person.isSub(sub)) {
            var score = result.path("resultScore");
            var maximum = result.path("resultMaximum");
            results.add(new Result(
                    sub,
                    score.isNumber() ? score.decimalValue() : null,
                    // AGS §3.3.2: where no maximum is given, it is 1.
                    maximum.isNumber() && maximum.decimalValue().signum() > 0
                            ? maximum.decimalValue()
                            : BigDecimal.ONE));
        }
    }

    /** Adds to the path and leaves the query where it is: Moodle's columns are at {@code …/lineitem?type_id=1}. */
    public static URI withPath(URI column, String path) {
        var text = column.toString();
        int query = text.indexOf('?');
        return URI.create(query < 0 ? text + path : text.substring(0, query) + path + text.substring(query));
    }

    private static URI withQuery(URI address, String query) {
        return URI.create(address + (address.getRawQuery() == null ? "?" : "&") + query);
    }
}
