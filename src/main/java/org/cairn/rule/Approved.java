package org.cairn.rule;

import java.util.List;
import java.util.Set;

/**
 * People looked at what the learner handed in and approved it.
 *
 * @param evidence what is handed in ("portfolio")
 * @param rubric what each of them has to find; up to 20 lines of up to 500 characters
 * @param reviewers how many different people, 1 to 10
 * @param independent whether only those count who do not teach the learner
 */
public record Approved(Slot evidence, List<String> rubric, int reviewers, boolean independent, Window window)
        implements Requirement {

    public Approved {
        rubric = List.copyOf(rubric);
        if (rubric.size() > 20 || rubric.stream().anyMatch(line -> line.isBlank() || line.length() > 500)) {
            throw new IllegalArgumentException("A rubric has up to 20 lines of 1 to 500 characters.");
        }
        if (reviewers < 1 || reviewers > 10) {
            throw new IllegalArgumentException("Reviewers are a number from 1 to 10.");
        }
    }

    @Override
    public Set<Slot> handIns() {
        return Set.of(evidence);
    }
}
