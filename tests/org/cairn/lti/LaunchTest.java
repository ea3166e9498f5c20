package org.cairn.lti;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cairn.PlatformId;
import org.cairn.people.Person;
import org.cairn.people.Role;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which course and which link a launch stands for. */
class LaunchTest {

    private static final Map<String, String> ABOUT = Map.of("cairn_achievement", "data-basics");
    private static final Message OPENED = new Message.ResourceLink();

    @Test
    void a_link_is_known_by_its_id_whatever_it_is_about() {
        assertThat(launch("2", "7", Map.of(), OPENED).linkKey()).isEqualTo("7");
        assertThat(launch("2", "7", ABOUT, OPENED).linkKey()).isEqualTo("7");
        assertThat(launch(null, "7", ABOUT, OPENED).linkKey()).isEqualTo("7");
        assertThat(launch("2", "2", Map.of(), OPENED).linkKey()).isEqualTo("2");
    }

    @Test
    void links_embedded_in_a_page_come_with_the_id_of_the_course_and_are_told_apart_by_what_they_are_about() {
        var one = launch("2", "2", ABOUT, OPENED).linkKey();
        assertThat(one).matches("embedded:[0-9a-f]{64}");
        assertThat(launch("2", "2", ABOUT, OPENED).linkKey()).isEqualTo(one);
        assertThat(launch("2", "2", Map.of("cairn_achievement", "statistics"), OPENED)
                        .linkKey())
                .startsWith("embedded:")
                .isNotEqualTo(one);
        assertThat(launch("3", "3", ABOUT, OPENED).linkKey()).isNotEqualTo(one);
    }

    @Test
    void a_message_without_a_link_stands_for_its_kind() {
        assertThat(launch("2", null, ABOUT, new Message.DataPrivacy()).linkKey())
                .isEqualTo("cairn:DataPrivacy");
        assertThat(launch("2", null, Map.of(), new Message.SubmissionReview("5"))
                        .linkKey())
                .isEqualTo("cairn:SubmissionReview");
    }

    @Test
    void a_link_outside_of_any_course_is_a_course_of_its_own() {
        assertThat(launch("2", "7", Map.of(), OPENED).courseKey()).isEqualTo("2");
        assertThat(launch(null, "7", Map.of(), OPENED).courseKey()).isEqualTo("resource-link:7");
    }

    @Test
    void a_history_is_a_list_of_ids_and_of_each_only_what_a_database_keeps() {
        assertThat(history("first%201, ,,second%,%00,third")).containsExactly("first 1", "second%", "third");
        assertThat(history("")).isEmpty();
        assertThat(launch("2", "7", Map.of(), OPENED).history("context_history"))
                .isEmpty();
        assertThat(history("x,".repeat(51))).hasSize(50);
    }

    private static List<String> history(String text) {
        return launch("2", "7", Map.of("context_history", text), OPENED).history("context_history");
    }

    private static Launch launch(
            @Nullable String context, @Nullable String link, Map<String, String> custom, Message message) {
        return new Launch(
                platform(),
                "1",
                Person.unnamed("4"),
                Role.LEARNER,
                context,
                null,
                link,
                null,
                new Offer(null, null, Set.of(), null, null, Set.of()),
                custom,
                null,
                message,
                Launch.Bound.COOKIE,
                0);
    }

    private static Platform platform() {
        return new Platform(
                PlatformId.fresh(),
                "https://lms.example.edu",
                "cairn",
                "LMS",
                "",
                URI.create("https://lms.example.edu/auth"),
                URI.create("https://lms.example.edu/token"),
                "https://lms.example.edu/token",
                URI.create("https://lms.example.edu/jwks"),
                "RS256",
                List.of(),
                false);
    }
}
