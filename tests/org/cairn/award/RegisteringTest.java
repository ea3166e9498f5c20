package org.cairn.award;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.cairn.Problem;
import org.cairn.evidence.RegisterFile;
import org.cairn.testing.Databases;
import org.cairn.testing.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Cohorts, terms, roles and hours, as an institution's register has them. */
class RegisteringTest {

    private static final String HEADING = "issuer,client_id,sub,what,name,hours,day\n";

    @ParameterizedTest
    @EnumSource(Databases.class)
    void who_is_in_the_cohort_since_then_is_awarded_and_nobody_else(Databases databases) {
        try (var world = new World(databases)) {
            world.define(
                    "member",
                    "{'allOf':[{'member':'cohort','name':'2026','before':'2026-09-02T00:00:00Z'},{'score':'quiz','atLeast':50}]}");
            Stream.of("ada", "grace", "edsger", "barbara").forEach(sub -> world.grade(sub, "quiz", 80));
            assertThat(world.holds("ada")).isEmpty();
            var awards = take(
                    world,
                    "ada,cohort,2026,,2026-09-01",
                    "grace,cohort,2025,,2026-09-01",
                    "edsger,term,2026,,2026-09-01",
                    "barbara,cohort,2026,,2026-09-03");
            assertThat(awards).isEqualTo(1);
            assertThat(world.holds("ada")).containsExactly("member");
            assertThat(Stream.of("grace", "edsger", "barbara").map(world::holds))
                    .allMatch(java.util.Set::isEmpty);
            // A later word replaces an earlier one.
            assertThat(take(world, "barbara,cohort,2026,,2026-09-01")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void hours_add_up_and_a_file_that_comes_twice_changes_nothing(Databases databases) {
        try (var world = new World(databases)) {
            world.define("practised", "{'hours':'practice','atLeast':10}");
            var lines = new String[] {
                "ada,hours,practice,4.5,2026-09-01",
                "ada,hours,theory,9,2026-09-01",
                "grace,hours,practice,9.999,2026-09-01"
            };
            assertThat(take(world, lines)).isZero();
            assertThat(take(world, lines)).isZero();
            assertThat(take(world, "ada,hours,practice,5.5,2026-09-02")).isEqualTo(1);
            assertThat(world.holds("ada")).containsExactly("practised");
            assertThat(world.holds("grace")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_rule_that_is_published_later_finds_who_is_in_the_register(Databases databases) {
        try (var world = new World(databases)) {
            take(world, "ada,cohort,2026,,2026-09-01");
            world.define(Map.of("welcome", "{'member':'cohort','name':'2026'}"));
            var awards =
                    world.awarding.reconsider(world.tenant, java.util.List.of(new org.cairn.AchievementId("welcome")));
            assertThat(awards).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void a_file_with_one_wrong_line_is_taken_not_at_all(Databases databases) {
        try (var world = new World(databases)) {
            world.define("member", "{'member':'cohort','name':'2026'}");
            var good = line(world, "ada,cohort,2026,,2026-09-01");
            var strange = "https://elsewhere.example,client,ada,cohort,2026,,2026-09-01\n";
            assertThatThrownBy(() -> take(world, RegisterFile.read(bytes(HEADING + good + strange))))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("line 3: no LMS");
            assertThat(world.holds("ada")).isEmpty();
            assertThat(take(world, "grace,cohort,2026,,2026-09-01")).isEqualTo(1);
            assertThat(world.holds("ada")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "ada,club,2026,,2026-09-01 | line 2: what is one of",
                "ada,cohort,2026,5,2026-09-01 | line 2: only hours",
                "ada,cohort,,,2026-09-01 | line 2: name has to have",
                "ada,cohort,2026,,yesterday | line 2: a day is written",
                "ada,hours,Practice!,5,2026-09-01 | line 2: the name of a kind",
                "ada,hours,practice,,2026-09-01 | line 2: hours are a number",
                "ada,hours,practice,0,2026-09-01 | line 2: hours are a number",
                "ada,hours,practice,1.0001,2026-09-01 | line 2: hours are a number",
                "ada,hours,practice,10001,2026-09-01 | line 2: hours are a number",
                ",cohort,2026,,2026-09-01 | line 2: sub has to have"
            })
    void what_does_not_fit_is_refused_with_its_line(String line, String message) {
        assertThatThrownBy(() -> RegisterFile.read(bytes(HEADING + "https://lms.example,client," + line)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(message);
    }

    @Test
    void another_heading_another_charset_and_too_few_columns_are_refused() {
        assertThatThrownBy(() -> RegisterFile.read(bytes("issuer,sub\nx,y\n"))).hasMessageContaining("first line");
        assertThatThrownBy(() -> RegisterFile.read(bytes(HEADING + "a,b\n"))).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> RegisterFile.read((HEADING + "a,b,\u00fc").getBytes(StandardCharsets.ISO_8859_1)))
                .hasMessageContaining("UTF-8");
        assertThat(RegisterFile.read(bytes(HEADING)).lines()).isEmpty();
    }

    private static int take(World world, String... lines) {
        var text = new StringBuilder(HEADING);
        Stream.of(lines).forEach(line -> text.append(line(world, line)));
        return take(world, RegisterFile.read(bytes(text.toString())));
    }

    private static int take(World world, RegisterFile file) {
        var slug = world.database
                .inTransaction(db -> org.cairn.people.TenantStore.get(db, world.tenant))
                .slug();
        return new Registering(world.database, world.catalogues, world.awarding, world.clock)
                .take(slug, file)
                .size();
    }

    private static String line(World world, String rest) {
        var platform =
                world.database.inTransaction(db -> org.cairn.lti.PlatformStore.get(db, world.deployment.platform()));
        return platform.issuer() + "," + platform.clientId() + "," + rest + "\n";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
