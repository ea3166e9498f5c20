package org.cairn.award;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cairn.AchievementId;
import org.cairn.Problem;
import org.cairn.catalog.Achievement;
import org.cairn.catalog.Definition;
import org.cairn.catalog.Definition.Status;
import org.cairn.testing.Databases;
import org.cairn.testing.World;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Drafts are earned by nobody; what is retired is earned no longer, and counts where it was. */
class StatusTest {

    private static final String QUIZ = "{'score':'quiz','atLeast':70}";

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_draft_is_neither_shown_nor_earned_until_it_is_published(Databases databases) {
        try (var world = new World(databases)) {
            world.define("other", QUIZ);
            define(world, "soldering", QUIZ, Status.DRAFT);
            world.grade("ada", "quiz", 91);
            world.awarding.reconsider(world.tenant, Set.of(new AchievementId("soldering")));
            assertThat(world.holds("ada")).containsExactly("other");
            assertThat(shown(world)).containsExactly("other");
            define(world, "soldering", QUIZ, Status.PUBLISHED);
            world.awarding.reconsider(world.tenant, Set.of(new AchievementId("soldering")));
            assertThat(world.holds("ada")).containsExactly("other", "soldering");
            assertThat(shown(world)).containsExactlyInAnyOrder("other", "soldering");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_draft_of_what_is_published_takes_nothing_away(Databases databases) {
        try (var world = new World(databases)) {
            world.define("soldering", QUIZ);
            define(world, "soldering", "{'score':'quiz','atLeast':95}", Status.DRAFT);
            world.grade("ada", "quiz", 80);
            assertThat(world.holds("ada")).containsExactly("soldering");
            assertThat(award(world, "ada").version()).isEqualTo(1);
            define(world, "soldering", "{'score':'quiz','atLeast':95}", Status.PUBLISHED);
            world.grade("alan", "quiz", 80);
            world.grade("grace", "quiz", 95);
            assertThat(world.holds("alan")).isEmpty();
            assertThat(award(world, "grace").version()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void what_is_retired_is_awarded_to_nobody_new_and_counts_where_it_was_awarded(Databases databases) {
        try (var world = new World(databases)) {
            world.define("soldering", "{'rule':1,'asks':{'score':'quiz','atLeast':70},'valid':'P1Y'}");
            world.grade("ada", "quiz", 80);
            define(world, "soldering", "{'rule':1,'asks':{'score':'quiz','atLeast':70},'valid':'P1Y'}", Status.RETIRED);
            world.grade("alan", "quiz", 80);
            world.define("stack", "{'holds':'soldering'}");
            world.awarding.reconsider(world.tenant, Set.of(new AchievementId("stack"), new AchievementId("soldering")));
            assertThat(world.holds("ada")).containsExactly("soldering", "stack");
            assertThat(world.holds("alan")).isEmpty();
            world.clock.advance(Duration.ofDays(400));
            world.record(World.observation("ada", "quiz", 2, 99, world.clock.instant()));
            assertThat(awards(world, "ada")).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void what_names_a_draft_is_refused_unless_it_is_one_and_nothing_is_kept(Databases databases) {
        try (var world = new World(databases)) {
            define(world, "soldering", QUIZ, Status.DRAFT);
            assertThatThrownBy(() -> world.define(Map.of("stack", "{'holds':'soldering'}", "other", QUIZ)))
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.code()).isEqualTo("achievement_draft"));
            define(world, "stack", "{'holds':'soldering'}", Status.DRAFT);
            assertThat(shown(world)).isEmpty();
            List<String> drafts =
                    world.database.inTransaction(db -> world.catalogues.current(db, world.tenant).drafts().stream()
                            .map(one -> one.id().value())
                            .toList());
            assertThat(drafts).containsExactlyInAnyOrder("soldering", "stack");
        }
    }

    private static void define(World world, String id, String rule, Status status) {
        Definition definition = World.definition(id, rule).withStatus(status);
        world.publish(Map.of(new AchievementId(id), definition));
    }

    private static List<String> shown(World world) {
        return world.database.inTransaction(db -> world.catalogues.current(db, world.tenant).achievements().stream()
                .map(Achievement::id)
                .map(AchievementId::value)
                .toList());
    }

    private static List<Award> awards(World world, String sub) {
        return world.database.inTransaction(db -> AwardStore.list(db, world.tenant, world.learner(sub)));
    }

    private static Award award(World world, String sub) {
        return awards(world, sub).getFirst();
    }
}
