package org.cairn.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cairn.Problem;
import org.opentest4j.TestAbortedException;

/** What a fuzzer does to real messages, and what holds for whoever reads them. */
public final class Hostile {

    /** Of processor time, so that a busy machine is no finding; the first reading of a JVM takes a second by itself. */
    private static final long LONGEST_NANOS = 5_000_000_000L;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    /** What a database, an address, a page or a log might stumble over. */
    private static final List<String> ODD = List.of(
            "\0", "\uD83D", "\u202e", "\r\n", " ", "#", "?", "\\", "@evil.example", ".evil.example", ":444", "<b>");

    private static final JsonMapper ASCII =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private Hostile() {}

    /** Reads what a stranger sent: it ends soon, well or by a Problem. Everything else is a finding. */
    public static void read(Runnable reading) {
        var threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        try {
            reading.run();
        } catch (Problem refused) {
            if (refused.code().isBlank() || refused.sentence().isBlank()) {
                throw new AssertionError("A problem without a code or a sentence", refused);
            }
        }
        long spent = threads.getCurrentThreadCpuTime() - start;
        if (spent > LONGEST_NANOS) {
            throw new AssertionError("took %d ms".formatted(spent / 1_000_000));
        }
    }

    /** The recorded messages of a running Moodle whose names start like this; none where they are not beside the project. */
    public static List<JsonNode> recorded(String prefix) {
        Path folder;
        try {
            folder = Shared.folder().resolve("reference/moodle");
        } catch (TestAbortedException notHere) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .map(Hostile::json)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A message with one to four of its values, wherever they are, taken out, put elsewhere or made something else. */
    public static ObjectNode changed(ObjectNode message, Choices choices) {
        var changed = message.deepCopy();
        for (int left = choices.number(1, 4); left > 0; left--) {
            change(changed, choices);
        }
        return changed;
    }

    /** The message as an LMS may write it: in ASCII, so that a half of a character comes through. */
    public static String ascii(ObjectNode message) {
        try {
            return ASCII.writeValueAsString(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree is always JSON.", e);
        }
    }

    private static void change(ObjectNode message, Choices choices) {
        var places = new ArrayList<Runnable>();
        collect(message, places, message, choices);
        if (!places.isEmpty()) {
            choices.one(places).run();
        }
    }

    private static void collect(JsonNode node, List<Runnable> places, ObjectNode whole, Choices choices) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(one -> {
                places.add(() -> object.set(one.getKey(), value(one.getValue(), whole, choices)));
                collect(one.getValue(), places, whole, choices);
            });
            places.add(() -> object.remove(choices.text(20)));
            places.add(() -> object.set(choices.text(20), value(JSON.nullNode(), whole, choices)));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int at = i;
                places.add(() -> array.set(at, value(array.path(at), whole, choices)));
                collect(array.get(i), places, whole, choices);
            }
            places.add(() -> array.add(value(JSON.nullNode(), whole, choices)));
        }
    }

    private static JsonNode value(JsonNode before, ObjectNode whole, Choices choices) {
        return switch (choices.number(0, 13)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.booleanNode(choices.isEven());
            case 2 -> JSON.numberNode(choices.whole());
            case 3 -> JSON.numberNode(Double.longBitsToDouble(choices.whole()));
            case 4 -> JSON.textNode("");
            case 5 -> JSON.textNode(choices.text(40));
            case 6 -> JSON.textNode(before.asText() + choices.text(4));
            case 7 -> JSON.textNode(choices.text(2).repeat(choices.number(1, 3000)));
            case 8 -> JSON.arrayNode().add(before.deepCopy()).add(choices.text(10));
            case 9 -> JSON.objectNode().set(choices.text(10), before.deepCopy());
            case 10 -> JSON.arrayNode();
            case 11 -> JSON.objectNode();
            case 12 -> JSON.textNode(before.asText() + choices.one(ODD));
            default -> elsewhere(whole, choices);
        };
    }

    private static JsonNode elsewhere(ObjectNode whole, Choices choices) {
        var values = new ArrayList<JsonNode>();
        whole.forEach(values::add);
        return values.isEmpty() ? JSON.nullNode() : choices.one(values).deepCopy();
    }

    private static JsonNode json(Path file) {
        try {
            return TestPlatform.JSON.readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
