package org.cairn.lti.service;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.cairn.ExactJson;
import org.cairn.Problem;
import org.cairn.lti.Platform;
import org.cairn.outbound.Answer;
import org.cairn.outbound.Call;
import org.cairn.outbound.Outbound;

/** Calls to an LMS's services under a token, page by page. What AGS and NRPS have in common. */
public final class Services {

    static final int MOST_PAGES = 100;

    /** Of all pages together: a hundred thousand people of a few hundred bytes each. */
    private static final long MOST_BYTES = 64L * 1024 * 1024;

    /** For all pages together: whoever gives a page just in time, and always another one, would keep others' LMSs waiting for hours. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    // RFC 8288, and Moodle's way of it: curly quotes around the relation, and &amp; for & in the address.
    private static final Pattern LINK = Pattern.compile("<([^<>]+)>([^<]*)");
    private static final Pattern RELATION = Pattern.compile("(?i);\\s*rel\\s*=\\s*[\"“”']?([^\"“”';,]*)");

    private static final JsonMapper JSON = ExactJson.mapper(new JsonFactory()).build();

    /** Where a next page is whose address cannot be read: at no LMS, so that nobody takes what was read for all there is. */
    private static final URI NOWHERE = URI.create("about:blank");

    private final Outbound outbound;
    private final Tokens tokens;
    private final Clock clock;

    public Services(Outbound outbound, Tokens tokens, Clock clock) {
        this.outbound = outbound;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** The answer to a call, asked again once under a new token where the LMS no longer takes the one we had. */
    public Answer send(Platform platform, Set<String> scopes, Call call) {
        if (!platform.isItsOwn(call.uri())) {
            throw upstream("An address of your LMS lies outside its registered hosts, so Cairn does not call it.", "");
        }
        var answer = outbound.send(call.under(tokens.get(platform, scopes)));
        if (answer.status() == 401) {
            tokens.forget(platform, scopes);
            answer = outbound.send(call.under(tokens.get(platform, scopes)));
        }
        return answer;
    }

    /** The JSON of a successful answer; its place in {@code what} is named where there is none. */
    JsonNode json(Platform platform, Set<String> scopes, Call call, String what) {
        return json(send(platform, scopes, call), what);
    }

    static JsonNode json(Answer answer, String what) {
        if (!answer.isSuccess()) {
            throw upstream("Your LMS did not give Cairn %s (status %d).".formatted(what, answer.status()), "");
        }
        try {
            var json = JSON.readTree(answer.body());
            if (json != null && json.isContainerNode()) {
                return json;
            }
        } catch (IOException e) {
            // Falls through: not JSON, whatever it says it is.
        }
        throw upstream("Your LMS gave Cairn %s in a form that it cannot read.".formatted(what), "");
    }

    /** Reads all pages, up to a hundred of them. */
    boolean pages(
            Platform platform, Set<String> scopes, URI first, String accept, String what, Consumer<JsonNode> page) {
        return pages(platform, scopes, first, accept, what, MOST_PAGES, page);
    }

    /**
     * Reads all pages, and says whether they were all: false where there are more than {@code most} or they are longer than 64 MB or take
     * longer than a quarter of an hour, where the next one repeats or lies on another host, or cannot be read. The first page has to be readable.
     */
    boolean pages(
            Platform platform,
            Set<String> scopes,
            URI first,
            String accept,
            String what,
            int most,
            Consumer<JsonNode> page) {
        var seen = new HashSet<URI>();
        long bytes = 0;
        var end = clock.instant().plus(PATIENCE);
        var next = Optional.of(first);
        while (next.isPresent()) {
            var address = next.get();
            boolean isTooMuch =
                    seen.size() >= most || bytes > MOST_BYTES || clock.instant().isAfter(end);
            if (isTooMuch || !seen.add(address) || !platform.isItsOwn(address)) {
                return false;
            }
            try {
                var answer = send(platform, scopes, Call.get(address, accept).large());
                bytes += answer.body().length;
                page.accept(json(answer, what));
                next = next(answer, address);
            } catch (Problem problem) {
                if (seen.size() == 1) {
                    throw problem;
                }
                return false;
            }
        }
        return true;
    }

    /** The address with a parameter more, unless it has one of that name. */
    static URI with(URI address, String name, String value) {
        var query = address.getRawQuery();
        if (query != null && ("&" + query).contains("&" + name + "=")) {
            return address;
        }
        return URI.create(
                address + (query == null ? "?" : "&") + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
    }

    /** The address of the next page, by http or https, or {@code about:blank} where it cannot be read; empty where none is named. */
    static Optional<URI> next(Answer answer, URI base) {
        for (var header : answer.headers("link")) {
            // Java reads header bytes as Latin-1, and curly quotes are UTF-8.
            var text = new String(header.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            for (var one : new String[] {header, text}) {
                var link = LINK.matcher(one);
                while (link.find()) {
                    if (isNext(link.group(2))) {
                        return Optional.of(resolved(base, link.group(1).replace("&amp;", "&")));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isNext(String parameters) {
        var relation = RELATION.matcher(parameters);
        return relation.find()
                && Arrays.stream(relation.group(1).strip().split("\\s+")).anyMatch("next"::equalsIgnoreCase);
    }

    private static URI resolved(URI base, String address) {
        try {
            // RFC 3986 §5.2.2: a query alone keeps the whole path, and java.net.URI drops its last segment.
            var resolved = address.startsWith("?")
                    ? URI.create(base.toString().split("[?#]", 2)[0] + address)
                    : base.resolve(address);
            boolean isWeb = resolved.getHost() != null
                    && ("https".equalsIgnoreCase(resolved.getScheme())
                            || "http".equalsIgnoreCase(resolved.getScheme()));
            return isWeb ? resolved : NOWHERE;
        } catch (IllegalArgumentException e) {
            return NOWHERE;
        }
    }

    static Problem upstream(String sentence, String detail) {
        return new Problem(Problem.Kind.UPSTREAM, "lms_failed", sentence, detail);
    }
}
