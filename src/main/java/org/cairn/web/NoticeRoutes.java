package org.cairn.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.cairn.PlatformId;
import org.cairn.Problem;
import org.cairn.lti.Notices;

/** What LMSs tell Cairn without anybody launching. */
final class NoticeRoutes {

    private static final int LARGEST = 1024 * 1024;

    private final Notices notices;

    NoticeRoutes(Notices notices) {
        this.notices = notices;
    }

    /**
     * Answers 200 where nothing was refused, or only some: good notices are kept whatever the others are. Where all were refused, the
     * first one's status; and 502 where an LMS's keys could not be had, so that it sends them again.
     */
    void receive(Context context) throws IOException {
        var outcomes = notices.take(platform(context), Body.read(context, LARGEST, NoticeRoutes::tooLarge));
        var json = JsonNodeFactory.instance.objectNode();
        var list = json.putArray("outcomes");
        for (var outcome : outcomes) {
            var one = list.addObject().put("outcome", outcome.word().name().toLowerCase(Locale.ROOT));
            if (outcome.problem() != null) {
                one.put("code", outcome.problem().code())
                        .put("detail", outcome.problem().sentence());
            }
        }
        json.put("correlationId", Problems.id(context));
        context.status(status(outcomes))
                .contentType("application/json")
                .result(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static int status(List<Notices.Outcome> outcomes) {
        int refused = 0;
        int status = 200;
        for (var outcome : outcomes) {
            if (outcome.problem() != null) {
                if (outcome.problem().kind() == Problem.Kind.UPSTREAM) {
                    return Problem.Kind.UPSTREAM.status();
                }
                status = refused++ == 0 ? outcome.problem().kind().status() : status;
            }
        }
        return refused == outcomes.size() ? status : 200;
    }

    private static PlatformId platform(Context context) {
        try {
            return PlatformId.of(context.pathParam("registration"));
        } catch (IllegalArgumentException e) {
            throw new Problem(
                    Problem.Kind.NOT_FOUND,
                    "registration_unknown",
                    "This address for notices belongs to no connection; subscribe with the one that Cairn gave.");
        }
    }

    private static Problem tooLarge() {
        return new Problem(
                Problem.Kind.TOO_LARGE, "notices_too_large", "Send at most 1 MB of notices at once; nothing was kept.");
    }
}
