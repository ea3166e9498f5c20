package org.cairn.lti.registration;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cairn.outbound.Answer;
import org.cairn.testing.Choices;
import org.cairn.testing.Hostile;
import org.cairn.testing.RegisteringLms;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** What an LMS answers to a registration: an id of use or none, a cause in a sentence, and nothing secret on the page. */
@Tag("fuzz")
class RegistrationFuzzTest {

    private static final List<ObjectNode> ANSWERS = answers();
    private static final List<Integer> STATUSES = List.of(200, 201, 204, 302, 400, 401, 404, 409, 429, 500, 599);
    private static final List<String> SECRET = List.of("registration_access_token", "client_secret");

    @MethodSource("org.cairn.testing.Choices#seeds")
    @FuzzTest(maxDuration = "25s")
    void an_answer_is_read_and_shown_without_what_is_secret_in_it(byte @NotNull [] bytes) {
        var choices = new Choices(bytes);
        int status = choices.one(STATUSES);
        var body = choices.number(0, 3) > 0
                ? Hostile.ascii(Hostile.changed(choices.one(ANSWERS), choices))
                : choices.rest();
        Hostile.read(() -> check(
                new RegistrationAnswer(new Answer(status, Map.of(), body.getBytes(StandardCharsets.UTF_8))), status));
    }

    private static void check(RegistrationAnswer answer, int status) {
        for (var name : List.of(answer.clientId(), answer.deploymentId())) {
            assertThat(name.orElse("1")).matches("[!-~]{1,255}");
        }
        assertThat(answer.updateToken().orElse("1")).matches("[!-~]{1,4000}");
        assertThat(answer.updateAddress().map(Object::toString).orElse("")).hasSizeLessThanOrEqualTo(2000);
        if (status >= 300) {
            assertThat(answer.clientId()).isEmpty();
        }
        assertThat(answer.cause()).isNotBlank().hasSizeLessThan(500).doesNotContain("<", "\n");
        assertThat(answer.shown()).hasSizeLessThanOrEqualTo(20_001);
        json(answer.shown())
                .ifPresent(shown -> SECRET.forEach(name -> assertThat(shown.findValues(name))
                        .allMatch(value -> value.asText().equals("…"))));
    }

    /** What was cut is no JSON any more. */
    private static Optional<JsonNode> json(String shown) {
        try {
            return Optional.ofNullable(PlatformConfiguration.JSON.readTree(shown));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static List<ObjectNode> answers() {
        var answers = new ArrayList<ObjectNode>();
        answers.add(RegisteringLms.registered("client", "1"));
        answers.add(RegisteringLms.registered("client", null).put("deployment_id", "2"));
        answers.add(RegisteringLms.registered("client", null)
                .put("registration_client_uri", "https://lms.example.edu/registrations/1")
                .put("registration_access_token", "a-token")
                .put("client_secret", "a-secret"));
        answers.add(JsonNodeFactory.instance.objectNode().put("error", "invalid_redirect_uri"));
        for (var recorded : Hostile.recorded("03")) {
            if (recorded.at("/response/body") instanceof ObjectNode body) {
                answers.add(body);
            }
        }
        return answers;
    }
}
