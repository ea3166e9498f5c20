package org.cairn.web;

import gg.jte.Content;
import java.util.List;
import java.util.stream.IntStream;
import org.cairn.rule.Evaluation;
import org.cairn.rule.Sentence;

/** One requirement as it is shown: what it asks for, what was found, and its parts. */
public record Step(Content asks, String found, State state, List<Step> parts) {

    static Step of(Evaluation evaluation, Sentence sentence) {
        return of(evaluation, sentence.asks(evaluation.requirement()), sentence);
    }

    private static Step of(Evaluation evaluation, String asks, Sentence sentence) {
        var parts = IntStream.range(0, evaluation.parts().size())
                .mapToObj(i -> of(evaluation.parts().get(i), sentence.asks(evaluation.requirement(), i), sentence))
                .toList();
        return new Step(Markdown.of(asks), sentence.found(evaluation), State.of(evaluation), parts);
    }
}
