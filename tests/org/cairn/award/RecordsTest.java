package org.cairn.award;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cairn.Problem;
import org.cairn.openbadges.Credential;
import org.cairn.testing.Databases;
import org.cairn.testing.World;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The record of a stack: all that it is stacked from, and nothing else, and how that hangs together. */
class RecordsTest {

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_record_holds_every_part_down_to_the_last_and_says_how_they_are_related(Databases databases)
            throws IOException {
        try (var world = new World(databases)) {
            world.define(Map.of(
                    "first", "{'score':'first','atLeast':50}",
                    "second", "{'score':'second','atLeast':50}",
                    "other", "{'score':'other','atLeast':50}",
                    "module", "{'inOrder':[{'holds':'first'},{'holds':'second'}]}",
                    "programme", "{'holds':'module'}"));
            for (var sub : List.of("ada", "alan")) {
                for (var activity : List.of("first", "second", "other")) {
                    world.grade(sub, activity, 80);
                    world.clock.advance(Duration.ofHours(1));
                }
            }
            var record = json(records(world).of(form(world, "ada", "programme")).text());
            assertThat(record.path("credentialSubject").path("verifiableCredential"))
                    .extracting(one -> one.path("name").asText())
                    .containsExactlyInAnyOrder("programme", "module", "first", "second");
            assertThat(relations(record))
                    .containsExactlyInAnyOrder(
                            "module isPartOf programme",
                            "first isPartOf module",
                            "second isPartOf module",
                            "first precedes second");
            world.define("first", "{'score':'first','atLeast':60}");
            var later = json(records(world).of(form(world, "ada", "programme")).text());
            assertThat(relations(later)).contains("first replacedBy first").hasSize(5);
            assertThat(later.at("/credentialSubject/association").toString()).contains("/first/1\"", "/first/2\"");
            assertThat(ids(record))
                    .doesNotContainAnyElementsOf(ids(json(
                            records(world).of(form(world, "alan", "programme")).text())));
            assertThatThrownBy(() -> records(world).of(form(world, "ada", "first")))
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.code()).isEqualTo("no_parts"));
        }
    }

    private static Records records(World world) {
        return new Records(world.database, world.catalogues, world.credentials, world.clock);
    }

    private static Credential form(World world, String sub, String achievement) {
        var learner = world.learner(sub);
        return world.database.inTransaction(db -> {
            var award = AwardStore.list(db, world.tenant, learner).stream()
                    .filter(one -> one.achievement().value().equals(achievement))
                    .findFirst()
                    .orElseThrow();
            return world.credentials.list(db, world.tenant, List.of(award.id())).getFirst();
        });
    }

    private static List<String> ids(JsonNode record) {
        var ids = new ArrayList<String>();
        record.path("credentialSubject")
                .path("verifiableCredential")
                .forEach(one -> ids.add(one.path("id").asText()));
        return ids;
    }

    private static List<String> relations(JsonNode record) {
        var relations = new ArrayList<String>();
        record.path("credentialSubject")
                .path("association")
                .forEach(one -> relations.add("%s %s %s"
                        .formatted(
                                name(one.path("sourceId")),
                                one.path("associationType").asText(),
                                name(one.path("targetId")))));
        return relations;
    }

    private static String name(JsonNode achievement) {
        var parts = achievement.asText().split("/");
        return parts[parts.length - 2];
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
