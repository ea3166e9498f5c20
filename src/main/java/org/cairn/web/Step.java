package org.cairn.web;

import gg.jte.Content;
import java.util.List;
import org.cairn.rule.Evaluation;
import org.cairn.rule.Sentence;

/** One requirement as it is shown: what it asks for, what was found, and its parts. */
public record Step(Content asks, String found, State state, List<Step> parts) {

    static Step of(Evaluation evaluation, Sentence sentence) {
        return new Step(
                Markdown.of(sentence.asks(evaluation.requirement())),
                sentence.found(evaluation),
                State.of(evaluation),
                evaluation.parts().stream().map(part -> of(part, sentence)).toList());
    }
}
