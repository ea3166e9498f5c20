package org.cairn.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Sends native grades to the tool, as a grade-event plugin of an LMS would: in the background, in order, tried five times. */
final class Push implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TRIES = 5;
    private static final int BATCH = 500;

    private final Tool tool;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();
    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("sandbox-push").factory());
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile @Nullable String problem;

    Push(Tool tool) {
        this.tool = tool;
    }

    /** One person's grade. */
    record Grade(String sub, Course.Grade grade) {}

    /** Sends these grades of an activity, stamped with now. */
    void send(Course course, Activity activity, List<Grade> grades) {
        if (tool.grades() == null || tool.gradeKey() == null) {
            return;
        }
        var at = Instant.now();
        for (int from = 0; from < grades.size(); from += BATCH) {
            var batch = grades.subList(from, Math.min(from + BATCH, grades.size()));
            var body = JSON.createArrayNode();
            batch.forEach(grade -> body.addObject()
                    .put("userId", grade.sub())
                    .put("scoreGiven", grade.grade().score())
                    .put("scoreMaximum", activity.maximum())
                    .put("activityProgress", "Completed")
                    .put("gradingProgress", "FullyGraded")
                    .put("timestamp", at.toString())
                    .put("attempt", grade.grade().attempt()));
            waiting.incrementAndGet();
            worker.execute(() -> attempt(address(course, activity), body.toString(), 1));
        }
    }

    /** What went wrong last, as a sentence; null while all is well. */
    @Nullable
    String problem() {
        return problem;
    }

    /** How many messages are on their way. */
    int waiting() {
        return waiting.get();
    }

    private void attempt(URI address, String body, int tried) {
        var failure = post(address, body);
        if (failure == null) {
            problem = null;
            waiting.decrementAndGet();
        } else if (tried < TRIES) {
            worker.schedule(() -> attempt(address, body, tried + 1), 300L * tried, TimeUnit.MILLISECONDS);
        } else {
            problem = "Grades could not be sent to the tool: " + failure;
            waiting.decrementAndGet();
        }
    }

    private @Nullable String post(URI address, String body) {
        try {
            var answer = http.send(
                    HttpRequest.newBuilder(address)
                            .timeout(Duration.ofSeconds(20))
                            .header("Authorization", "Bearer " + tool.gradeKey())
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 202 ? null : "it answered with status " + answer.statusCode() + ".";
        } catch (IOException e) {
            return "it cannot be reached.";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "the sandbox is stopping.";
        }
    }

    private URI address(Course course, Activity activity) {
        return URI.create(tool.grades() + "/" + encoded(tool.deploymentId()) + "/" + encoded(course.id) + "/"
                + encoded(activity.id()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        worker.shutdownNow();
        http.close();
    }
}
