package org.cairn.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.cairn.Problem;
import org.jspecify.annotations.Nullable;

/** How programs that get tokens ask and are answered (RFC 6749, RFC 6750). */
final class OAuth {

    private OAuth() {}

    interface Step {
        void take() throws IOException;
    }

    /** Errors as RFC 6749 §5.2 has them, whose code is the problem's. */
    static void answered(Context context, Step step) {
        try {
            step.take();
        } catch (Problem problem) {
            Problems.log(context, problem);
            if (problem.kind() == Problem.Kind.BUSY) {
                context.header("Retry-After", "3600");
            }
            var json = JsonNodeFactory.instance.objectNode();
            json.put("error", problem.code()).put("error_description", problem.sentence());
            answer(context, problem.kind().status(), json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void answer(Context context, int status, ObjectNode json) {
        context.status(status).header("Cache-Control", "no-store");
        context.contentType("application/json").result(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    static String parameter(Context context, String name) {
        var values = context.formParams(name);
        if (values.size() != 1 || values.getFirst().isEmpty()) {
            throw refused("invalid_request", "Send %s, once.".formatted(name));
        }
        return values.getFirst();
    }

    /** The token that a request brings in its header; null where it brings none. */
    static @Nullable String bearer(Context context) {
        var header = String.valueOf(context.header("Authorization"));
        return header.regionMatches(true, 0, "Bearer ", 0, 7)
                ? header.substring(7).strip()
                : null;
    }

    static Problem refused(String error, String sentence) {
        return new Problem(Problem.Kind.MALFORMED, error, sentence);
    }

    /** For programs that are web pages, too: nothing here goes by cookies. */
    static Handler open(Handler handler) {
        return context -> {
            context.header("Access-Control-Allow-Origin", "*");
            context.header("Access-Control-Expose-Headers", "Link, X-Total-Count, WWW-Authenticate, Retry-After");
            handler.handle(context);
        };
    }

    static void preflight(Context context) {
        context.header("Access-Control-Allow-Origin", "*");
        context.header("Access-Control-Allow-Methods", "GET, POST");
        context.header("Access-Control-Allow-Headers", "Authorization, Content-Type");
        context.status(204);
    }
}
