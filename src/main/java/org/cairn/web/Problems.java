package org.cairn.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.cairn.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What went wrong, as an answer: a page for people, problem+json (RFC 9457) for programs, one log line without personal data for us. */
public final class Problems {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final String ID = "correlation";

    /** {@code id} is for the person to pass on, and for us to find the log line; {@code isAdmin} where an operator sees it, who goes back. */
    public record View(int status, String title, String sentence, String id, boolean isAdmin) {}

    private Problems() {}

    static void register(RoutesConfig routes) {
        routes.before(context -> {
            var id = UUID.randomUUID().toString().substring(0, 13);
            context.attribute(ID, id);
            context.header("X-Correlation-Id", id);
        });
        routes.exception(Problem.class, (problem, context) -> {
            log(context, problem);
            answer(context, status(problem), problem.code(), problem.sentence());
        });
        routes.exception(HttpResponseException.class, (e, context) -> {
            LOG.info("{} http {} {}", e.getStatus(), where(context), id(context));
            answer(context, e.getStatus(), "http_" + e.getStatus(), sentence(e.getStatus()));
        });
        routes.exception(Exception.class, (e, context) -> {
            LOG.error("500 unexpected {} {}", where(context), id(context), e);
            answer(context, 500, "unexpected", sentence(500));
        });
    }

    /** For a problem that is answered in a way of its own. */
    static void log(Context context, Problem problem) {
        LOG.info(
                "{} {} {} {} {}", status(problem), problem.code(), where(context), id(context), line(problem.detail()));
    }

    static String id(Context context) {
        return String.valueOf(context.<String>attribute(ID));
    }

    private static void answer(Context context, int status, String code, String sentence) {
        context.status(status);
        if (context.path().startsWith(StatusInfo.PATH)) {
            OAuth.answer(context, status, StatusInfo.of(status, code, sentence));
        } else if (!String.valueOf(context.header("Accept")).contains("text/html")) {
            var json = JsonNodeFactory.instance.objectNode();
            json.put("type", "about:blank").put("title", title(status)).put("status", status);
            json.put("code", code).put("detail", sentence).put("correlationId", id(context));
            // As bytes: the servlet container writes text of a media type that it does not know as Latin-1.
            context.contentType("application/problem+json")
                    .result(json.toString().getBytes(StandardCharsets.UTF_8));
        } else {
            page(context, new View(status, title(status), sentence, id(context), isAdmin(context.path())));
        }
    }

    private static void page(Context context, View view) {
        if (view.isAdmin()) {
            Pages.own(context, "problem", view);
        } else {
            Pages.anywhere(context, "problem", view);
        }
    }

    private static boolean isAdmin(String path) {
        return path.equals("/admin") || path.startsWith("/admin/");
    }

    // The pattern of the route: the path itself may name people.
    private static String where(Context context) {
        var endpoint = context.endpoint();
        return context.method() + " " + (endpoint == null ? "?" : endpoint.path);
    }

    private static String line(String text) {
        return text.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", " ");
    }

    private static int status(Problem problem) {
        return problem.kind().status();
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "That request could not be read";
            case 401 -> "You are not signed in";
            case 403 -> "That is not allowed here";
            case 404 -> "There is nothing here";
            case 405 -> "That cannot be done here";
            case 409 -> "That no longer fits";
            case 410 -> "That is over";
            case 413 -> "That is too much at once";
            case 415 -> "That kind of content is not read here";
            case 422 -> "That does not work";
            case 429 -> "One moment, please";
            case 502 -> "Another system did not answer";
            default -> "Something went wrong on our side";
        };
    }

    private static String sentence(int status) {
        return switch (status) {
            case 404 -> "This address leads nowhere; check it, or open Cairn from your course.";
            case 405 -> "This address does not take that kind of request.";
            case 413 -> "What was sent is larger than Cairn takes; send less at once.";
            case 500 -> "Nothing was changed. Try again; if it happens again, pass on the number below.";
            default -> "The request could not be answered; check it and try again.";
        };
    }
}
