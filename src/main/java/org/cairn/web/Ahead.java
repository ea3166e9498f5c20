package org.cairn.web;

import gg.jte.Content;
import java.time.ZoneId;
import java.util.List;
import org.cairn.rule.Evaluation;
import org.cairn.rule.Sentence;
import org.cairn.rule.Way;
import org.jspecify.annotations.Nullable;

/** What is still to do for something, on its cheapest way. */
public record Ahead(Content heading, List<Todo> todos) {

    /**
     * @param limits before when, and how many attempts are left; null where nothing limits it
     * @param isHers whether it is the learner who has to act, and not somebody else
     */
    public record Todo(Content what, @Nullable Content limits, boolean isHers) {}

    /** Null where nothing is to do, or no way is left. */
    static @Nullable Ahead of(Evaluation evaluation, Sentence sentence, Language language, ZoneId zone) {
        return Way.of(evaluation, zone)
                .filter(way -> !way.steps().isEmpty())
                .map(way -> new Ahead(
                        language.prose(sentence.heading(way)),
                        sentence.next(way).stream()
                                .map(next -> todo(next, language))
                                .toList()))
                .orElse(null);
    }

    private static Todo todo(Sentence.Next next, Language language) {
        return new Todo(
                language.prose(next.what()),
                next.limits().isEmpty() ? null : language.words(next.limits()),
                next.step().who() == Way.Who.LEARNER);
    }
}
