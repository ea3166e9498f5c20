package org.cairn.lti;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TogetherTest {

    private final Together<String, String> together = new Together<>();
    private final CountDownLatch answered = new CountDownLatch(1);

    @Test
    void who_comes_while_another_is_asking_has_that_answer_and_does_not_ask() throws Exception {
        var first = start("key", () -> whenAnswered("first"));
        var second = start("key", () -> "second");
        answered.countDown();
        assertThat(List.of(first.get(), second.get())).containsExactly("first", "first");
    }

    @Test
    void who_comes_while_another_is_asking_for_something_else_does_not_wait() throws Exception {
        var first = start("key", () -> whenAnswered("first"));
        assertThat(together.get("other", () -> "second")).isEqualTo("second");
        answered.countDown();
        assertThat(first.get()).isEqualTo("first");
    }

    @Test
    void who_waited_is_told_the_failure_of_who_asked() throws Exception {
        for (var failure : List.of(new IllegalStateException(), new AssertionError())) {
            var other = new TogetherTest();
            var first = other.start("key", () -> {
                other.whenAnswered("");
                return fail(failure);
            });
            var second = other.start("key", () -> "second");
            other.answered.countDown();
            assertThatThrownBy(first::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCause(failure);
            assertThatThrownBy(second::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCause(failure);
        }
    }

    @Test
    void nothing_is_kept_afterwards_of_an_answer_or_of_a_failure() {
        assertThat(together.get("key", () -> "first")).isEqualTo("first");
        assertThat(together.get("key", () -> "second")).isEqualTo("second");
        assertThatThrownBy(() -> together.get("key", () -> fail(new IllegalStateException())))
                .isInstanceOf(IllegalStateException.class);
        assertThat(together.get("key", () -> "third")).isEqualTo("third");
    }

    /** A thread of its own that asks, when it waits or has ended. */
    private FutureTask<String> start(String key, Supplier<String> ask) throws InterruptedException {
        var task = new FutureTask<>(() -> together.get(key, ask));
        var thread = Thread.ofPlatform().daemon().start(task);
        while (thread.getState() != Thread.State.WAITING && thread.isAlive()) {
            Thread.sleep(1);
        }
        return task;
    }

    private String whenAnswered(String answer) {
        try {
            answered.await();
            return answer;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String fail(Throwable failure) {
        switch (failure) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalArgumentException(failure);
        }
    }
}
