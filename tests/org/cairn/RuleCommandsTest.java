package org.cairn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cairn.db.Database;
import org.cairn.testing.TestApp;
import org.cairn.testing.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody types who keeps rules in files. */
@Isolated("What is printed meanwhile is read.")
class RuleCommandsTest {

    private final Path folder = TestApp.folder();

    @Test
    void a_check_prints_a_line_for_each_finding_and_ends_with_1_only_where_one_is_an_error() throws IOException {
        var wrong = file("{'allOf':[{'score':'quiz','atLeast':101},{'completed':'lab'},{'completed':'lab'}]}");
        assertThat(Typed.line("rule", "check", wrong)).isEqualTo(new Typed(1, """
                        error: rule.allOf[0]: More than 100 % cannot be reached; ask for 100 % or less. [unsatisfiable]
                        warning: rule.allOf[2]: This asks for the same as rule.allOf[1]; take one out. [duplicate]
                        1 rule checked: 1 error, 1 warning, 0 notes.
                        """, ""));
        var odd = Typed.line("rule", "check", file("{'completed':'lab'}"));
        assertThat(odd.code()).isZero();
        assertThat(odd.out()).startsWith("warning: rule: ").endsWith("0 errors, 1 warning, 0 notes.\n");
    }

    @Test
    void a_check_of_a_catalogue_names_the_achievement() throws IOException {
        var checked = Typed.line("rule", "check", file(catalogue("{'score':'quiz','atLeast':101}")));
        assertThat(checked.code()).isEqualTo(1);
        assertThat(checked.out()).startsWith("error: soldering, rule: ").contains("1 rule checked");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{'score':'quiz'}", "{'catalogue':1}", "[]", "{'holds':'a','holds':'b'}"})
    void what_cannot_be_read_ends_with_2_and_one_sentence(String content) throws IOException {
        var checked = Typed.line("rule", "check", file(content));
        assertThat(checked.code()).isEqualTo(2);
        assertThat(checked.out()).isEmpty();
        assertThat(checked.err().strip()).isNotEmpty().doesNotContain("\n");
        assertThat(Typed.line("rule", "check", folder.resolve("nowhere.json").toString())
                        .code())
                .isEqualTo(2);
    }

    @Test
    void an_explanation_is_the_criteria_and_with_facts_the_tree_and_what_is_missing() throws IOException {
        var rule = file("{'allOf':[{'score':'quiz','atLeast':70},{'holds':'bias'}]}");
        var facts = file("{'attempts':{'quiz':[{'score':18,'maximum':20,'at':'2026-10-01T08:00:00Z'}]}}");
        assertThat(Typed.line("rule", "explain", rule).out()).isEqualTo("""
                Both of these:

                - At least 70 % in *quiz*
                - The credential *bias*

                """);
        assertThat(Typed.line("rule", "explain", rule, "--facts", facts).out()).isEqualTo("""
                Both of these:

                - At least 70 % in *quiz*
                - The credential *bias*

                [not yet] both of these: 1 of 2
                  [met] at least 70 % in *quiz*: 18 of 20 (90 %)
                  [not yet] the credential *bias*: not held yet

                You have 1 of 2.
                Still to do:
                - You still need *bias*.

                """);
    }

    @Test
    void facts_are_looked_at_at_their_own_instant() throws IOException {
        var rule = file("{'completed':'lab','before':'2020-01-01T00:00:00Z'}");
        var then = file("{'at':'2019-12-31T00:00:00Z'}");
        assertThat(Typed.line("rule", "explain", rule, "--facts", then).out()).contains("[not yet]");
        assertThat(Typed.line("rule", "explain", rule, "--facts", file("{}")).out())
                .contains("[closed]");
    }

    @Test
    void an_explanation_of_a_catalogue_uses_its_names_and_can_be_of_one() throws IOException {
        var file = file(catalogue("{'score':'quiz','atLeast':70}"));
        assertThat(Typed.line("rule", "explain", file, "--achievement", "soldering")
                        .out())
                .startsWith("Soldering (soldering)\nAt least 70 % in *the quiz*.\n");
        var unknown = Typed.line("rule", "explain", file, "--achievement", "welding");
        assertThat(unknown).isEqualTo(new Typed(1, "", "The file defines no achievement \"welding\".\n"));
    }

    @Test
    void facts_that_do_not_fit_are_refused_with_their_place() throws IOException {
        var facts = file("{'held':{'bias':'yesterday'}}");
        var refused = Typed.line("rule", "explain", file("{'completed':'lab'}"), "--facts", facts);
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("facts.held.bias: an instant");
    }

    @Test
    void a_dry_run_tells_a_terminal_what_a_rule_would_do() throws IOException {
        data();
        var printed = Typed.about(
                folder,
                "rule",
                "dry-run",
                file("{'score':'quiz','atLeast':80}"),
                "--tenant",
                "here",
                "--achievement",
                "soldering");
        assertThat(printed.err()).isEmpty();
        assertThat(printed.out()).startsWith("""
                soldering (soldering)
                  4 learners: 1 meet this rule, 2 the published one; 2 hold it
                  Awarded as soon as it is published (0): nobody
                  Added (0): nobody
                  Lost (1), who keep what they hold: alan
                  Borderline (1):
                    alan in course-1, rule: 76 of 100 (76 %); at least 80 % in *quiz*
                  How many at other thresholds, rule (at least 80 % in *quiz*):
                            0 %      4 ########################################
                           10 %      4 ########################################
                """).contains("    >      80 %      1 ##########\n");
    }

    @Test
    void a_dry_run_of_a_catalogue_tries_what_is_not_published_so_and_attaches_as_the_file_says() throws IOException {
        data();
        var same = catalogue("{'score':'quiz','atLeast':70}");
        assertThat(Typed.about(folder, "rule", "dry-run", file(same)).out())
                .isEqualTo("Every rule of the file is the one that is published.\n");
        var other = same.replace("'atLeast':70", "'atLeast':50").replace("'soldering'", "'new'");
        var course = "],'courses':[{'deployment':{'issuer':'https://lms.example.edu','clientId':'client','id':'1'},"
                + "'context':'course-1','attachments':[{'achievement':'new','bind':{'quiz':{'activity':'%s','title':'t'}}}]}]}";
        var bound = file(other.replace("]}", course.formatted("quiz")));
        var written = Typed.about(folder, "rule", "dry-run", bound, "--json").out();
        assertThat(written).contains("\"threshold\" : 100,").doesNotContain("E+");
        var json = RuleFile.JSON.readTree(written);
        assertThat(json.at("/new/met").asInt()).isEqualTo(3);
        assertThat(json.at("/new/awarded/0/sub").asText()).isEqualTo("ada");
        assertThat(json.at("/new/thresholds/0/points")).hasSize(101);
        var unheard = file(other.replace("]}", course.formatted("unheard")));
        var unbound = RuleFile.JSON.readTree(
                Typed.about(folder, "rule", "dry-run", unheard, "--json").out());
        assertThat(unbound.at("/new/met").asInt()).isZero();
        assertThat(unbound.at("/new/learners").asInt()).isZero();
    }

    @Test
    void a_dry_run_says_in_one_sentence_what_it_does_not_know() throws IOException {
        data();
        var rule = file("{'score':'quiz','atLeast':80}");
        assertThat(Typed.about(folder, "rule", "dry-run", rule, "--achievement", "soldering"))
                .isEqualTo(new Typed(1, "", "--tenant says whose learners it is tried over.\n"));
        assertThat(Typed.about(folder, "rule", "dry-run", rule, "--tenant", "here"))
                .isEqualTo(new Typed(1, "", "--achievement says whose rule it is to be.\n"));
        assertThat(Typed.about(folder, "rule", "dry-run", rule, "--tenant", "there", "--achievement", "soldering"))
                .isEqualTo(new Typed(1, "", "There is no tenant \"there\".\n"));
        assertThat(Typed.about(folder, "rule", "dry-run", rule, "--tenant", "here", "--achievement", "welding")
                        .err())
                .startsWith("No achievement \"welding\" is published here;");
        assertThat(Typed.about(
                        folder,
                        "rule",
                        "dry-run",
                        rule,
                        "--tenant",
                        "here",
                        "--achievement",
                        "soldering",
                        "--course",
                        "course-9"))
                .isEqualTo(new Typed(1, "", "No course of this tenant has the id \"course-9\" in its LMS.\n"));
    }

    private void data() {
        try (var world = new World(Database.inFolder(folder))) {
            world.define("soldering", "{'score':'quiz','atLeast':70}");
            world.grade("ada", "quiz", 90);
            world.grade("alan", "quiz", 76);
            world.grade("grace", "quiz", 65);
            world.grade("kurt", "quiz", 20);
        }
    }

    private static String catalogue(String rule) {
        return "{'catalogue':1,'tenant':'here','achievements':[{'id':'soldering','name':'Soldering','description':'d',"
                + "'kind':'MICRO_CREDENTIAL','slots':{'quiz':'the quiz'},'rule':" + rule + "}]}";
    }

    private String file(String json) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "rule", ".json"), json.replace('\'', '"'))
                .toString();
    }
}
