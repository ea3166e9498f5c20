package org.cairn.lti.service;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.cairn.keys.Keys;
import org.cairn.lti.Platform;
import org.cairn.lti.Roles;
import org.cairn.outbound.Outbound;
import org.cairn.people.Person;
import org.cairn.people.Role;
import org.jspecify.annotations.Nullable;

/**
 * Who is in a course (Names and Role Provisioning Services 2.0). Safe for many threads; calls out, so never to be used within a
 * transaction.
 */
public final class Roster {

    /** Somebody in a course who is active there; {@code groups} are the ids of hers, as far as they were asked for. */
    public record Member(Person person, Role role, Set<String> groups) {

        public Member {
            groups = Set.copyOf(groups);
        }
    }

    /** Each person once. {@code isWhole} is false where anybody may be missing: then nothing may be concluded from who is not listed. */
    public record Members(List<Member> members, boolean isWhole) {

        public Members {
            members = List.copyOf(members);
        }
    }

    private static final String MEDIA = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json";
    private static final String WHAT = "the names of this course";
    private static final Set<String> SCOPE =
            Set.of("https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly");

    /** Members of one page: few enough that a page is far from the 1 MB that is read of an answer. Canvas gives 50 at most. */
    private static final String LIMIT = "250";

    /** Canvas' 50 a page are 100,000 people; more than that are not read. */
    private static final int MOST_PAGES = 2000;

    private static final int MOST_MEMBERS = 100_000;
    private static final Set<String> GONE = Set.of("inactive", "deleted");

    private final Services services;

    public Roster(Outbound outbound, Keys keys, Clock clock) {
        this.services = new Services(outbound, new Tokens(outbound, keys, clock), clock);
    }

    /** Reads the whole roster, page by page, with the groups of each where they are wanted. Throws Problem UPSTREAM where the LMS fails. */
    public Members read(Platform platform, URI memberships, boolean withGroups) {
        // Course Groups 1.0 adds this parameter to the roster.
        return whole(platform, withGroups ? Services.with(memberships, "groups", "true") : memberships);
    }

    /** The same of those who may open one resource link ({@code rlid}, §2.4.2.2): less than the course, wherever it is restricted. */
    public Members read(Platform platform, URI memberships, String resourceLinkId) {
        return whole(platform, Services.with(memberships, "rlid", resourceLinkId));
    }

    private Members whole(Platform platform, URI address) {
        var reading = new Reading();
        boolean isWhole = services.pages(
                platform, SCOPE, Services.with(address, "limit", LIMIT), MEDIA, WHAT, MOST_PAGES, reading::page);
        var members = reading.members(platform);
        // Whoever launched is in the course: a roster of nobody is none.
        return new Members(members, isWhole && reading.isReadable && !members.isEmpty());
    }

    /** What one page says. */
    static List<Member> members(JsonNode page, Platform platform) {
        var reading = new Reading();
        reading.page(page);
        return reading.members(platform);
    }

    /** What the pages say, by person: some are listed several times, once for each section. */
    private static final class Reading {

        private final Map<String, List<JsonNode>> active = new LinkedHashMap<>();
        private boolean isReadable = true;

        void page(JsonNode page) {
            if (!page.path("members").isArray()) {
                throw Services.upstream("Your LMS gave Cairn %s in a form that it cannot read.".formatted(WHAT), "");
            }
            page.path("members").forEach(this::member);
            if (active.size() > MOST_MEMBERS) {
                throw Services.upstream("This course has more than 100,000 members, and Cairn reads no more.", "");
            }
        }

        private void member(JsonNode json) {
            var sub = json.path("user_id").asText("");
            if (!Person.isSub(sub)) {
                // Whoever that is may be somebody we know.
                isReadable = false;
            } else if (!GONE.contains(json.path("status").asText("").toLowerCase(Locale.ROOT))) {
                active.computeIfAbsent(sub, id -> new ArrayList<>(1)).add(json);
            }
        }

        List<Member> members(Platform platform) {
            return active.entrySet().stream()
                    .map(one -> Reading.member(one.getKey(), one.getValue(), platform))
                    .toList();
        }

        private static Member member(String sub, List<JsonNode> listed, Platform platform) {
            var roles = new ArrayList<String>();
            var groups = new TreeSet<String>();
            String name = null;
            for (var json : listed) {
                json.path("roles").forEach(role -> roles.add(role.asText()));
                json.path("group_enrollments")
                        .forEach(group -> groups.add(group.path("group_id").asText("")));
                name = name == null ? name(json, platform) : name;
            }
            return new Member(new Person(sub, name, Roles.isTestUser(roles)), Roles.of(roles), groups);
        }
    }

    private static @Nullable String name(JsonNode json, Platform platform) {
        var name = json.path("name").asText("");
        if (name.isBlank()) {
            name = (json.path("given_name").asText("") + " "
                            + json.path("family_name").asText(""))
                    .strip();
        }
        if (name.isBlank()) {
            return null;
        }
        // Moodle escapes names for HTML here, and in id_tokens it does not.
        return platform.product().equals("moodle") ? unescaped(name) : name;
    }

    private static String unescaped(String text) {
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#039;", "'")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }
}
