package org.cairn.lti.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.cairn.Problem;
import org.cairn.lti.Course;
import org.cairn.lti.Platform;
import org.cairn.lti.service.Roster;
import org.cairn.lti.service.Services;
import org.cairn.outbound.Answer;
import org.cairn.outbound.Call;
import org.jspecify.annotations.Nullable;

/** What Cairn reads in the course that was launched last: its gradebook columns and its roster. */
final class CourseHop {

    private static final String LINE_ITEMS = "application/vnd.ims.lis.v2.lineitemcontainer+json";
    private static final String MEMBERS = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json";
    private static final Pattern ESCAPED = Pattern.compile("&(amp|lt|gt|quot|apos|#0?39);");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Services services;
    private final Roster roster;
    private final Platform platform;
    private final Optional<Course> course;
    private final Skews skews;

    CourseHop(Services services, Roster roster, History history, Skews skews) {
        this.services = services;
        this.roster = roster;
        this.platform = history.platform();
        this.course = history.course();
        this.skews = skews;
    }

    Finding columns(boolean isAllowed) {
        var address = course.map(Course::lineItems).orElse(null);
        return address == null || !isAllowed
                ? untried(Check.COLUMNS, address, "gradebook", "the grade service")
                : look(Check.COLUMNS, () -> columns(address));
    }

    /** Tells of the roster, and of the names on it. */
    void roster(boolean isAllowed, Consumer<Finding> told) {
        var address = course.map(Course::memberships).orElse(null);
        told.accept(noNames());
        told.accept(
                address == null || !isAllowed
                        ? untried(Check.ROSTER, address, "roster", "names and roles")
                        : look(Check.ROSTER, () -> roster(address, told)));
    }

    private Finding columns(URI address) {
        var answer = send(TokenHop.COLUMNS, address, LINE_ITEMS);
        var columns = list(answer, "");
        int number = columns == null ? 0 : columns.size();
        return wrong(Check.COLUMNS, answer, columns, LINE_ITEMS)
                .orElseGet(() -> Finding.ok(
                        Check.COLUMNS,
                        "The LMS shows Cairn %s in the course that was launched last."
                                .formatted(Words.count(number, "column"))));
    }

    private Finding roster(URI address, Consumer<Finding> told) {
        var answer = send(TokenHop.ROSTER, address, MEMBERS);
        return wrong(Check.ROSTER, answer, list(answer, "/members"), MEMBERS).orElseGet(() -> {
            var members = roster.read(platform, address, false);
            told.accept(names(members.members()));
            return whole(members);
        });
    }

    private static Finding noNames() {
        return Finding.notPossible(Check.NAMES, "Without a roster they cannot be seen.", "Put the roster right first.");
    }

    private static Finding whole(Roster.Members members) {
        var number = Words.count(members.members().size(), "active member");
        return members.isWhole()
                ? Finding.ok(Check.ROSTER, "The LMS gave the whole roster, %s.".formatted(number))
                : Finding.attention(
                        Check.ROSTER,
                        "The LMS gave only a part of the roster, %s; the rest of its pages could not be read."
                                .formatted(number),
                        "Cairn concludes nothing from who is missing. Look at the LMS's log for the pages that failed, and at its public address in their links.");
    }

    private static Finding names(List<Roster.Member> members) {
        long named = members.stream().filter(one -> one.person().name() != null).count();
        boolean isEscaped = members.stream()
                .map(one -> one.person().name())
                .anyMatch(name -> name != null && ESCAPED.matcher(name).find());
        if (isEscaped) {
            return Finding.attention(
                    Check.NAMES,
                    "Names come written for HTML, with &amp;amp; and the like in them, and Cairn shows them so.",
                    "If this LMS is a Moodle, say so in the connection (product: moodle), and Cairn undoes it.");
        }
        if (named == 0 && !members.isEmpty()) {
            return Finding.attention(
                    Check.NAMES,
                    "The LMS shares no names.",
                    "Cairn works so, by the LMS's ids; if teachers and certificates shall show names, share them in the tool's privacy settings.");
        }
        return Finding.ok(Check.NAMES, "%d of %s have a name.".formatted(named, Words.count(members.size(), "member")));
    }

    private Finding untried(Check check, @Nullable URI address, String what, String setting) {
        if (course.isEmpty()) {
            return Finding.notPossible(
                    check, "No course has launched Cairn yet.", "Open Cairn once from a course, best as a teacher.");
        }
        return address == null
                ? Finding.attention(
                        check,
                        "The course that was launched last offers Cairn no %s.".formatted(what),
                        "If it is wanted, switch on %s for the tool in the LMS, and launch again as a teacher."
                                .formatted(setting))
                : Finding.notPossible(
                        check, "Without a token for it, it cannot be tried.", "Put the token right first.");
    }

    private Answer send(Set<String> scopes, URI address, String accept) {
        var answer = services.send(platform, scopes, Call.get(address, accept));
        skews.add(answer.date().orElse(null));
        return answer;
    }

    private static Finding look(Check check, java.util.function.Supplier<Finding> work) {
        try {
            return work.get();
        } catch (Problem problem) {
            return Finding.failed(
                    check,
                    problem.sentence(),
                    "See that Cairn's machine can reach the LMS's services: their name, the firewall and the certificate.");
        }
    }

    private static Optional<Finding> wrong(Check check, Answer answer, @Nullable JsonNode list, String media) {
        if (!answer.isSuccess()) {
            return Optional.of(Finding.failed(
                    check, "The LMS did not give it (status %d).".formatted(answer.status()), advice(answer.status())));
        }
        var said = answer.headers("content-type").stream()
                .findFirst()
                .map(type -> type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT))
                .orElse("nothing");
        var type = said.replaceAll("[^a-z0-9./+-]", "");
        if (list == null) {
            return Optional.of(
                    Finding.failed(
                            check,
                            "The LMS answered with something that Cairn cannot read, and says that it is %s."
                                    .formatted(type.substring(0, Math.min(80, type.length()))),
                            "Something between Cairn and the LMS's services answers in their place, mostly a sign-in page or a firewall: let Cairn's calls through."));
        }
        return said.equals(media)
                ? Optional.empty()
                : Optional.of(Finding.attention(
                        check,
                        "The LMS answered well, and says that it is %s instead of %s."
                                .formatted(type.substring(0, Math.min(80, type.length())), media),
                        "Cairn reads it all the same; the LMS or a proxy before it changes the media type."));
    }

    private static String advice(int status) {
        return switch (status) {
            case 401, 403 ->
                "The token was given, and the service does not take it: look at the tool's services and at the course's own settings for it in the LMS.";
            case 404, 410 ->
                "The course or the service is gone from this address: launch Cairn from a course that is there, and examine again.";
            case 429 -> "The LMS wants fewer requests: wait a few minutes, and examine again.";
            default ->
                status >= 500
                        ? "The LMS had a fault of its own: look into its log at this minute."
                        : "The LMS did not understand what Cairn asks: look into its log at this minute.";
        };
    }

    /** The array at this place, or null where there is none. */
    private static @Nullable JsonNode list(Answer answer, String place) {
        try {
            var json = JSON.readTree(answer.body());
            var list = json == null ? null : json.at(place);
            return list != null && list.isArray() ? list : null;
        } catch (IOException e) {
            return null;
        }
    }
}
