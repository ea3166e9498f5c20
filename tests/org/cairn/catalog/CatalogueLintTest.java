package org.cairn.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.cairn.AchievementId;
import org.cairn.rule.Finding;
import org.cairn.testing.Databases;
import org.cairn.testing.World;
import org.junit.jupiter.api.Test;

class CatalogueLintTest {

    private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");

    @Test
    void a_file_alone_does_not_know_what_is_published() {
        var found = found(null, achievement("stack", "{'allOf':[{'holds':'soldering'},{'holds':'quiz'}]}"), quiz());
        assertThat(found).containsExactly("stack achievement_elsewhere@rule.allOf[0]");
    }

    @Test
    void beside_what_is_published_it_is_known_or_unknown() {
        try (var world = new World(Databases.H2)) {
            world.define("soldering", "{'score':'bench','atLeast':70}");
            var published = world.database.inTransaction(db -> world.catalogues.current(db, world.tenant));
            assertThat(found(
                            published,
                            achievement("stack", "{'allOf':[{'holds':'soldering'},{'holds':'welding'}]}"),
                            quiz()))
                    .containsExactly("stack achievement_unknown@rule.allOf[1]");
            assertThat(found(published, achievement("twin", "{'score':'bench','atLeast':70}")))
                    .containsExactly("twin same_rule@rule");
            // The achievement itself is not another one.
            assertThat(found(published, achievement("soldering", "{'score':'bench','atLeast':70}")))
                    .isEmpty();
        }
    }

    @Test
    void a_rule_that_asks_for_a_draft_or_for_what_is_retired_is_told_so() {
        try (var world = new World(Databases.H2)) {
            var rule = "{'score':'bench','atLeast':70}";
            world.define(Map.of("sawing", rule, "gluing", rule));
            world.publish(Map.of(
                    new AchievementId("soldering"),
                    World.definition("soldering", rule).withStatus(Definition.Status.DRAFT),
                    new AchievementId("sawing"),
                    World.definition("sawing", rule).withStatus(Definition.Status.RETIRED),
                    new AchievementId("gluing"),
                    World.definition("gluing", rule).withStatus(Definition.Status.DRAFT)));
            var published = world.database.inTransaction(db -> world.catalogues.current(db, world.tenant));
            assertThat(found(
                            published,
                            achievement(
                                    "stack",
                                    "{'allOf':[{'holds':'soldering'},{'holds':'sawing'},{'holds':'gluing'}]}")))
                    .containsExactly(
                            "stack achievement_draft@rule.allOf[0]", "stack achievement_retired@rule.allOf[1]");
        }
    }

    @Test
    void whoever_stands_in_a_ring_is_told_of_it_and_who_only_asks_for_it_is_not() {
        var found = found(
                null,
                achievement("a", "{'allOf':[{'holds':'b'},{'holds':'quiz'}]}"),
                achievement("b", "{'holds':'a'}"),
                achievement("above", "{'allOf':[{'holds':'a'},{'holds':'b'}]}"),
                quiz());
        assertThat(found).containsExactly("a cycle@rule", "b cycle@rule");
    }

    @Test
    void points_are_compared_with_the_column_that_a_course_of_the_file_binds() {
        var course = "{'deployment':{'issuer':'https://lms','clientId':'c','id':'1'},'context':'c-1','attachments':"
                + "[{'achievement':'%s','bind':{'bench':{'column':{'maximum':20},'title':'Bench'}}}]}";
        var rule = achievement("points", "{'score':'bench','atLeast':30,'scale':'points'}");
        assertThat(found(null, List.of(rule, quiz()), course.formatted("points")))
                .containsExactly("points scale_mismatch@rule");
        assertThat(found(null, List.of(rule, quiz()), course.formatted("other")))
                .isEmpty();
    }

    private static String quiz() {
        return achievement("quiz", "{'score':'quiz','atLeast':50}");
    }

    private static String achievement(String id, String rule) {
        return "{'id':'%s','name':'n','description':'d','kind':'MICRO_CREDENTIAL','slots':{'quiz':'Quiz','bench':'Bench'},'rule':%s}"
                .formatted(id, rule);
    }

    private static List<String> found(Catalogue published, String... achievements) {
        return found(published, List.of(achievements), "");
    }

    private static List<String> found(Catalogue published, List<String> achievements, String course) {
        var json = "{'catalogue':1,'tenant':'here','achievements':[%s],'courses':[%s]}"
                .formatted(String.join(",", achievements), course);
        var file = CatalogueFile.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        return CatalogueLint.of(file, published, NOW).entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(finding -> entry.getKey() + " " + written(finding)))
                .toList();
    }

    private static String written(Finding finding) {
        return finding.code() + "@" + finding.path();
    }
}
