package org.cairn.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.cairn.Problem;
import org.cairn.rule.Named;
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
