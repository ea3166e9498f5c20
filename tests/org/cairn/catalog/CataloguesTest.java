package org.cairn.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.cairn.AchievementId;
import org.cairn.Problem;
import org.cairn.TenantId;
import org.cairn.testing.Databases;
import org.cairn.testing.World;
import org.jooq.DSLContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CataloguesTest {

    private static final String QUIZ = "{'score':'quiz','atLeast':70}";

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_cycle_is_refused_when_defined_and_nothing_of_it_is_kept(Databases databases) {
        try (var world = new World(databases)) {
            world.define("soldering", QUIZ);
            refused(
                    world,
                    "stack_cycle",
                    "\"one\" → \"two\" → \"one\"",
                    Map.of("one", "{'holds':'two'}", "two", "{'holds':'one'}"));
            refused(world, "stack_cycle", "\"self\" → \"self\"", Map.of("self", "{'holds':'self'}"));
            assertThat(catalogue(world).achievements())
                    .extracting(Achievement::name)
                    .containsExactly("soldering");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_cycle_through_what_was_defined_before_is_refused(Databases databases) {
        try (var world = new World(databases)) {
            world.define(Map.of("part", QUIZ, "stack", "{'holds':'part'}"));
            refused(world, "stack_cycle", "\"part\" → \"stack\" → \"part\"", Map.of("part", "{'holds':'stack'}"));
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_stack_of_what_nobody_defined_is_refused(Databases databases) {
        try (var world = new World(databases)) {
            refused(world, "achievement_unknown", "\"nothing\"", Map.of("stack", "{'holds':'nothing'}"));
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void what_was_read_in_a_transaction_that_failed_is_never_taken_for_what_was_published_after_it(
            Databases databases) {
        try (var world = new World(databases)) {
            world.define("soldering", QUIZ);
            assertThatThrownBy(() -> world.database.inTransaction(db -> {
                        publish(world, db, "welding");
                        assertThat(world.catalogues.current(db, world.tenant).find(new AchievementId("welding")))
                                .isPresent();
                        throw new IllegalStateException("Rolled back.");
                    }))
                    .hasMessage("Rolled back.");
            world.database.inTransaction(db -> publish(world, db, "gluing"));
            assertThat(catalogue(world).find(new AchievementId("gluing"))).isPresent();
            assertThat(catalogue(world).find(new AchievementId("welding"))).isEmpty();
        }
    }

    private static boolean publish(World world, DSLContext db, String achievement) {
        return world.catalogues.define(
                db,
                IssuerStore.get(db, world.tenant),
                Map.of(new AchievementId(achievement), World.definition(achievement, QUIZ)),
                List.of(),
                world.clock.instant());
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_change_makes_a_version_and_the_same_again_makes_none(Databases databases) {
        try (var world = new World(databases)) {
            world.define("soldering", QUIZ);
            long version = catalogue(world).version();
            world.define("soldering", QUIZ);
            assertThat(catalogue(world).version()).isEqualTo(version);
            world.define("soldering", "{'score':'quiz','atLeast':80}");
            assertThat(catalogue(world).version()).isGreaterThan(version);
            assertThat(catalogue(world).get(new AchievementId("soldering")).version())
                    .isEqualTo(2);
            world.database.inTransaction(db -> {
                var id = new AchievementId("soldering");
                assertThat(world.catalogues
                                .version(db, world.tenant, id, 1)
                                .orElseThrow()
                                .definition())
                        .isEqualTo(World.definition("soldering", QUIZ));
                assertThat(world.catalogues.version(db, TenantId.fresh(), id, 1))
                        .isEmpty();
                return null;
            });
        }
    }

    private static Catalogue catalogue(World world) {
        return world.database.inTransaction(db -> world.catalogues.current(db, world.tenant));
    }

    private static void refused(World world, String code, String named, Map<String, String> rules) {
        assertThatThrownBy(() -> world.define(rules)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.sentence()).contains(named);
        });
    }
}
