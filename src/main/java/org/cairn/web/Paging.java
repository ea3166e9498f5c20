package org.cairn.web;

import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import org.cairn.Problem;

/**
 * Which of a learner's credentials an app asks for (Open Badges 3.0 §6.2.2.1).
 *
 * @param since Instant.MIN where it asks for all
 */
record Paging(int limit, int offset, Instant since) {

    /** As many are in one answer. */
    static final int MOST = 50;

    /** Throws Problem MALFORMED where it does not say. */
    static Paging of(Context context) {
        int limit = number(context, "limit", MOST);
        if (limit == 0) {
            throw malformed("limit is a number from 1.");
        }
        return new Paging(Math.min(limit, MOST), number(context, "offset", 0), since(context));
    }

    /** Where the other pages are (RFC 8288); {@code total} is how many credentials there are. */
    String links(String address, int total) {
        var links = new ArrayList<String>();
        if (offset + (long) limit < total) {
            links.add(link(address, offset + limit, "next"));
        }
        links.add(link(address, total == 0 ? 0 : (total - 1) / limit * limit, "last"));
        links.add(link(address, 0, "first"));
        if (offset > 0) {
            links.add(link(address, Math.max(0, offset - limit), "prev"));
        }
        return String.join(", ", links);
    }

    private String link(String address, int from, String relation) {
        var after = since.equals(Instant.MIN)
                ? ""
                : "&since=" + URLEncoder.encode(since.toString(), StandardCharsets.UTF_8);
        return "<%s?limit=%s&offset=%s%s>; rel=\"%s\""
                .formatted(address, String.valueOf(limit), String.valueOf(from), after, relation);
    }

    private static int number(Context context, String name, int otherwise) {
        var text = context.queryParam(name);
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("[0-9]{1,9}") || context.queryParams(name).size() > 1) {
            throw malformed(name + " is a number.");
        }
        return Integer.parseInt(text);
    }

    private static Instant since(Context context) {
        var text = context.queryParam("since");
        try {
            // A plus that was not encoded arrives as a space.
            return text == null
                    ? Instant.MIN
                    : OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
        } catch (DateTimeException e) {
            throw malformed("since is an instant, such as 2026-11-26T09:00:00Z.");
        }
    }

    private static Problem malformed(String sentence) {
        return new Problem(Problem.Kind.MALFORMED, StatusInfo.QUERY, sentence);
    }
}
