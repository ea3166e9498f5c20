package org.cairn.award;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.cairn.evidence.GradePush;
import org.cairn.evidence.Observation;
import org.cairn.testing.Databases;
import org.cairn.testing.World;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is complete without a grade counts where a rule asks for a completion, and only there. */
class CompletionTest {

    private static final String SCORE =
            "{'userId':'ada','timestamp':'%s','activityProgress':'%s','gradingProgress':'%s'%s}";

    @ParameterizedTest
    @EnumSource(Databases.class)
    void an_activity_that_nobody_grades_is_completed(Databases databases) {
        try (var world = new World(databases)) {
            world.define("safety", "{'completed':'lab'}");
            world.record(pushed(world, "lab", "InProgress", "NotReady", ""));
            assertThat(world.holds("ada")).isEmpty();
            world.clock.advance(java.time.Duration.ofSeconds(1));
            world.record(pushed(world, "lab", "Completed", "NotReady", ""));
            assertThat(world.holds("ada")).containsExactly("safety");
            assertThat(world.holds("grace")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Completed, Pending, '', pending complete",
        "Submitted, PendingManual, '', pending",
        "Completed, NotReady, '', cleared complete",
        "Started, FullyGraded, '', cleared",
        "Completed, FullyGraded, ',''scoreGiven'':7,''scoreMaximum'':10', 7/10",
        "InProgress, FullyGraded, ',''scoreGiven'':7,''scoreMaximum'':10', 7/10 unfinished"
    })
    void what_a_score_says_of_grade_and_completion_is_kept_as_text(
            String activity, String grading, String score, String text) {
        try (var world = new World(Databases.H2)) {
            var observation = pushed(world, "lab", activity, grading, score);
            assertThat(observation.reported().text()).isEqualTo(text);
            world.define("safety", "{'completed':'lab'}");
            world.define("skill", "{'score':'lab','atLeast':70}");
            world.record(observation);
            assertThat(world.holds("ada").contains("safety")).isEqualTo(activity.equals("Completed"));
            assertThat(world.holds("ada").contains("skill")).isEqualTo(text.startsWith("7/10"));
        }
    }

    private static Observation pushed(World world, String activity, String progress, String grading, String score) {
        var body =
                SCORE.formatted(world.clock.instant(), progress, grading, score).replace('\'', '"');
        var item = GradePush.read(body.getBytes(StandardCharsets.UTF_8), activity, world.clock.instant())
                .getFirst();
        assertThat(item.fault()).isNull();
        return item.observation();
    }
}
