package org.cairn.lti.service;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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

    /** Somebody in a course who is active there. */
    public record Member(Person person, Role role) {}

    /** {@code isWhole} is false where pages are missing: then nothing may be concluded from who is not listed. */
    public record Members(List<Member> members, boolean isWhole) {}

    private static final String MEDIA = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json";
    private static final Set<String> SCOPE =
            Set.of("https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly");

    private final Services services;

    public Roster(Outbound outbound, Keys keys, Clock clock) {
        this.services = new Services(outbound, new Tokens(outbound, keys, clock));
    }

    /** Reads the whole roster, page by page. Throws Problem UPSTREAM where the LMS does not play along. */
    public Members read(Platform platform, URI memberships) {
        var members = new ArrayList<Member>();
        boolean isWhole = services.pages(
                platform,
                SCOPE,
                memberships,
                MEDIA,
                "the names of this course",
                page -> page.path("members").forEach(member -> add(members, member, platform)));
        return new Members(members, isWhole);
    }

    static void add(List<Member> members, JsonNode json, Platform platform) {
        var sub = json.path("user_id").asText();
        if (!Person.isSub(sub) || !json.path("status").asText("Active").equals("Active")) {
            return;
        }
        var roles = new ArrayList<String>();
        json.path("roles").forEach(role -> roles.add(role.asText()));
        members.add(new Member(new Person(sub, name(json, platform), Roles.isTestUser(roles)), Roles.of(roles)));
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
