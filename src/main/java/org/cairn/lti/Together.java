package org.cairn.lti;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Several threads that want the same at the same moment: the first asks, and the others wait for how it ends, well or not. Nothing is
 * kept afterwards. Safe for many threads.
 */
public final class Together<K, V> {

    private final Map<K, CompletableFuture<V>> asking = new ConcurrentHashMap<>();

    /** What {@code ask} returns or throws, in this thread or in the one that was first. {@code ask} is not to come back here. */
    public V get(K what, Supplier<V> ask) {
        var ours = new CompletableFuture<V>();
        var first = asking.putIfAbsent(what, ours);
        if (first != null) {
            return outcome(first);
        }
        try {
            ours.complete(ask.get());
        } catch (RuntimeException | Error e) {
            ours.completeExceptionally(e);
        } finally {
            asking.remove(what, ours);
        }
        return outcome(ours);
    }

    private V outcome(CompletableFuture<V> asked) {
        try {
            return asked.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw e;
            }
        }
    }
}
