package org.cairn.db;

import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Gatherers;

/** Asks about many or writes of them, some at a time: of 40,000 parameters a database makes no good plan, and of more none at all. */
public final class Chunks {

    private static final int SIZE = 1000;

    private Chunks() {}

    /** What was found of all of them, in their order. */
    public static <T, R> List<R> list(Collection<T> all, Function<List<T>, List<R>> find) {
        return all.stream()
                .gather(Gatherers.windowFixed(SIZE))
                .flatMap(some -> find.apply(some).stream())
                .toList();
    }

    public static <T> void each(Collection<T> all, Consumer<List<T>> write) {
        all.stream().gather(Gatherers.windowFixed(SIZE)).forEach(write);
    }
}
