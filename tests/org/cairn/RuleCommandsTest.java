package org.cairn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cairn.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody types who keeps rules in files. */
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

                You have 1 of 2. You still need *bias*.

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

    private static String catalogue(String rule) {
        return "{'catalogue':1,'tenant':'here','achievements':[{'id':'soldering','name':'Soldering','description':'d',"
                + "'kind':'MICRO_CREDENTIAL','slots':{'quiz':'the quiz'},'rule':" + rule + "}]}";
    }

    private String file(String json) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "rule", ".json"), json.replace('\'', '"'))
                .toString();
    }
}
