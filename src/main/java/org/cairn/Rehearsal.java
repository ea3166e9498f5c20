package org.cairn;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The 1EdTech certification of tools (LTI Advantage Conformance Certification Guide 1.3, §6), played by the sandbox over HTTP against a
 * throw-away Cairn of this same build, with more bad launches than the suite sends. It shows that this Cairn behaves; a certificate is
 * only given by 1EdTech's own suite.
 */
public final class Rehearsal {

    /**
     * One case of the guide.
     *
     * @param id its number in the guide, or a name of our own
     * @param section what it belongs to
     */
    record Case(String id, String section, String name, Play play) {}

    /** What a case does. */
    @FunctionalInterface
    interface Play {

        /** Returns what was seen where all went well. Throws Unlike where it did not. */
        String on(RehearsalStage stage) throws Exception;
    }

    /** Something else was seen than the guide wants. */
    static final class Unlike extends RuntimeException {
        Unlike(String seen) {
            super(seen);
        }
    }

    /** How a case went, and what was seen. */
    public record Result(String id, String section, String name, boolean isPassed, String seen) {}

    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);

    private Rehearsal() {}

    /** How many cases there are. */
    public static int size() {
        return RehearsalCases.all().size();
    }

    /**
     * Plays all cases in their order, and tells each result when it is known. {@code databaseUrl} is an empty PostgreSQL; null for a
     * database in memory.
     */
    public static List<Result> play(@Nullable String databaseUrl, Consumer<Result> told) {
        try (var stage = RehearsalStage.open(databaseUrl)) {
            return RehearsalCases.all().stream()
                    .map(one -> play(one, stage))
                    .peek(told)
                    .toList();
        }
    }

    private static Result play(Case one, RehearsalStage stage) {
        try {
            return new Result(
                    one.id(), one.section(), one.name(), true, one.play().on(stage));
        } catch (Unlike unlike) {
            return new Result(one.id(), one.section(), one.name(), false, String.valueOf(unlike.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result(one.id(), one.section(), one.name(), false, "The rehearsal was interrupted.");
        } catch (Exception e) {
            LOG.warn("rehearsal case {} broke off", one.id(), e);
            return new Result(
                    one.id(),
                    one.section(),
                    one.name(),
                    false,
                    "It broke off: " + e.getClass().getSimpleName() + ".");
        } finally {
            stage.calm();
        }
    }
}
