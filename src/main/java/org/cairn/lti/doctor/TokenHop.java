package org.cairn.lti.doctor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.cairn.Problem;
import org.cairn.lti.Platform;
import org.cairn.lti.service.Tokens;

/** Whether the LMS gives Cairn tokens, and what for: each right is asked for alone, as Cairn does at work. */
final class TokenHop {

    static final String AGS = "https://purl.imsglobal.org/spec/lti-ags/scope/";
    static final Set<String> COLUMNS = Set.of(AGS + "lineitem");
    static final Set<String> ROSTER =
            Set.of("https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly");

    /** A right, what it is asked by, and what goes without it. */
    private record Right(Check check, Set<String> scopes, String without) {}

    private static final String NO_JSON = "What it answered is no token answer but a page or something else.";

    /** The codes of RFC 6749 §5.2 and their kin: another word of an LMS's could be anything. */
    private static final Set<String> CODES = Set.of(
            "invalid_request",
            "invalid_client",
            "invalid_grant",
            "unauthorized_client",
            "unsupported_grant_type",
            "invalid_scope",
            "access_denied",
            "server_error",
            "temporarily_unavailable");

    private static final List<Right> RIGHTS = List.of(
            new Right(
                    Check.MAY_READ_ROSTER,
                    ROSTER,
                    "Cairn does not see who is in a course: allow the tool Names and Role Provisioning in the LMS, or go on without."),
            new Right(
                    Check.MAY_MAKE_COLUMNS,
                    COLUMNS,
                    "Cairn makes no gradebook columns of its own: allow the tool to use the grade service for columns in the LMS, or send grades to Cairn."),
            new Right(
                    Check.MAY_READ_GRADES,
                    Set.of(AGS + "result.readonly"),
                    "Cairn reads no grades: allow the tool the grade service in the LMS, or send grades to Cairn."),
            new Right(
                    Check.MAY_WRITE_SCORES,
                    Set.of(AGS + "score"),
                    "The gradebook does not learn of awards: allow the tool to write scores in the LMS, if columns for credentials are wanted."));

    private final Tokens tokens;
    private final Platform platform;
    private final Skews skews;

    TokenHop(Tokens tokens, Platform platform, Skews skews) {
        this.tokens = tokens;
        this.platform = platform;
        this.skews = skews;
    }

    /** Tells each finding when it is known. */
    void ask(Consumer<Finding> told) {
        var replies = new LinkedHashMap<Right, Tokens.Reply>();
        try {
            for (var right : RIGHTS) {
                var reply = tokens.ask(platform, right.scopes());
                skews.add(reply.date());
                replies.put(right, reply);
                if (isHopeless(reply)) {
                    break;
                }
            }
        } catch (Problem problem) {
            if (replies.isEmpty()) {
                told.accept(Finding.failed(Check.TOKEN, "The LMS gave no token. " + problem.sentence(), unreachable()));
                RIGHTS.forEach(right -> told.accept(untried(right)));
                return;
            }
        }
        told.accept(token(replies));
        boolean isGiven = replies.values().stream().anyMatch(Tokens.Reply::isToken);
        RIGHTS.forEach(right ->
                told.accept(isGiven && replies.containsKey(right) ? right(right, replies.get(right)) : untried(right)));
    }

    /** What is wrong with the client or the address does not get better by asking for another right. */
    private static boolean isHopeless(Tokens.Reply reply) {
        return !reply.isToken()
                && !reply.error().equals("invalid_scope")
                && !reply.error().equals("access_denied");
    }

    private Finding token(Map<Right, Tokens.Reply> replies) {
        if (replies.values().stream().anyMatch(Tokens.Reply::isToken)) {
            return Finding.ok(Check.TOKEN, "The LMS believes Cairn's signature and gave it a token.");
        }
        var last = List.copyOf(replies.values()).getLast();
        var seen = "The LMS gave no token (%s).".formatted(status(last));
        return Finding.failed(Check.TOKEN, last.isJson() ? seen : seen + " " + NO_JSON, advice(last));
    }

    private static String status(Tokens.Reply reply) {
        return CODES.contains(reply.error())
                ? "status %d, %s".formatted(reply.status(), reply.error())
                : "status %d".formatted(reply.status());
    }

    private String advice(Tokens.Reply reply) {
        if (!reply.isJson()) {
            return "Compare the token address of this connection with the access token URL that the LMS shows.";
        }
        return switch (reply.error()) {
            case "invalid_client", "unauthorized_client" ->
                "The LMS does not know this client id, cannot fetch Cairn's keys, finds another audience than it wants, or its clock differs: compare all four with the tool's page in the LMS.";
            case "invalid_scope", "access_denied" ->
                "The client is known, and none of the services is allowed: switch on grades and names for the tool in the LMS.";
            case "invalid_grant", "invalid_request" ->
                "The LMS could not use Cairn's signed request: compare the token audience of this connection with what the LMS wants, and the clocks.";
            default ->
                "Look into the LMS's log at this minute; compare client id, token address and Cairn's key address there.";
        };
    }

    private String unreachable() {
        return "See that Cairn's machine can reach %s: its name, the firewall and its certificate."
                .formatted(Words.host(platform.tokenEndpoint()));
    }

    private static Finding right(Right right, Tokens.Reply reply) {
        if (reply.granted().containsAll(right.scopes())) {
            return Finding.ok(right.check(), "The LMS grants it.");
        }
        return reply.isToken()
                ? Finding.attention(
                        right.check(), "The LMS gave a token, and left this right out of it.", right.without())
                : Finding.attention(
                        right.check(), "The LMS refuses it (%s).".formatted(status(reply)), right.without());
    }

    private static Finding untried(Right right) {
        return Finding.notPossible(right.check(), "Without a token it cannot be tried.", "Put the token right first.");
    }
}
