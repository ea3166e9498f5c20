package org.cairn.lti.service;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cairn.PlatformId;
import org.cairn.lti.Platform;
import org.cairn.outbound.Answer;
import org.cairn.testing.Choices;
import org.cairn.testing.Hostile;
import org.cairn.testing.TestPlatform;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** What an LMS answers where Cairn asks for columns, grades and names. */
@Tag("fuzz")
class AnswerFuzzTest {

    private static final List<JsonNode> ANSWERS = answers();
    private static final Platform MOODLE = new Platform(
            PlatformId.fresh(),
            "https://lms.example.edu",
            "cairn",
            "LMS",
            "moodle",
            URI.create("https://lms.example.edu/auth"),
            URI.create("https://lms.example.edu/token"),
            "https://lms.example.edu/token",
            URI.create("https://lms.example.edu/jwks"),
            "RS256",
            List.of("https://lms.example.edu"),
            false);

    /** Of which what follows the third byte is the answer itself. */
    static Stream<byte[]> answered() {
        return Stream.of("{\"members\":[{\"user_id\":4}]}", "[{\"userId\":\"4\",\"resultScore\":1e99999999999}]")
                .map(text -> ("001" + text).getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource({"org.cairn.testing.Choices#seeds", "answered"})
    @FuzzTest(maxDuration = "25s")
    void an_answer_is_read_or_refused(byte @NotNull [] bytes) {
        var choices = new Choices(bytes);
        var whole = TestPlatform.JSON.createObjectNode();
        whole.set("body", choices.one(ANSWERS));
        var body =
                choices.isEven() ? Hostile.changed(whole, choices).path("body").toString() : choices.rest();
        var answer = new Answer(200, Map.of(), body.getBytes(StandardCharsets.UTF_8));
        Hostile.read(() -> Roster.members(Services.json(answer, "names"), MOODLE));
        Hostile.read(() -> {
            var results = new ArrayList<Gradebook.Result>();
            Services.json(answer, "grades").forEach(result -> Gradebook.add(results, result));
            results.forEach(result -> result.maximum().signum());
        });
        Hostile.read(() -> Services.json(answer, "columns").forEach(item -> Gradebook.id(MOODLE, item)));
    }

    private static List<JsonNode> answers() {
        var answers = new ArrayList<JsonNode>();
        for (var prefix : List.of("31", "39", "42", "50", "51")) {
            Hostile.recorded(prefix).forEach(message -> answers.add(body(message)));
        }
        var members = TestPlatform.JSON.createObjectNode();
        members.putArray("members")
                .addObject()
                .put("user_id", "4")
                .putArray("roles")
                .add("Learner");
        answers.add(members);
        var results = TestPlatform.JSON.createArrayNode();
        results.addObject().put("userId", "4").put("resultScore", 7).put("resultMaximum", 10);
        answers.add(results);
        var columns = TestPlatform.JSON.createArrayNode();
        columns.addObject().put("id", "https://lms.example.edu/1").put("label", "x");
        answers.add(columns);
        return answers;
    }

    private static JsonNode body(JsonNode message) {
        var body = message.path("response").path("body");
        return body.isMissingNode() ? message : body;
    }
}
