package org.cairn.sandbox;

import io.javalin.http.Context;

/**
 * A call of a service by a tool, and how it was answered: for those who want to see what a tool sends.
 *
 * @param isBearer whether it came under a bearer token, good or bad
 */
public record Heard(String method, String path, String accept, String contentType, boolean isBearer, int status) {

    static Heard of(Context context) {
        return new Heard(
                context.method().name(),
                context.path(),
                String.valueOf(context.header("Accept")),
                String.valueOf(context.contentType()).replaceFirst(";.*", "").strip(),
                String.valueOf(context.header("Authorization")).startsWith("Bearer "),
                context.statusCode());
    }
}
