package org.cairn.catalog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cairn.AchievementId;
import org.cairn.ExactJson;
import org.cairn.Problem;
import org.cairn.rule.Named;
import org.cairn.rule.RuleJson;
import org.cairn.rule.Slot;
import org.jspecify.annotations.Nullable;

/**
 * A catalogue as people keep it in a file: what can be earned, and where it is attached, in the LMS's own names. The shape is
 * published as {@code /schema/catalogue-v1.schema.json}.
 *
 * @param changes what kind of change it is, and what becomes of earlier awards, where the file says so
 */
public record CatalogueFile(
        String tenant,
        Map<AchievementId, Definition> achievements,
        Map<AchievementId, StatedChange> changes,
        List<CourseEntry> courses) {

    /** A course by its LMS's names, with what is attached to it. */
    public record CourseEntry(
            String issuer, String clientId, String deployment, String context, List<AttachmentEntry> attachments) {}

    public record AttachmentEntry(
            AchievementId achievement,
            @Nullable String module,
            boolean inGradebook,
            Map<Slot, BindingEntry> bindings) {}

    /** Either an activity of the LMS, or a column of Cairn's own that is graded out of {@code columnMaximum}. */
    public record BindingEntry(
            String title,
            @Nullable String activity,
            @Nullable Integer columnMaximum) {}

    private static final JsonMapper JSON = ExactJson.mapper(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    private static final JsonSchema SCHEMA = schema();

    /** Throws Problem UNPROCESSABLE that names the place in the file. */
    public static CatalogueFile read(byte[] content) {
        JsonNode json;
        try {
            json = JSON.readTree(content);
        } catch (JsonProcessingException e) {
            throw refused("it is not valid JSON (%s)".formatted(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var faults = SCHEMA.validate(json);
        if (!faults.isEmpty()) {
            throw refused(faults.iterator().next().getMessage());
        }
        return new CatalogueFile(json.get("tenant").textValue(), achievements(json), changes(json), courses(json));
    }

    private static Map<AchievementId, Definition> achievements(JsonNode json) {
        var achievements = new LinkedHashMap<AchievementId, Definition>();
        var named = named(json);
        for (var entry : json.get("achievements")) {
            var id = new AchievementId(entry.get("id").textValue());
            try {
                var definition = DefinitionJson.read(entry, named).orElse(DesignJson.read(json.path("design")));
                if (achievements.put(id, definition) != null) {
                    throw new IllegalArgumentException("it is defined twice.");
                }
            } catch (IllegalArgumentException e) {
                throw refused("achievement \"%s\": %s".formatted(id, e.getMessage()));
            }
        }
        return achievements;
    }

    private static Map<AchievementId, StatedChange> changes(JsonNode json) {
        var changes = new LinkedHashMap<AchievementId, StatedChange>();
        for (var entry : json.get("achievements")) {
            if (entry.has("change")) {
                var id = new AchievementId(entry.get("id").textValue());
                var change = Change.valueOf(entry.get("change").textValue().toUpperCase(Locale.ROOT));
                changes.put(id, new StatedChange(change, lastDay(id, entry.path("earlierAwards"))));
            }
        }
        return changes;
    }

    private static @Nullable LocalDate lastDay(AchievementId id, JsonNode earlierAwards) {
        if (!earlierAwards.has("endOn")) {
            return null;
        }
        try {
            return LocalDate.parse(earlierAwards.get("endOn").textValue());
        } catch (DateTimeParseException e) {
            throw refused("achievement \"%s\": earlierAwards.endOn is no day of the calendar.".formatted(id));
        }
    }

    private static Named named(JsonNode json) {
        try {
            return RuleJson.named(json);
        } catch (IllegalArgumentException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    private static List<CourseEntry> courses(JsonNode json) {
        var courses = new ArrayList<CourseEntry>();
        for (var entry : json.path("courses")) {
            var deployment = entry.get("deployment");
            var attachments = new ArrayList<AttachmentEntry>();
            entry.get("attachments").forEach(attachment -> attachments.add(attachment(attachment)));
            courses.add(new CourseEntry(
                    deployment.get("issuer").textValue(),
                    deployment.get("clientId").textValue(),
                    deployment.get("id").textValue(),
                    entry.get("context").textValue(),
                    attachments));
        }
        return courses;
    }

    private static AttachmentEntry attachment(JsonNode entry) {
        var bindings = new LinkedHashMap<Slot, BindingEntry>();
        entry.path("bind").properties().forEach(slot -> {
            var bound = slot.getValue();
            bindings.put(
                    new Slot(slot.getKey()),
                    new BindingEntry(
                            bound.get("title").textValue(),
                            bound.path("activity").textValue(),
                            bound.has("column")
                                    ? bound.get("column").get("maximum").intValue()
                                    : null));
        });
        return new AttachmentEntry(
                new AchievementId(entry.get("achievement").textValue()),
                entry.path("module").textValue(),
                entry.path("inGradebook").asBoolean(false),
                bindings);
    }

    private static Problem refused(String why) {
        return new Problem(
                Problem.Kind.UNPROCESSABLE,
                "catalogue_refused",
                "The catalogue was not taken, and nothing of it: " + why);
    }

    private static JsonSchema schema() {
        try (var stream = CatalogueFile.class.getResourceAsStream("/public/schema/catalogue-v1.schema.json")) {
            // Its messages are otherwise in the language of the machine.
            var english =
                    SchemaValidatorsConfig.builder().locale(Locale.ENGLISH).build();
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(stream, english);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
