package org.cairn.web;

import gg.jte.Content;
import java.util.List;
import java.util.stream.IntStream;
import org.cairn.rule.Evaluation;
import org.cairn.rule.Sentence;

/** One requirement as it is shown: what it asks for, what was found, and its parts. */
public record Step(Content asks, Content found, State state, List<Step> parts) {

    static Step of(Evaluation evaluation, Sentence sentence, Language language) {
        return of(evaluation, sentence.asks(evaluation.requirement()), sentence, language);
    }

    private static Step of(Evaluation evaluation, String asks, Sentence sentence, Language language) {
        var parts = IntStream.range(0, evaluation.parts().size())
                .mapToObj(i ->
                        of(evaluation.parts().get(i), sentence.asks(evaluation.requirement(), i), sentence, language))
                .toList();
        return new Step(language.prose(asks), language.words(sentence.found(evaluation)), State.of(evaluation), parts);
    }
}
