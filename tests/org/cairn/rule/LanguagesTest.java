package org.cairn.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.ibm.icu.text.MessageFormat;
import com.ibm.icu.text.MessagePattern;
import com.ibm.icu.util.ULocale;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LanguagesTest {

    private static final ZoneId ZONE = ZoneId.of("Europe/Vienna");
    private static final Names NAMES = new Names(slot -> "Quiz " + slot.name(), id -> id.value());
    private static final Properties ENGLISH = messages(Locale.UK);

    static Stream<Locale> languages() {
        return Sentence.LANGUAGES.stream();
    }

    @ParameterizedTest
    @MethodSource("languages")
    void every_language_has_the_messages_of_english_and_no_others(Locale language) {
        assertThat(messages(language).stringPropertyNames()).isEqualTo(ENGLISH.stringPropertyNames());
    }

    /** A message that leaves out an argument would keep something from its readers; one that adds one would show it unfilled. */
    @ParameterizedTest
    @MethodSource("languages")
    void every_message_can_be_said_with_the_arguments_of_english(Locale language) {
        var messages = messages(language);
        for (var key : ENGLISH.stringPropertyNames()) {
            var arguments = arguments(ENGLISH.getProperty(key));
            assertThat(arguments(messages.getProperty(key)))
                    .as("%s in %s", key, language)
                    .isEqualTo(arguments);
            var format = new MessageFormat(messages.getProperty(key), ULocale.forLocale(language));
            for (var choice : List.of("yes", "no", "waiting", "latest", "best", "learner", "teacher")) {
                for (int number : new int[] {0, 1, 2, 3, 11, 100}) {
                    assertThat(format.format(values(arguments, choice, number)))
                            .as("%s in %s", key, language)
                            .isNotBlank()
                            .doesNotContain("{", "}", "#");
                }
            }
        }
    }

    @Test
    void a_language_says_random_rules_whole_and_always_alike_and_unlike_the_others() {
        var rules = new RandomRules(5);
        for (int one = 0; one < RandomRules.cases(300); one++) {
            var rule = rules.rule(3, false);
            var evaluation = Evaluator.evaluate(rule, rules.facts(rule), RandomRules.NOW);
            var criteria = new HashSet<String>();
            var missing = new HashSet<String>();
            for (var language : Sentence.LANGUAGES) {
                var said = said(rule, evaluation, language);
                assertThat(said).as("%s of %s", language, rule).isEqualTo(said(rule, evaluation, language));
                assertThat(said)
                        .as("%s of %s", language, rule)
                        .allSatisfy(text -> assertThat(text).isNotBlank().doesNotContain("{", "}"));
                assertThat(steps(evaluation, language))
                        .as("%s of %s", language, rule)
                        .allSatisfy(text -> assertThat(text).isNotBlank().doesNotContain("{", "}"));
                criteria.add(said.getFirst());
                missing.add(said.get(1));
            }
            assertThat(criteria).as("criteria of %s", rule).hasSameSizeAs(Sentence.LANGUAGES);
            assertThat(missing).as("missing of %s", rule).hasSameSizeAs(Sentence.LANGUAGES);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    de | Mindestens 70 % in *Quiz 1* vor dem 1. März 2027.
                    fr | Au moins 70 % dans *Quiz 1* avant le 1 mars 2027.
                    es | Al menos un 70 % en *Quiz 1* antes del 1 de marzo de 2027.
                    nl | Ten minste 70% voor *Quiz 1* vóór 1 maart 2027.
                    ar | ما لا يقل عن 70% في *⁨Quiz 1⁩* قبل 1 مارس 2027.
                    """)
    void a_grade_by_a_day(String language, String sentence) {
        assertThat(criteria(language, "{'score':'1','atLeast':70,'before':'2027-02-28T23:00:00Z'}"))
                .isEqualTo(sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    de | Sie haben bisher 2 von 3. Noch eins von: *c* oder *d*.
                    fr | Vous en avez 2 sur 3. Encore un élément parmi : *c* ou *d*.
                    es | Usted tiene 2 de 3. Falta un elemento de entre: *c* o *d*.
                    nl | U hebt er 2 van de 3. Nog één uit: *c* of *d*.
                    ar | لديك 2 من أصل 3. عنصر واحد آخر من بين: *⁨c⁩* أو *⁨d⁩*.
                    """)
    void a_choice_of_which_one_is_missing(String language, String sentence) {
        var rule = "{'atLeast':3,'of':[{'holds':'a'},{'holds':'b'},{'holds':'c'},{'holds':'d'}]}";
        assertThat(missing(language, rule, RuleFacts.holding("a", "b"))).isEqualTo(sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    de | Sie haben bisher 62,5 von 100 (62,5 %) in *Quiz 1*. Sie brauchen mindestens 70 % in *Quiz 1*.
                    fr | Vous avez 62,5 sur 100 (62,5 %) dans *Quiz 1* à ce jour. Il vous faut au moins 70 % dans *Quiz 1*.
                    es | Hasta ahora tiene 62,5 de 100 (62,5 %) en *Quiz 1*. Usted necesita al menos un 70 % en *Quiz 1*.
                    nl | U hebt tot nu toe 62,5 van 100 (62,5%) voor *Quiz 1*. U hebt ten minste 70% voor *Quiz 1* nodig.
                    ar | لديك حتى الآن 62.5 من 100 (62.5%) في *⁨Quiz 1⁩*. يلزمك ما لا يقل عن 70% في *⁨Quiz 1⁩*.
                    """)
    void a_grade_that_is_not_enough(String language, String sentence) {
        var facts = RuleFacts.graded("1", "62.5");
        assertThat(missing(language, "{'score':'1','atLeast':70}", facts)).isEqualTo(sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    P1Y   | خلال آخر سنة
                    P2Y   | خلال آخر سنتين
                    P3Y6M | خلال آخر 3 سنوات و6 أشهر
                    P11M  | خلال آخر 11 شهرًا
                    """)
    void arabic_counts_one_two_few_and_many(String period, String length) {
        assertThat(criteria("ar", "{'completed':'1','notOlderThan':'" + period + "'}"))
                .isEqualTo("إكمال *⁨Quiz 1⁩* " + length + ".");
    }

    @Test
    void what_has_parts_ends_as_the_language_does_it() {
        assertThat(criteria("fr", "{'allOf':[{'holds':'a'},{'anyOf':[{'holds':'b'},{'completed':'1'}]}]}"))
                .isEqualTo("""
                        Les deux éléments suivants :

                        - La certification *a*
                        - L’un des éléments suivants :
                          - La certification *b*
                          - Terminer *Quiz 1*""");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    en | *Quiz 1* approved by 2 people who do not teach you.
                    de | *Quiz 1*, bestätigt von 2 Personen, die nicht zu den eigenen Lehrenden gehören.
                    ar | اعتماد *⁨Quiz 1⁩* من شخصين من خارج فريق التدريس.
                    """)
    void two_reviewers_are_counted(String language, String sentence) {
        assertThat(criteria(language, "{'approved':'1','reviewers':2,'independent':true}"))
                .isEqualTo(sentence);
    }

    @Test
    void a_teacher_reads_of_the_learner_in_her_own_language() {
        var about = Sentence.about(NAMES, ZONE, Locale.GERMAN);
        var rule = RuleFacts.rule("{'holds':'a'}");
        assertThat(about.missing(Evaluator.evaluate(rule, RuleFacts.none(), RuleFacts.NOW)))
                .isEqualTo("Noch nötig: *a*.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    de-AT,de;q=0.9,en;q=0.8 | de
                    en,de;q=0.5             | en-GB
                    en-US;q=0.4,ar-EG       | ar
                    pt-BR,es;q=0.3          | es
                    fr;q=0,nl;q=0.1         | nl
                    ja                      | en-GB
                    *                       | en-GB
                    """)
    void a_reader_gets_the_language_she_likes_best(String liked, String language) {
        assertThat(Sentence.language(Locale.LanguageRange.parse(liked)).toLanguageTag())
                .isEqualTo(language);
    }

    @Test
    void who_likes_nothing_reads_english() {
        assertThatCode(() -> assertThat(Sentence.language(List.of())).isEqualTo(Locale.UK))
                .doesNotThrowAnyException();
    }

    private static List<String> said(Requirement rule, Evaluation evaluation, Locale language) {
        var sentence = new Sentence(NAMES, ZONE, language);
        return List.of(
                sentence.criteria(rule),
                sentence.missing(evaluation),
                Sentence.about(NAMES, ZONE, language).missing(evaluation),
                sentence.asks(rule),
                sentence.found(evaluation));
    }

    private static List<String> steps(Evaluation evaluation, Locale language) {
        var sentence = new Sentence(NAMES, ZONE, language);
        return Way.of(evaluation, ZONE).stream()
                .flatMap(way -> Stream.concat(
                        Stream.of(sentence.heading(way)),
                        sentence.next(way).stream().map(Sentence.Next::line)))
                .toList();
    }

    private static String criteria(String language, String rule) {
        return plain(new Sentence(NAMES, ZONE, Locale.forLanguageTag(language)).criteria(RuleFacts.rule(rule)));
    }

    private static String missing(String language, String rule, Facts facts) {
        var evaluation = Evaluator.evaluate(RuleFacts.rule(rule), facts, RuleFacts.NOW);
        return plain(new Sentence(NAMES, ZONE, Locale.forLanguageTag(language)).missing(evaluation));
    }

    // So that the sentences above can be read: a blank that does not break looks like one that does.
    private static String plain(String sentence) {
        return sentence.replace('\u00A0', ' ');
    }

    /** Also those within a choice. */
    private static Set<String> arguments(String message) {
        var pattern = new MessagePattern(message);
        return IntStream.range(0, pattern.countParts())
                .mapToObj(pattern::getPart)
                .filter(part -> part.getType() == MessagePattern.Part.Type.ARG_NAME)
                .map(pattern::getSubstring)
                .collect(Collectors.toSet());
    }

    /** What is counted in a message, and what is chosen by; everything else is text. */
    private static Map<String, Object> values(Set<String> arguments, String choice, int number) {
        var values = new HashMap<String, Object>();
        for (var argument : arguments) {
            values.put(
                    argument,
                    switch (argument) {
                        case "count", "size", "hours", "reviewers", "attempts", "uses", "value" -> number;
                        case "to", "met", "choice", "independent" -> choice;
                        default -> "text";
                    });
        }
        return values;
    }

    private static Properties messages(Locale language) {
        var suffix = language.equals(Locale.UK) ? "" : "_" + language.getLanguage();
        var messages = new Properties();
        try (var file = LanguagesTest.class.getResourceAsStream("/messages/sentence" + suffix + ".properties");
                var text = new InputStreamReader(Objects.requireNonNull(file), StandardCharsets.UTF_8)) {
            messages.load(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return messages;
    }
}
