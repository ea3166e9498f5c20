package org.cairn.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.cairn.AchievementId;
import org.cairn.Problem;
import org.cairn.openbadges.image.Badge;
import org.cairn.openbadges.image.Colour;
import org.cairn.openbadges.image.Design;
import org.cairn.openbadges.image.Icon;
import org.cairn.rule.Named;
import org.cairn.testing.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueFileTest {

    @Test
    void the_demo_s_catalogue_is_read_whole() throws IOException {
        var file = CatalogueFile.read(demo().getBytes(StandardCharsets.UTF_8));
        assertThat(file.achievements()).hasSize(5);
        assertThat(file.achievements().values()).filteredOn(Definition::isStack).hasSize(1);
        assertThat(file.courses().getFirst().attachments()).hasSize(4);
    }

    @Test
    void a_definition_comes_back_from_its_json_as_it_went_in() throws IOException {
        for (var definition : CatalogueFile.read(demo().getBytes(StandardCharsets.UTF_8))
                .achievements()
                .values()) {
            assertThat(DefinitionJson.read(DefinitionJson.write(definition), Named.NOTHING))
                    .isEqualTo(definition);
        }
    }

    @Test
    void what_becomes_of_awards_after_a_regrade_is_read_and_comes_back() throws IOException {
        assertThat(regrade("{ \"award\": \"hold\", \"stacksAbove\": true }"))
                .isEqualTo(new Regrade(Regrade.Then.HOLD, true));
        assertThat(regrade("{ \"award\": \"revoke\" }")).isEqualTo(new Regrade(Regrade.Then.REVOKE, false));
        assertThatThrownBy(() -> regrade("{ \"award\": \"keep\", \"stacksAbove\": true }"))
                .hasMessageContaining("takes nothing from the stacks");
        assertThatThrownBy(() -> regrade("{ \"award\": \"lower\" }")).hasMessageContaining("regrade/award");
    }

    @Test
    void a_status_is_read_and_comes_back_and_without_one_it_is_published() throws IOException {
        var file = demo().replaceFirst("\"credits\": 6,", "\"credits\": 6, \"status\": \"retired\",");
        var definitions = CatalogueFile.read(file.getBytes(StandardCharsets.UTF_8))
                .achievements()
                .values();
        assertThat(definitions).filteredOn(Definition::isRetired).hasSize(1);
        assertThat(definitions)
                .filteredOn(one -> one.status() == Definition.Status.PUBLISHED)
                .hasSize(4);
        assertThat(definitions)
                .allSatisfy(one -> assertThat(DefinitionJson.read(DefinitionJson.write(one), Named.NOTHING))
                        .isEqualTo(one));
    }

    @Test
    void a_design_is_read_and_comes_back_and_the_catalogue_s_own_fills_what_it_leaves_open() throws IOException {
        var file = demo().replaceAll("\"design\": \\{[^}]*},", "")
                .replace("\"credits\": 6,", "\"credits\": 6, \"design\": { \"icon\": \"scales\" },")
                .replaceFirst(
                        "\"achievements\"",
                        "\"design\": { \"ground\": \"#003366\", \"ink\": \"#ffffff\", \"icon\": \"leaf\" }, \"achievements\"");
        var definitions = CatalogueFile.read(file.getBytes(StandardCharsets.UTF_8))
                .achievements()
                .values();
        assertThat(definitions).allSatisfy(one -> {
            assertThat(one.design().ground()).isEqualTo(Colour.of("#003366"));
            assertThat(one.design().ink()).isEqualTo(Colour.WHITE);
            assertThat(one.design().icon()).isEqualTo(one.name().equals("Responsible AI") ? Icon.SCALES : Icon.LEAF);
            assertThat(DefinitionJson.read(DefinitionJson.write(one), Named.NOTHING))
                    .isEqualTo(one);
        });
    }

    @Test
    void another_design_is_an_editorial_change() throws IOException {
        var before = CatalogueFile.read(demo().getBytes(StandardCharsets.UTF_8)).achievements();
        var id = new AchievementId("capstone");
        var then = before.get(id).orElse(new Design(Colour.of("#003366"), null, null, null, null));
        assertThat(then).isNotEqualTo(before.get(id));
        assertThat(Change.between(before.get(id), then)).isEqualTo(Change.EDITORIAL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'score': 'quiz', 'atLeast': 70} | MICRO_CREDENTIAL",
                "{'completed': 'page'} | RECOGNITION",
                "{'anyOf': [{'completed': 'page'}, {'score': 'quiz', 'atLeast': 70}]} | RECOGNITION",
                "{'allOf': [{'completed': 'page'}, {'score': 'quiz', 'atLeast': 70}]} | MICRO_CREDENTIAL",
            })
    void the_badge_of_what_can_be_earned_without_being_assessed_is_for_recognition(String rule, Badge.Kind kind) {
        var definition = World.definition("One", rule.replace("'", "\""));
        var achievement = new Achievement(new AchievementId("one"), 1, definition, null, Instant.EPOCH);
        assertThat(achievement.badge().kind()).isEqualTo(kind);
        assertThat(achievement.badge().level()).isEqualTo(6);
    }

    private static Regrade regrade(String json) throws IOException {
        var file = demo().replace("\"credits\": 6,", "\"credits\": 6, \"regrade\": " + json + ",");
        var definitions = CatalogueFile.read(file.getBytes(StandardCharsets.UTF_8))
                .achievements()
                .values();
        var one = definitions.stream()
                .filter(definition -> definition.regrade() != null)
                .findFirst()
                .orElseThrow();
        assertThat(DefinitionJson.read(DefinitionJson.write(one), Named.NOTHING))
                .isEqualTo(one);
        return one.regrade();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "\"catalogue\": 1 | \"catalogue\": 2 | catalogue",
                "\"tenant\": \"example-university\" | \"tenant\": \"Example University\" | tenant",
                "\"credits\": 6 | \"credits\": -6 | credits",
                "\"kind\": \"CERTIFICATE\" | \"kind\": \"DEGREE\" | kind",
                "\"credits\": 6 | \"price\": 6 | price",
                "\"rule\": { \"score\": \"audit\" | \"rule\": { \"grade\": \"audit\" | rule.grade",
                "\"rule\": { \"score\": \"audit\" | \"rule\": { \"score\": \"other\" | other",
                "\"maximum\": 100 | \"maximum\": 0 | bind/audit: must be valid to one and only one schema",
                "{ \"holds\": \"capstone\" } | { \"holds\": \"Capstone\" } | rule.allOf[3]",
                "\"credits\": 6 | \"credits\": 6, \"design\": { \"ground\": \"red\" } | ground",
                "\"credits\": 6 | \"credits\": 6, \"design\": { \"icon\": \"skull\" } | icon",
                "\"credits\": 6 | \"credits\": 6, \"design\": { \"ground\": \"#ffffff\", \"ink\": \"#eeeeee\" } | responsible-ai\": the ink #eeeeee",
                "\"id\": \"capstone\" | \"id\": \"data-stewardship\" | defined twice",
            })
    void what_does_not_fit_is_refused_with_its_place(String good, String bad, String place) throws IOException {
        var damaged = demo().replace(good, bad);
        assertThat(damaged).isNotEqualTo(demo());
        assertThatThrownBy(() -> CatalogueFile.read(damaged.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(place);
    }

    private static String demo() throws IOException {
        try (var stream = CatalogueFileTest.class.getResourceAsStream("/demo/catalogue.json")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
