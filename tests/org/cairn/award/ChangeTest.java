package org.cairn.award;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cairn.AchievementId;
import org.cairn.Problem;
import org.cairn.catalog.CatalogueFile;
import org.cairn.catalog.Change;
import org.cairn.catalog.IssuerSettings;
import org.cairn.testing.Databases;
import org.cairn.testing.World;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What kind of change a catalogue file makes of what is published: said or deduced, kept with the version, and heeded. */
class ChangeTest {

    private static final String RULE = "{'score':'quiz','atLeast':70}";

    @ParameterizedTest
    @EnumSource(Databases.class)
    void words_alone_are_editorial_anything_else_minor_and_major_is_said(Databases databases) {
        try (var world = new World(databases)) {
            take(world, file("Soldering", RULE, ""));
            take(world, file("Soldering well", RULE, ""));
            take(world, file("Soldering well", "{'score':'quiz','atLeast':71}", ""));
            take(world, file("Soldering", "{'score':'quiz','atLeast':90}", "'change':'major','earlierAwards':'stay',"));
            take(world, file("Soldering", "{'score':'quiz','atLeast':90}", ""));
            assertThat(changes(world)).containsExactly(null, Change.EDITORIAL, Change.MINOR, Change.MAJOR);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void what_is_said_to_be_editorial_and_changes_the_rule_is_refused_and_nothing_is_kept(Databases databases) {
        try (var world = new World(databases)) {
            take(world, file("Soldering", RULE, ""));
            assertThatThrownBy(() ->
                            take(world, file("Soldering", "{'score':'quiz','atLeast':69}", "'change':'editorial',")))
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.code()).isEqualTo("change_not_editorial"));
            assertThat(changes(world)).hasSize(1);
            take(world, file("Soldering finely", RULE, "'change':'editorial',"));
            assertThat(changes(world)).containsExactly(null, Change.EDITORIAL);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void an_editorial_change_decides_nobody_anew_and_another_does(Databases databases) {
        try (var world = new World(databases)) {
            take(world, file("Soldering", RULE, ""));
            world.attach(world.context, "soldering", Map.of("quiz", "before"));
            world.grade("ada", "quiz", 80);
            world.attach(world.context, "soldering", Map.of("quiz", "quiz"));
            assertThat(take(world, file("Soldering well", RULE, ""))).isEmpty();
            assertThat(take(world, file("Soldering well", "{'score':'quiz','atLeast':75}", "")))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_major_change_says_what_becomes_of_earlier_awards_and_no_other_does(Databases databases) {
        try (var world = new World(databases)) {
            assertThatThrownBy(() -> take(world, file("Soldering", RULE, "'change':'major',")))
                    .hasMessageContaining("earlierAwards");
            assertThatThrownBy(() -> take(world, file("Soldering", RULE, "'change':'minor','earlierAwards':'stay',")))
                    .hasMessageContaining("earlierAwards");
        }
    }

    private static List<Award> take(World world, String file) {
        return new Importing(
                        world.database,
                        world.catalogues,
                        world.awarding,
                        new IssuerSettings("Here University", null, null, "AT"),
                        world.clock)
                .take(CatalogueFile.read(file.getBytes(StandardCharsets.UTF_8)));
    }

    private static String file(String name, String rule, String change) {
        return """
                {'catalogue':1,'tenant':'here','achievements':[{'id':'soldering','name':'%s','description':'About it',
                 'kind':'MICRO_CREDENTIAL',%s'slots':{'quiz':'The quiz'},'rule':%s}]}""".formatted(name, change, rule).replace('\'', '"');
    }

    private static List<Change> changes(World world) {
        return world.database.inTransaction(db -> {
            var catalogue = world.catalogues.current(db, world.tenant);
            var id = new AchievementId("soldering");
            var changes = new ArrayList<Change>();
            for (int version = 1; version <= catalogue.get(id).version(); version++) {
                changes.add(catalogue.get(id, version).change());
            }
            return changes;
        });
    }
}
